"""A seat whose new term has begun may have changed hands, until a newer roster says who sits there."""

import datetime as dt

import pytest

from legislators import checks
from legislators.lookup import find_zip
from legislators.models import Chamber, Source
from legislators.new_terms import term_of
from legislators.states import STATES
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


@pytest.mark.parametrize(
    ("state", "first", "settled"),
    [
        ("NH", "2026-12-02", "2026-12-02"),  # the first Wednesday of December
        ("ND", "2026-12-01", "2026-12-31"),
        ("OH", "2027-01-01", "2027-01-04"),
        ("RI", "2027-01-05", "2027-01-05"),
        ("VT", "2027-01-06", "2027-01-06"),
        ("TX", "2027-01-12", "2027-01-12"),
        ("MD", "2027-01-01", "2027-01-31"),  # some day of January: not looked up
    ],
)
def test_the_first_days_as_they_were_read(state, first, settled):
    term = term_of(state, "state_lower")

    assert (term.first, term.settled) == (
        dt.date.fromisoformat(first),
        dt.date.fromisoformat(settled),
    )


def test_every_row_has_its_source_and_its_day():
    chambers = ("us_house", "us_senate", "governor", "state_upper")
    rows = [term_of(state, chamber) for state in STATES for chamber in chambers]

    assert {None} < set(rows)
    assert all(row.read.source and row.read.on >= dt.date(2026, 11, 29) for row in rows if row)


def test_an_operator_corrects_them(settings):
    settings.NEW_TERMS = ["MD=2027-01-13", "PA:state_upper=2026-12-01..2027-01-05", "NE=none"]

    assert term_of("MD", "state_lower")[:2] == (dt.date(2027, 1, 13), dt.date(2027, 1, 13))
    assert term_of("PA", "state_upper")[:2] == (dt.date(2026, 12, 1), dt.date(2027, 1, 5))
    assert term_of("PA", "state_lower").settled == dt.date(2026, 12, 31)
    assert term_of("NE", "state_unicameral") is None
    assert term_of("MD", "governor").first == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    "written", ["MD", "XX=2027-01-13", "MD=13.1.2027", "MD:senate=2027-01-13", "MD=2027-02-31"]
)
def test_a_correction_that_cannot_be_read_stops_the_start(settings, written):
    settings.NEW_TERMS = [written]

    assert [error.id for error in checks.new_terms()] == ["legislators.E001"]
