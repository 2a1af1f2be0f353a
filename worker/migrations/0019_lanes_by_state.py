"""From lane to lane, and how many of each state, without reading the others; and lists of what ended
otherwise than by being sent, in the order of writing.

Locks: nobody waits; the indexes are built while rows are written.
"""

from django.db import migrations, models
from django.db.models import Q

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("worker", "0018_every_job_has_a_heartbeat")]

    operations = [
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(fields=["lane", "state"], name="lanes_by_state"),
        ),
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(
                fields=["state", "id"],
                condition=Q(state__in=["failed", "uncertain", "cancelled"]),
                name="ended_otherwise",
            ),
        ),
    ]
