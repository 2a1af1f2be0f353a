"""A form brings answers to the questions of its ask.

Locks: actions_action and actions_submission for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('actions', '0026_new_mailbox_proves_itself')]

    operations = [
        migrations.AddField(
            model_name='action',
            name='answers',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='submission',
            name='answers',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
