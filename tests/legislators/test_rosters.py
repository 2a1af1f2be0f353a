import datetime as dt

import pytest

from legislators.models import Chamber, Contact, Legislator, Seat, Source, Term
from legislators.roster.holdings import Holding
from legislators.roster.names import split_name
from legislators.roster.seats import expected, make_seats, senate_classes
from legislators.roster.terms import write_terms
from legislators.states import STATES
from tests import build
from tests.legislators import folder as miniature

pytestmark = pytest.mark.django_db
DIVISION = "ocd-division/country:us/state:fk/sldl:1"
COVERS = [("FK", "state_lower")]


@pytest.fixture
def seats():
    return [build.seat(division=DIVISION, position=position) for position in (1, 2, 3)]


def holding(key, **fields):
    values = {
        "name": key.title(),
        "given_name": key,
        "family_name": key,
        "party": "Meadow",
        "chamber": Chamber.STATE_LOWER,
    }
    return Holding(key=key, **(values | {"division": DIVISION, "district": "1"} | fields))


def refresh(*holdings, as_of="2026-08-05"):
    source = Source.objects.get_or_create(
        key="roster", defaults={"name": "Roster", "as_of": dt.date(2026, 1, 1)}
    )[0]
    source.as_of = dt.date.fromisoformat(as_of)
    source.save()
    return write_terms(holdings, source, COVERS)


def sitting(on=dt.date(2026, 12, 1)):
    return {
        term.legislator.key: term.seat.position
        for term in Term.objects.current(on).select_related("seat", "legislator")
    }


def test_holders_fill_the_positions_by_seniority(seats):
    refresh(
        holding("new", started_on=dt.date(2025, 1, 1)),
        holding("old", started_on=dt.date(2019, 1, 1)),
    )
    assert sitting() == {"old": 1, "new": 2}


def test_a_holder_keeps_their_position_across_refreshes(seats):
    refresh(holding("ann"), holding("bob"), holding("cyd"))
    turnover = refresh(
        holding("cyd"),
        holding("aaron", started_on=dt.date(2010, 1, 1)),
        holding("bob"),
        as_of="2026-09-01",
    )

    assert sitting() == {"aaron": 1, "bob": 2, "cyd": 3}
    assert (turnover.opened, turnover.kept, turnover.closed) == (1, 2, 1)


def test_the_same_roster_twice_changes_nothing(seats):
    people = [holding("ann", ways=(("email", "ann@example.org", "capitol"),)), holding("bob")]
    refresh(*people)
    before = (
        list(Term.objects.values()),
        list(Contact.objects.values()),
        list(Legislator.objects.values()),
    )
    turnover = refresh(*people)

    assert (
        list(Term.objects.values()),
        list(Contact.objects.values()),
        list(Legislator.objects.values()),
    ) == before
    assert (
        turnover.opened,
        turnover.kept,
        turnover.changed,
        turnover.closed,
        turnover.contacts,
    ) == (0, 2, 0, 0, 0)


def test_who_is_gone_has_a_closed_term_that_stays(seats):
    refresh(holding("ann"))
    refresh(as_of="2026-09-01")

    term = Term.objects.get()
    assert (term.ended_on, sitting()) == (dt.date(2026, 9, 1), {})


def test_who_moves_to_another_seat_leaves_the_first(seats):
    refresh(holding("ann"))
    other = build.seat(division=f"{DIVISION}0", district="10")
    refresh(holding("ann", division=other.division), as_of="2026-09-01")

    assert [(term.seat, term.ended_on) for term in Term.objects.order_by("pk")] == [
        (seats[0], dt.date(2026, 9, 1)),
        (other, None),
    ]


def test_who_comes_back_gets_a_new_term(seats):
    refresh(holding("ann"))
    refresh(as_of="2026-09-01")
    refresh(holding("ann"), as_of="2026-10-01")

    assert sorted(str(term.ended_on) for term in Term.objects.all()) == ["2026-09-01", "None"]


def test_a_new_term_of_the_same_person_is_kept_as_one_holder(seats):
    refresh(
        holding("ann", started_on=dt.date(2025, 1, 3), ended_on=dt.date(2027, 1, 3)),
        as_of="2026-06-15",
    )
    refresh(
        holding("ann", started_on=dt.date(2027, 1, 3), ended_on=dt.date(2029, 1, 3)),
        as_of="2027-01-10",
    )

    assert Term.objects.count() == 2
    assert sitting(dt.date(2026, 12, 1)) == sitting(dt.date(2027, 2, 1)) == {"ann": 1}


def test_too_many_holders_are_refused_by_name_and_none_is_thrown_out(seats):
    refresh(holding("ann"), holding("bob"), holding("cyd"))
    turnover = refresh(
        holding("ann"),
        holding("bob"),
        holding("cyd"),
        holding("dee", started_on=dt.date(2001, 1, 1)),
    )

    assert sorted(sitting()) == ["ann", "bob", "cyd"]
    assert [(reject.row.split(",")[0], reject.reason) for reject in turnover.rejected] == [
        ("Dee", "no seat is left in this district")
    ]


def test_an_unknown_district_is_refused(seats):
    turnover = refresh(holding("ann", division=f"{DIVISION}99"))
    assert [reject.reason for reject in turnover.rejected] == ["no such district is expected"]


def test_a_lettered_seat_goes_to_the_holder_with_that_letter():
    for position, label in enumerate("AB", start=1):
        build.seat(division=DIVISION, position=position, label=label)
    refresh(holding("bea", label="B", started_on=dt.date(2001, 1, 1)))

    assert sitting() == {"bea": 2}


def test_chambers_a_source_does_not_cover_are_left_alone(seats):
    senator = build.term(build.seat("state_upper"))
    refresh(holding("ann"))

    senator.refresh_from_db()
    assert senator.ended_on is None


def test_contacts_follow_the_source_and_those_of_others_stay(seats):
    refresh(
        holding(
            "ann",
            ways=(("email", "old@example.org", "capitol"), ("phone", "802-555-0100", "capitol")),
        )
    )
    ann = Legislator.objects.get()
    Contact.objects.create(
        legislator=ann,
        kind="email",
        value="by-hand@example.org",
        source=build.source(key="by hand"),
    )
    refresh(
        holding(
            "ann",
            ways=(("email", "new@example.org", "capitol"), ("phone", "802-555-0100", "capitol")),
        )
    )

    assert set(ann.contacts.values_list("value", flat=True)) == {
        "new@example.org",
        "802-555-0100",
        "by-hand@example.org",
    }


def test_the_seats_of_a_district_are_as_many_as_expected(folder):
    seats = expected(folder / "districts_metadata.csv", ["VT"])
    counted = {}
    for seat in seats:
        counted[seat.chamber] = counted.get(seat.chamber, 0) + 1
    assert counted == {
        "us_house": 1,
        "us_senate": 2,
        "state_upper": 3,
        "state_lower": 3,
        "governor": 1,
        "lt_governor": 1,
        "attorney_general": 1,
    }


def test_idahos_lettered_seats_stand_on_one_district(tmp_path):
    rows = [
        [
            "ID",
            "16",
            "lower",
            "House",
            "Representative",
            f"8{x}",
            f"ocd-division/country:us/state:id/sldl:8{x.lower()}",
            "1",
        ]
        for x in "AB"
    ]
    miniature.write_table(tmp_path / "d.csv", [miniature.HEADER, *rows])

    house = [seat for seat in expected(tmp_path / "d.csv", ["ID"]) if seat.chamber == "state_lower"]
    assert [(seat.division[-6:], seat.district, seat.position, seat.label) for seat in house] == [
        ("sldl:8", "8", 1, "A"),
        ("sldl:8", "8", 2, "B"),
    ]


def test_nebraska_has_one_house_and_dc_a_council_and_a_mayor(tmp_path):
    us = "ocd-division/country:us"
    ne = ["NE", "31", "unicameral", "Nebraska Legislature"]
    dc = ["DC", "11", "unicameral", "Council"]
    rows = [
        [*ne, "Senator", "1", f"{us}/state:ne/sldu:1", "1"],
        [*dc, "Councilmember", "Ward 1", f"{us}/district:dc/ward:1", "1"],
        [*dc, "Councilmember", "At-Large", f"{us}/district:dc", "4"],
        [*dc, "Councilmember", "Chairman", f"{us}/district:dc", "1"],
    ]
    miniature.write_table(tmp_path / "d.csv", [miniature.HEADER, *rows])

    seats = expected(tmp_path / "d.csv", ["DC", "NE"])
    assert [seat.chamber for seat in seats if seat.state == "NE"] == [
        "state_unicameral",
        *("governor", "lt_governor", "attorney_general"),
    ]
    council = [
        (seat.district, seat.position, seat.label) for seat in seats if seat.chamber == "dc_council"
    ]
    assert council == [
        ("Ward 1", 1, ""),
        ("", 1, "Chairman"),
        ("", 2, ""),
        ("", 3, ""),
        ("", 4, ""),
        ("", 5, ""),
    ]
    assert [seat.title for seat in seats if seat.chamber == "governor" and seat.state == "DC"] == [
        "Mayor"
    ]


def test_laying_seats_twice_adds_none_and_a_lost_seat_stays(folder):
    seats = expected(folder / "districts_metadata.csv", ["VT"])
    assert make_seats(seats) == len(seats)
    assert make_seats(seats[1:]) == 0
    assert Seat.objects.count() == len(seats)


def test_every_state_elects_senators_of_two_classes_and_each_class_is_about_a_third():
    classes = [
        number
        for state in STATES.values()
        if state.is_state
        for number in senate_classes(state.code)
    ]
    assert [classes.count(number) for number in (1, 2, 3)] == [33, 33, 34]


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ann Alder", "Ann", "Alder"),
        ("Ana de la Cruz Jr.", "Ana", "de la Cruz"),
        ("Mary Ann Van Buren", "Mary Ann", "Van Buren"),
        ("J. B. Stone, III", "J. B.", "Stone"),
        ("Plato", "Plato", "Plato"),
    ],
)
def test_a_full_name_is_split_where_its_family_name_begins(name, given, family):
    assert split_name(name) == (given, family)
