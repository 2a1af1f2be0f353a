"""Who acts from outside the United States is counted by country; lieutenant governors and attorneys
general have a ladder, like every chamber.

Locks: actions_action and actions_submission,
for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


def give_ladders(apps, schema_editor):
    """The release before, while it still runs, knows no other order for them."""
    ladder = apps.get_model("actions", "Ladder")
    for chamber in ("lt_governor", "attorney_general"):
        ladder.objects.get_or_create(
            chamber=chamber, seat=None, defaults={"routes": ["email", "assisted", "call", "paper"]}
        )


class Migration(migrations.Migration):

    dependencies = [('actions', '0035_stories')]

    operations = [
        migrations.AddField(
            model_name='action',
            name='country',
            field=models.CharField(blank=True, db_default='', default='', help_text='Blank: the United States', max_length=2),
        ),
        migrations.AddField(
            model_name='submission',
            name='country',
            field=models.CharField(blank=True, db_default='', default='', help_text='Blank: the United States', max_length=2),
        ),
        migrations.AlterField(
            model_name='ladder',
            name='chamber',
            field=models.CharField(choices=[('us_house', 'U.S. House'), ('us_senate', 'U.S. Senate'), ('state_upper', 'State senate'), ('state_lower', 'State house'), ('state_unicameral', 'State legislature'), ('dc_council', 'Council of the District of Columbia'), ('governor', 'Governor'), ('lt_governor', 'Lieutenant governor'), ('attorney_general', 'Attorney general'), ('president', 'President'), ('custom', 'Other office')], max_length=20),
        ),
        migrations.RunPython(give_ladders, migrations.RunPython.noop),
    ]
