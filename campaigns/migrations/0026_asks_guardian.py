"""Whether the young may name a grown-up.

Locks: campaigns_campaign for some milliseconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0025_paper_and_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='asks_guardian',
            field=models.BooleanField(db_default=False, default=False, help_text='Somebody of 13 to 17 may name a grown-up, who is asked (actions.guardians)'),
        ),
    ]
