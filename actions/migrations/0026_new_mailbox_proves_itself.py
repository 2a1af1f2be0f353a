"""Which mailbox is to prove itself, and which one is to be told.

Locks: actions_newmailbox for some milliseconds; nobody waits, for no release has used it yet.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0025_nobodys_actions'),
    ]

    operations = [
        migrations.AddField(
            model_name='newmailbox',
            name='mailbox',
            field=models.CharField(db_default='', help_text='Of that address', max_length=64),
        ),
        migrations.AddField(
            model_name='newmailbox',
            name='old_email',
            field=models.EmailField(blank=True, db_default='', help_text='Proven; this one is yet to be told', max_length=254),
        ),
    ]
