"""A postal town keeps its name as published too, so that a page can say it.

Locks: legislators_zipcode for some milliseconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0011_said_holders'),
    ]

    operations = [
        migrations.AddField(
            model_name='zipcode',
            name='town',
            field=models.CharField(blank=True, db_default='', default='', help_text='The same, as published', max_length=80),
        ),
    ]
