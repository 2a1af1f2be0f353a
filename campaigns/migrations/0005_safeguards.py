"""Why a safeguard of a campaign is off.

Locks: campaigns_campaign for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_unverified'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='safeguards_because',
            field=models.CharField(blank=True, db_default='', default='', help_text='Why one of these two is off (campaigns.safeguards)', max_length=300),
        ),
    ]
