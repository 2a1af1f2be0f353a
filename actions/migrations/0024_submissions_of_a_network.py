"""Those of one network are found without reading the others.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("actions", "0023_networks_kept")]

    operations = [
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                fields=["kept_network", "id"],
                condition=~models.Q(kept_network=""),
                name="submissions_of_a_network",
            ),
        ),
    ]
