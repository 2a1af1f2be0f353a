"""How much of a ZIP code's land each district holds, where the Census publishes it.

Locks: legislators_zipdistrict for some milliseconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0014_our_own_divisions_hold'),
    ]

    operations = [
        migrations.AddField(
            model_name='zipdistrict',
            name='land_share',
            field=models.FloatField(blank=True, help_text="Of the ZIP code's land, 0 to 1; blank: not published.", null=True),
        ),
    ]
