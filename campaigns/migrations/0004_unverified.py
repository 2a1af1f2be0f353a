"""What counts without its mailbox's word is counted apart.

Locks: campaigns_tally for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_rules_name_seats'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='unverified',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text="Counted without their mailbox's word"),
        ),
    ]
