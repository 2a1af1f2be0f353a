"""Who looked at one person is found without reading the whole audit log.

Locks: nobody waits; the index is built while lines are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0009_partners")]

    operations = [
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(fields=["subject", "id"], name="audit_by_subject"),
        ),
    ]
