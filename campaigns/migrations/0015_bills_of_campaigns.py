"""What stood as text on a campaign becomes its first bill.

Each campaign gets a bill of its own: of two that say "SB 17" nothing tells whether they mean one.
The text stays where it is. The release before this goes on writing it; a campaign that it makes
meanwhile has no row, and is read by its text (campaigns.models.Campaign.bill). Whoever drops the
columns runs `give_rows` once more first.
Locks: nothing for longer than its own rows take.
"""

from django.db import migrations

from campaigns.bills.naming import normalized

CONGRESS = {"us_house", "us_senate"}


def give_rows(apps, schema_editor):
    """To campaigns with a text and no row; twice is once."""
    Campaign = apps.get_model("campaigns", "Campaign")
    for campaign in Campaign.objects.exclude(bill_text="").filter(bill_links=None):
        bill = apps.get_model("campaigns", "Bill").objects.create(
            jurisdiction=jurisdiction_of(apps, campaign),
            identifier=campaign.bill_text,
            normalized=normalized(campaign.bill_text),
            stance=campaign.stance_text,
            is_demo=campaign.is_demo,
        )
        apps.get_model("campaigns", "CampaignBill").objects.create(campaign=campaign, bill=bill)


def jurisdiction_of(apps, campaign):
    """The one state that its rules name, or the United States; "" where they leave it open."""
    rules = apps.get_model("campaigns", "TargetRule").objects.filter(ask__campaign=campaign)
    sides = list(rules.values_list("states", "chambers"))
    states = {state for named, _chambers in sides for state in named}
    chambers = {chamber for _states, named in sides for chamber in named}
    if chambers and all(named for _states, named in sides) and chambers <= CONGRESS:
        return "US"
    is_of_one_state = len(states) == 1 and all(named for named, _chambers in sides)
    return states.pop() if is_of_one_state and not chambers & CONGRESS else ""


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0014_text_of_bills"),
    ]

    operations = [
        migrations.RunPython(give_rows, migrations.RunPython.noop),
    ]
