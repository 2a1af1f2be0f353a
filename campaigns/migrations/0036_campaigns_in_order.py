"""Campaigns are found by state and by issue in the order that pages show them.

Locks: campaigns_campaign for some milliseconds: it has few rows.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0035_treaties_and_supporters_abroad'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(fields=['state', '-launched_at', '-id'], name='campaigns_of_a_state'),
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(fields=['issue', '-launched_at', '-id'], name='campaigns_of_an_issue'),
        ),
    ]
