"""A telephone number may have an extension.

Locks: supporters_supporter for some milliseconds, once older transactions have ended: a longer text
rewrites no row.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0003_not_me'),
    ]

    operations = [
        migrations.AlterField(
            model_name='supporter',
            name='phone',
            field=models.CharField(blank=True, help_text='E.164, and ;ext= where it has an extension', max_length=32),
        ),
    ]
