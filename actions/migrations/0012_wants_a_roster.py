"""Those letters are found without reading the others.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models
from django.db.models import Q

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("actions", "0011_awaits_roster")]

    operations = [
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(
                fields=["seat"],
                condition=Q(awaits_roster_since__isnull=False),
                name="wants_a_roster",
            ),
        ),
    ]
