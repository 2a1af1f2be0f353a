"""Whether a letter's form asks if its writer may be invited by post.

Locks: the campaigns for an instant, to add a column with a default of the database's.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0023_promised_time"),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='asks_for_post',
            field=models.BooleanField(db_default=False, default=False, help_text='A letter’s form asks whether its writer may be invited by post.'),
        ),
    ]
