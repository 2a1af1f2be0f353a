"""A form brings words for each version of its letter.

Locks: actions_action and actions_submission for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0017_corrected_mailbox'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='versions',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='submission',
            name='versions',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
