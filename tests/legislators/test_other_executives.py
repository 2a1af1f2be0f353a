"""Lieutenant governors, attorneys general, the President: seats like any, as far as a roster names
somebody there.
"""

import datetime as dt

import pytest

from campaigns import targeting
from campaigns.models import TargetRule
from legislators.contacts import reach
from legislators.holders import holders_of
from legislators.models import Chamber, Seat, Source
from legislators.roster.refreshing import refresh
from tests.legislators import folder as miniature

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 30)


def load(path, *people, as_of="2026-06-15"):
    everybody = [miniature.person("ann", "Ann Alder"), *people]
    return refresh(miniature.write(path, people=everybody, as_of=as_of), ["VT"], lambda line: None)


def attorney(id="avi", name="Avi Moss", **fields):
    ends = {"end": "2027-01-14"} | fields
    return miniature.person(id, name, "attorney general", None, **ends)


def test_an_office_is_there_once_a_roster_names_its_holder_and_stays_when_it_names_nobody(tmp_path):
    load(tmp_path / "first", attorney(email="avi@ag.vermont.example"))
    seat = Seat.objects.get(chamber=Chamber.ATTORNEY_GENERAL)
    assert (seat.title, seat.serves_whole_state) == ("Attorney General", True)
    assert not Seat.objects.filter(chamber=Chamber.LT_GOVERNOR).exists()
    assert reach(holders_of([seat.pk], DAY)[seat.pk].legislator).email == "avi@ag.vermont.example"
    # Its term ends by itself, and a roster without anybody leaves it empty.
    assert holders_of([seat.pk], dt.date(2027, 1, 14)) == {}
    load(tmp_path / "second", as_of="2026-07-15")
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_what_somebody_had_in_a_legislature_before_does_not_reach_them_now(tmp_path):
    old = {"email": "avi@leg.vermont.example", "links": ["https://house.vermont.example/avi"]}
    load(tmp_path, attorney(**old))
    seat = Seat.objects.get(chamber=Chamber.ATTORNEY_GENERAL)

    found = reach(holders_of([seat.pk], DAY)[seat.pk].legislator)
    assert (found.email, found.website) == ("", "")


def test_of_two_records_of_one_office_the_one_that_ends_later_counts(tmp_path):
    load(tmp_path, attorney(), attorney("av", "Avi J. Moss", end="2027-01-02"))
    seat = Seat.objects.get(chamber=Chamber.ATTORNEY_GENERAL)

    assert holders_of([seat.pk], DAY)[seat.pk].legislator.name == "Avi Moss"
    assert ["VT", "attorney_general"] in Source.objects.get(key="openstates").covers


def test_a_rule_reaches_them_by_their_chamber_only(tmp_path):
    load(tmp_path, attorney())
    chambers = {seat.chamber for seat in targeting.matching([TargetRule(states=["VT"])])}

    assert "attorney_general" not in chambers
    assert targeting.count([TargetRule(states=["VT"], chambers=["attorney_general"])]) == 1
