"""The newest signers of a campaign who wanted to be seen are found at once, however many signed.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("actions", "0031_alerts")]

    operations = [
        AddIndexConcurrently(
            model_name="action",
            index=models.Index(
                fields=["ask", "-confirmed_at"],
                condition=models.Q(("name_is_public", True), ("state", "confirmed")),
                name="seen_signers",
            ),
        ),
    ]
