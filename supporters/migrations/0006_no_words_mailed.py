"""Who shares a mailbox may keep their words out of it.

Locks: supporters_supporter for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0005_updates'),
    ]

    operations = [
        migrations.AddField(
            model_name='supporter',
            name='wants_no_words_mailed',
            field=models.BooleanField(db_default=False, default=False, help_text='Shares the mailbox: our mail carries nothing of what they wrote.'),
        ),
    ]
