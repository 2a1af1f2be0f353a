"""The answers to an ask's questions are listed without reading the actions of asks that ask none.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models
from django.db.models import Q

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("actions", "0032_seen_signers")]

    operations = [
        AddIndexConcurrently(
            model_name="action",
            index=models.Index(fields=["ask", "id"], condition=~Q(answers=[]), name="answered"),
        ),
    ]
