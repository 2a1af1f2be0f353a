"""A seat whose new term has begun may have changed hands, until a newer roster says who sits there."""

import datetime as dt

import pytest

from legislators.lookup import find_zip
from legislators.models import Chamber, Source
from tests import build
from tests.legislators.seats import district, edition, statewide

pytestmark = pytest.mark.django_db
EVE, FIRST = dt.date(2027, 1, 2), dt.date(2027, 1, 3)


def status(zip5, on):
    return [place.status for place in find_zip(zip5, on).places]


def roster(as_of, *covers):
    Source.objects.update_or_create(
        key="roster", defaults={"name": "Roster", "as_of": as_of, "covers": list(covers)}
    )


def test_every_house_seat_is_in_turnover_from_its_first_day_until_a_newer_roster():
    seat = district("AZ", "3", "85007", on=edition(states=["AZ"]))
    seat.terms.update(ended_on=FIRST)
    roster(dt.date(2026, 12, 20), ["AZ", "us_house"])

    assert status("85007", EVE) == ["held"]
    assert status("85007", FIRST) == ["turnover"]
    assert find_zip("85007", FIRST).places[0].holder is None

    build.term(seat, build.legislator("New One"), started_on=FIRST)
    roster(dt.date(2027, 1, 4), ["AZ", "us_house"])
    assert status("85007", dt.date(2027, 1, 5)) == ["held"]


def test_an_empty_seat_is_vacant_once_a_newer_roster_leaves_it_empty():
    seat = district("AZ", "3", "85007", on=edition(states=["AZ"]))
    seat.terms.update(ended_on=FIRST)
    roster(dt.date(2027, 1, 4), ["AZ", "us_house"])

    assert status("85007", dt.date(2027, 1, 5)) == ["vacant"]


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ("FL", dt.date(2026, 11, 3)),
        ("ID", dt.date(2026, 12, 1)),
        ("CA", dt.date(2026, 12, 7)),
        ("MD", dt.date(2027, 1, 1)),
        ("AK", dt.date(2027, 1, 19)),
    ],
)
def test_a_legislature_is_in_turnover_from_its_own_first_day(state, first):
    on = edition("sldu", states=[state])
    district(state, "1", "99999", on=on, chamber=Chamber.STATE_UPPER)

    assert status("99999", first - dt.timedelta(days=1)) == ["held"]
    assert status("99999", first) == ["turnover"]


def test_a_legislature_elected_in_odd_years_is_not():
    on = edition("sldu", states=["VA"])
    district("VA", "1", "22201", on=on, chamber=Chamber.STATE_UPPER)

    assert status("22201", dt.date(2027, 2, 1)) == ["held"]


def test_of_the_senators_only_those_of_the_second_class():
    third, second = statewide("AK"), statewide("AK", position=2)
    for seat, label in ((third, "Class 3"), (second, "Class 2")):
        seat.label = label
        seat.save()

    assert status("99801", EVE) == ["held", "held"]
    assert status("99801", FIRST) == ["held", "turnover"]
