"""The last mails that forms have caused are found without reading the others.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models
from django.db.models import Q

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("worker", "0014_waiting_for_a_roster")]

    operations = [
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(fields=["due_at"], condition=Q(lane="mail"), name="mail_by_turn"),
        ),
    ]
