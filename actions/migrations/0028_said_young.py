"""Who gave a young age in an action that is not settled is found at once.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("actions", "0027_answers")]

    operations = [
        AddIndexConcurrently(
            model_name="action",
            index=models.Index(
                fields=["supporter"],
                condition=models.Q(("entry__is_minor", True)),
                name="said_young",
            ),
        ),
    ]
