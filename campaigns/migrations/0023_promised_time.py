"""How long a campaign promises to keep what people wrote. Those that are here promise nothing until
somebody chooses a time; new ones promise a year.

Locks: campaigns_campaign for an instant: a column that is NULL.
"""

from django.db import migrations, models

HELP = "After its end, as its form promises; blank: no time is promised"


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0022_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='words_kept_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text=HELP, null=True),
        ),
        # Apart: with it above, every campaign that is here would promise a year.
        migrations.AlterField(
            model_name='campaign',
            name='words_kept_days',
            field=models.PositiveSmallIntegerField(blank=True, default=365, help_text=HELP, null=True),
        ),
    ]
