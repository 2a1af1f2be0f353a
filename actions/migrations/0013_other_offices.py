"""Offices of our own have a ladder, like every chamber.

Locks: nothing for longer than one row of actions_ladder takes.
"""

from django.db import migrations, models

CHAMBERS = [
    ("us_house", "U.S. House"),
    ("us_senate", "U.S. Senate"),
    ("state_upper", "State senate"),
    ("state_lower", "State house"),
    ("state_unicameral", "State legislature"),
    ("dc_council", "Council of the District of Columbia"),
    ("governor", "Governor"),
    ("president", "President"),
    ("custom", "Other office"),
]


def give_a_ladder(apps, schema_editor):
    """The release before, while it still runs, knows no other order for them."""
    ladder = apps.get_model("actions", "Ladder")
    ladder.objects.get_or_create(
        chamber="custom", seat=None, defaults={"routes": ["email", "assisted", "call", "paper"]}
    )


class Migration(migrations.Migration):
    dependencies = [("actions", "0012_wants_a_roster")]

    operations = [
        migrations.AlterField(
            model_name="ladder",
            name="chamber",
            field=models.CharField(choices=CHAMBERS, max_length=20),
        ),
        migrations.RunPython(give_a_ladder, migrations.RunPython.noop),
    ]
