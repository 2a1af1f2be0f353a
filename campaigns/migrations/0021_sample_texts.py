"""Whether a letter's form asks for sample texts.

Locks: the campaigns for an instant, to add a column with a default of the database's.
"""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0020_daily_totals'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='asks_for_samples',
            field=models.BooleanField(db_default=False, default=False, help_text='A letter’s form asks whether its writer’s own words may be shown.'),
        ),
    ]
