"""Which bills a campaign is about: in order, on its page, and from the text of the release before."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.utils import translation

from campaigns import starting
from campaigns.bills.attaching import attach, detach, find_or_add, put_first, tell_campaigns
from campaigns.bills.federal import federal_bill
from campaigns.bills.sentence import sentence, standing
from campaigns.models import Bill, Campaign, Stage
from tests import build
from tests.campaigns.bills import bill

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("campaigns.migrations.0015_bills_of_campaigns")


def afresh(campaign):
    return Campaign.objects.get(pk=campaign.pk)


def columns(campaign):
    """What the release before reads."""
    return Campaign.objects.values_list("bill_text", "stance_text").get(pk=campaign.pk)


def test_letters_name_the_first_and_the_release_before_reads_the_same():
    campaign, house, senate = build.campaign(), bill("HB 9"), bill("SB 17", stance="con")
    attach(campaign, house)
    attach(campaign, senate)
    attach(campaign, house)

    assert list(Bill.objects.of_campaign(campaign.pk)) == [house, senate]
    assert (afresh(campaign).bill, columns(campaign)) == ("HB 9", ("HB 9", "pro"))

    put_first(campaign, senate)
    assert (campaign.bill, campaign.stance) == ("SB 17", "con")
    assert columns(campaign) == ("SB 17", "con")

    Bill.objects.filter(pk=senate.pk).update(identifier="SB 18", stance="pro")
    tell_campaigns(Bill.objects.get(pk=senate.pk))
    assert columns(campaign) == ("SB 18", "pro")

    detach(campaign, senate)
    detach(campaign, house)
    assert (afresh(campaign).bill, columns(campaign)) == ("", ("", ""))


def test_text_of_the_release_before_is_read_and_becomes_a_row_once():
    ask = build.ask()
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    congress = build.ask(campaign=build.campaign("congress"))
    build.rule(congress, chambers=["us_house"])
    Campaign.objects.update(bill_text="SB 17", stance_text="con")
    assert (afresh(ask.campaign).bill, afresh(ask.campaign).stance) == ("SB 17", "con")

    MIGRATION.give_rows(apps, None)
    MIGRATION.give_rows(apps, None)

    rows = Bill.objects.order_by("jurisdiction").values_list("jurisdiction", "normalized", "stance")
    assert list(rows) == [("FK", "SB 17", "con"), ("US", "SB 17", "con")]
    assert afresh(ask.campaign).first_bill.jurisdiction == "FK"
    assert columns(ask.campaign) == ("SB 17", "con")


def test_a_campaign_begins_with_the_bill_that_is_surely_meant():
    known = bill("H.B. 9", jurisdiction="MD")
    bill("HB 9", jurisdiction="VA")
    begun = {"starter": "state-bill", "issue": build.issue(), "author": build.user("organizer")}

    first = starting.begin(title="One", bill="hb9", stance="pro", states=["MD"], **begun)
    assert first.first_bill == known

    # Elsewhere, or where nobody says where, it is another one.
    for states in ([], ["DE"], ["MD", "VA"]):
        other = starting.begin(title="Two", bill="HB 9", stance="pro", states=states, **begun)
        assert other.first_bill.jurisdiction == (states[0] if len(states) == 1 else "")
    assert find_or_add("HB 9", jurisdiction="MD", stance="con") != known


@pytest.mark.parametrize(
    ("jurisdiction", "session", "congress"),
    [("US", "120", 120), ("US", "118th Congress", 118), ("US", "", 119), ("NH", "2026", None)],
)
def test_whose_bill_it_is_says_whether_it_is_one_of_congress_s(jurisdiction, session, congress):
    launched = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    ask = build.ask(campaign=build.campaign(launched_at=launched))
    build.rule(ask, chambers=["us_house", "state_lower"])
    attach(ask.campaign, bill("HR 5", jurisdiction=jurisdiction, session=session))

    found = federal_bill(ask)
    assert (found and found.congress) == congress


def test_the_campaign_s_page_says_where_each_bill_stands(client):
    ask = build.ask("petition")
    day = dt.date(2026, 3, 3)
    passed = {"stage": "passed_one", "stage_on": day, "title": "An Act concerning playgrounds"}
    attach(ask.campaign, bill(links=[{"url": "https://bills.example/17", "label": ""}], **passed))
    attach(ask.campaign, bill("HB 9", stance=""))
    url = f"/act/{ask.campaign.slug}/"

    page = " ".join(client.get(url).content.decode().split())
    assert '<a href="https://bills.example/17" rel="noopener">SB 17</a> (Franklin, 2027)' in page
    assert '<cite lang="en">An Act concerning playgrounds</cite>, passed one chamber on' in page
    assert '<span class="tag">HB 9</span> </p>' in page
    assert '<span class="tag">Support</span> <a href' in page

    spanish = " ".join(client.get(f"/es{url}").content.decode().split())
    assert "fue aprobado por una de las cámaras el 3 de marzo de 2026." in spanish


def test_every_stage_is_said_in_both_languages_with_and_without_its_day():
    for stage in Stage.values:
        for where in ("FK", "US", "DC"):
            for day in (None, dt.date(2026, 3, 3)):
                one = bill(stage=stage, stage_on=day, jurisdiction=where, session="")
                said = []
                for language in ("en", "es"):
                    with translation.override(language):
                        said.append(standing(one))
                assert all(said)
                assert said[0] != said[1]
                assert all(("2026" in text) == bool(day) for text in said)
    long = bill(title="An Act concerning " + "playgrounds and " * 40)
    assert sentence(long).title.endswith("playgrounds and …")
