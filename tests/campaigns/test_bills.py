"""Which bills are Congress's own, and when a campaign that writes there may be launched."""

import datetime as dt
from pathlib import Path

import pytest
from lxml import etree

from campaigns.bills import federal
from campaigns.models import Bill
from campaigns.preflight import preflight
from campaigns.topics import TOPICS
from tests import build
from worker.channels.cwc import document

LAUNCHED = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


def asks(bill, *chambers):
    made = build.ask(campaign=build.campaign(bill=bill, launched_at=LAUNCHED))
    build.rule(made, chambers=chambers)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "kind", "number"),
    [
        ("H.R. 1234", "hr", 1234),
        ("H. R. 7", "hr", 7),
        ("h.r.5, the Playground Act", "hr", 5),
        ("S. 17", "s", 17),
        ("S.J.Res. 3", "sjres", 3),
        ("H.J. Res. 3", "hjres", 3),
        ("H.Con.Res. 12", "hconres", 12),
        ("S. Con. Res. 12", "sconres", 12),
        ("H.Res. 9", "hres", 9),
        ("S.Amdt. 2137", "samdt", 2137),
    ],
)
def test_a_bill_written_with_its_dots_is_federal(said, kind, number):
    assert federal.federal_bill(asks(said)) == federal.FederalBill(119, kind, number)


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["HR 5", "S17", "SJRES 3"])
def test_without_dots_it_is_federal_only_where_nobody_else_is_written_to(said):
    ask = asks(said, "us_house", "us_senate")
    assert federal.federal_bill(ask) is not None

    build.rule(ask, chambers=["us_house", "state_lower"])
    assert federal.federal_bill(ask) is None


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["HR 5", "S17", "SJRES 3"])
def test_an_ask_that_leaves_the_chambers_open_may_be_about_a_state_s_bill(said):
    assert federal.federal_bill(asks(said)) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", ["SB 17", "HB 5", "A.B. 12", "", "Prop 4", "H.R.", "H.R. 0", "AB S. 17"]
)
def test_a_state_s_bill_is_none_of_congress_s(said):
    assert federal.federal_bill(asks(said, "us_house")) is None


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2025-01-02", 118),
        ("2025-01-03", 119),
        ("2026-11-21", 119),
        ("2027-01-02", 119),
        ("2027-01-03", 120),
    ],
)
def test_a_congress_begins_on_the_third_of_january(day, number):
    assert federal.congress_on(dt.date.fromisoformat(day)) == number


def test_an_organizer_chooses_among_the_topics_that_congress_takes():
    grammar = etree.parse(Path(document.__file__).parent / "grammar" / "message.rng")
    listed = grammar.xpath("//*[@name='topic']//*[local-name()='value']/text()")

    assert [topic for topic, _name in TOPICS] == listed
    assert len(listed) == 32


@pytest.mark.django_db
class TestBeforeTheLaunch:
    def blocking(self, ask):
        return " ".join(
            finding.label
            for finding in preflight(ask.campaign)
            if finding.blocking and not finding.ok
        )

    def congress_ask(self, **fields):
        made = build.ask(campaign=build.campaign(**fields))
        build.seat("us_house", state="MD", district="5")
        build.rule(made, chambers=["us_house"])
        return made

    def test_a_letter_to_congress_needs_a_topic_once_the_way_there_is_open(self, settings):
        ask = self.congress_ask()
        assert "topic" not in self.blocking(ask)

        settings.CWC_HOUSE_URL = "https://cwc.house.gov"

        assert "topic" in self.blocking(ask)
        ask.campaign.topic = "Families"
        ask.campaign.save()
        assert "topic" not in self.blocking(ask)

    def test_a_bill_to_congress_needs_a_stance(self, settings):
        settings.CWC_HOUSE_URL = "https://cwc.house.gov"
        ask = self.congress_ask(topic="Families", bill="H.R. 5")
        assert "for or against" in self.blocking(ask)

        Bill.objects.update(stance="con")
        ask.campaign.first_bill.refresh_from_db()

        assert "for or against" not in self.blocking(ask)

    def test_an_ask_to_a_statehouse_needs_no_topic(self, settings):
        settings.CWC_HOUSE_URL = "https://cwc.house.gov"
        ask = build.ask()
        build.seat("state_lower")
        build.rule(ask, chambers=["state_lower"])

        assert "topic" not in self.blocking(ask)
