"""What else somebody ticked on a form, with the words that stood beside each box.

Locks: actions_action and actions_submission for some milliseconds, once older transactions have
ended.
"""

from django.db import migrations, models

PERMISSIONS = models.JSONField(
    blank=True,
    db_default=models.Value({}, models.JSONField()),
    default=dict,
    help_text="What else they ticked: the words beside the box, by purpose of a consent",
)


class Migration(migrations.Migration):
    dependencies = [("actions", "0019_ledger")]

    operations = [
        migrations.AddField(model_name=name, name="permissions", field=PERMISSIONS)
        for name in ("action", "submission")
    ]
