"""Every seat of the nation and its odd cases by name.

Numbers and names are literals from the published files, not from our code.
"""

import datetime as dt

import pytest
from django.db.models import Count, Q

from legislators.models import Chamber, Disagreement, Legislator, Seat, Term
from legislators.roster.refreshing import refresh

ROSTER_DAY = dt.date(2026, 8, 5)


@pytest.fixture(autouse=True)
def _rows(rosters, db):
    """Each test in a savepoint of its own inside the loaded data."""


def seats(state, chamber, **where):
    return Seat.objects.filter(jurisdiction=state, chamber=chamber, **where)


def held(state, chamber, district):
    """(position, label, holder) of a district's seats."""
    rows = list(seats(state, chamber, district__iexact=district).order_by("position"))
    sitting = Term.objects.current(ROSTER_DAY).filter(seat__in=rows)
    holders = dict(sitting.values_list("seat", "legislator__name"))
    return [(seat.position, seat.label, holders.get(seat.pk)) for seat in rows]


def people(state, chamber, district):
    return {name for _, _, name in held(state, chamber, district)}


def sizes(state, chamber):
    """How many districts have how many seats."""
    counted = (
        seats(state, chamber)
        .values("division")
        .annotate(seats=Count("pk"))
        .values_list("seats", flat=True)
    )
    return {number: list(counted).count(number) for number in set(counted)}


def empty(state, chamber):
    return set(
        seats(state, chamber)
        .exclude(pk__in=Term.objects.current(ROSTER_DAY).values("seat"))
        .values_list("district", flat=True)
    )


def test_the_whole_nation_finds_its_seats(rosters):
    summary, _ = rosters
    assert summary.rejected == []
    assert Term.objects.filter(source__key="congress-legislators").count() == 537
    assert (
        Term.objects.filter(seat__chamber=Chamber.GOVERNOR, source__key="openstates").count() == 38
    )


def test_every_state_and_puerto_rico_has_its_governor_and_a_term_that_ended_names_nobody():
    """38 by the roster, 13 by our own list; the others' sources say nothing of today."""
    governors = Seat.objects.filter(chamber=Chamber.GOVERNOR)
    unknown = {
        day: set(
            governors.exclude(pk__in=Term.objects.current(day).values("seat")).values_list(
                "jurisdiction", flat=True
            )
        )
        for day in (dt.date(2026, 11, 30), dt.date(2027, 2, 1))
    }

    assert unknown[dt.date(2026, 11, 30)] == {"AS", "DC", "GU", "MP", "VI"}
    stay = "DE IN KY LA MO MS MT NC ND NJ PR UT VA WA WV"
    known = {*governors.values_list("jurisdiction", flat=True)} - unknown[dt.date(2027, 2, 1)]
    assert known == set(stay.split())


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("AK", "Nicholas J. Begich III"),
        ("DE", "Sarah McBride"),
        ("ND", "Julie Fedorchak"),
        ("SD", "Dusty Johnson"),
        ("VT", "Becca Balint"),
        ("WY", "Harriet M. Hageman"),
    ],
)
def test_at_large_states_have_one_representative_in_district_0(state, name):
    assert held(state, "us_house", "0") == [(1, "", name)]
    assert (
        seats(state, "us_house").get().division
        == f"ocd-division/country:us/state:{state.lower()}/cd:at-large"
    )


@pytest.mark.parametrize(
    ("place", "title", "name"),
    [
        ("DC", "Delegate", "Eleanor Holmes Norton"),
        ("VI", "Delegate", "Stacey E. Plaskett"),
        ("AS", "Delegate", "Aumua Amata Coleman Radewagen"),
        ("GU", "Delegate", "James C. Moylan"),
        ("MP", "Delegate", "Kimberlyn King-Hinds"),
        ("PR", "Resident Commissioner", "Pablo José Hernández"),
    ],
)
def test_the_district_and_the_territories_have_a_delegate_and_no_senators(place, title, name):
    assert held(place, "us_house", "0") == [(1, "", name)]
    assert seats(place, "us_house").get().title == title
    assert not seats(place, "us_senate").exists()


def test_legislatures_of_territories_without_a_source_have_seats_but_nobody_is_called_gone():
    assert [
        seats("GU", "state_unicameral").count(),
        seats("AS", "state_upper").count(),
        seats("MP", "state_lower").count(),
    ] == [15, 18, 20]
    assert (
        not Term.objects.filter(seat__jurisdiction__in=["GU", "AS", "MP", "VI"])
        .exclude(seat__chamber="us_house")
        .exists()
    )


def test_four_seats_of_the_house_stand_empty():
    house = Seat.objects.filter(chamber="us_house")
    vacant = house.exclude(pk__in=Term.objects.current(dt.date(2026, 6, 15)).values("seat"))
    assert house.count() == 441
    assert set(vacant.values_list("jurisdiction", "district")) == {
        ("CA", "14"),
        ("FL", "20"),
        ("GA", "13"),
        ("TX", "23"),
    }


def test_senators_sit_by_class():
    assert held("OH", "us_senate", "") == [
        (1, "Class 1", "Bernie Moreno"),
        (2, "Class 3", "Jon Husted"),
    ]
    assert held("FL", "us_senate", "") == [
        (1, "Class 1", "Rick Scott"),
        (2, "Class 3", "Ashley Moody"),
    ]


def test_the_council_of_the_district_has_eight_wards_a_chairman_and_four_at_large():
    assert seats("DC", "dc_council").count() == 13
    assert held("DC", "dc_council", "Ward 3") == [(1, "", "Matt Frumin")]
    at_large = held("DC", "dc_council", "")
    assert at_large[0] == (1, "Chairman", "Phil Mendelson")
    assert {name for _, _, name in at_large[1:]} == {
        "Anita Bonds",
        "Christina Henderson",
        "Robert White",
        None,
    }


def test_nebraska_has_49_seats_in_one_chamber():
    assert seats("NE", "state_unicameral").count() == 49
    assert not seats("NE", "state_upper").exists()
    assert not seats("NE", "state_lower").exists()
    assert held("NE", "state_unicameral", "1") == [(1, "", "Bob Hallstrom")]


@pytest.mark.parametrize(
    ("state", "chamber", "shape"),
    [
        ("AZ", "state_lower", {2: 30}),
        ("MD", "state_lower", {1: 30, 2: 12, 3: 29}),
        ("NJ", "state_lower", {2: 40}),
        ("WA", "state_lower", {2: 49}),
        ("SD", "state_lower", {1: 4, 2: 33}),
        ("ND", "state_lower", {1: 2, 2: 46}),
        ("WV", "state_upper", {2: 17}),
        ("VT", "state_upper", {1: 7, 2: 4, 3: 5}),
        ("ID", "state_lower", {2: 35}),
        ("MN", "state_lower", {1: 134}),
    ],
)
def test_districts_have_as_many_seats_as_the_law_gives_them(state, chamber, shape):
    assert sizes(state, chamber) == shape


@pytest.mark.parametrize(
    ("state", "chamber", "district", "names"),
    [
        ("AZ", "state_lower", "1", {"Quang Nguyen", "Selina Bliss"}),
        ("NJ", "state_lower", "1", {"Antwan McClellan", "Erik Simonsen"}),
        ("WA", "state_lower", "3", {"Natasha Hill", "Timm Ormsby"}),
        ("SD", "state_lower", "1", {"Logan Manhart", "Nick Fosness"}),
        ("SD", "state_lower", "26A", {"Eric Emery"}),
        ("SD", "state_lower", "26B", {"Rebecca Reimer"}),
        ("ND", "state_lower", "1", {"David Richter", "Patrick Hatlestad"}),
        ("ND", "state_lower", "4A", {"Lisa Finley-DeVille"}),
        ("ND", "state_lower", "4B", {"Clayton Fegley"}),
        ("WV", "state_upper", "1", {"Laura Chapman", "Ryan Weld"}),
        ("VT", "state_upper", "Rutland", {"Brian Collamore", "Dave Weeks", "Terry Williams"}),
        (
            "VT",
            "state_upper",
            "Chittenden Central",
            {"Phil Baruth", "Martine Gulick", "Tanya Vyhovsky"},
        ),
        ("MN", "state_lower", "34A", {"Danny Nadeau"}),
        ("MN", "state_lower", "34B", {"Xp Lee"}),
        ("MD", "state_lower", "2A", {"William Valentine", "William Wivell"}),
        ("MD", "state_lower", "2B", {"Matthew Schindler"}),
    ],
)
def test_every_seat_of_a_district_of_several_has_its_holder(state, chamber, district, names):
    assert people(state, chamber, district) == names


def test_idahos_lettered_seats_stand_on_one_district_and_minnesotas_on_two():
    assert held("ID", "state_lower", "8") == [(1, "A", "Rob Beiswenger"), (2, "B", "Faye Thompson")]
    assert seats("ID", "state_lower", district="8").values("division").distinct().count() == 1
    assert (
        seats("MN", "state_lower", district__in=["34A", "34B"])
        .values("division")
        .distinct()
        .count()
        == 2
    )


def test_puerto_ricos_members_at_large_sit_on_the_whole_island():
    assert seats("PR", "state_lower", district="").count() == 13
    assert seats("PR", "state_upper", district="").count() == 12
    assert {"Thomas Rivera Schatz", "María de Lourdes Santiago Negrón"} < people(
        "PR", "state_upper", ""
    )


def test_maines_tribal_seats_have_holders():
    assert seats("ME", "state_lower").count() == 153
    assert people("ME", "state_lower", "Houlton Band of Maliseet Indians") == {"Brian Reynolds"}
    assert people("ME", "state_lower", "Passamaquoddy Tribe") == {"Aaron Dana"}


def test_vacancies_are_the_seats_that_nobody_is_published_for():
    assert empty("GA", "state_upper") == {"7", "12"}
    assert empty("MO", "state_lower") == {"95", "110", "114", "149", "160"}
    districts = (
        "Belknap 2,Belknap 6,Cheshire 1,Coos 6,Hillsborough 1,Hillsborough 24,Hillsborough"
        " 29,Hillsborough 40,Rockingham 25"
    )
    assert empty("NH", "state_lower") == set(districts.split(","))
    assert seats("NH", "state_lower").count() == 400


def test_congress_and_open_states_disagree_about_one_seat():
    row = Disagreement.objects.get()
    assert (row.jurisdiction_id, row.chamber, row.district) == ("CA", "us_house", "1")
    assert (row.believed_says, str(row.believed_as_of)) == ("James Gallagher", "2026-06-15")
    assert (row.other_says, str(row.other_as_of)) == ("", "2026-08-05")


def test_the_president_and_the_vice_president_are_in_office():
    held_now = Term.objects.filter(seat__chamber="president").values_list(
        "seat__title", "legislator__family_name"
    )
    assert set(held_now) == {("President", "Trump"), ("Vice President", "Vance")}


def test_district_offices_and_accounts_came_in():
    cantwell = Legislator.objects.get(key="bioguide:C000127")
    assert cantwell.contacts.filter(office="district", kind="phone").exclude(place="").count() >= 1
    towns = (
        Legislator.objects.get(key="bioguide:A000055")
        .contacts.filter(kind="phone", office="district")
        .values_list("place", "value")
    )
    assert ("Cullman, AL", "256-734-6043") in set(towns)
    radewagen = Legislator.objects.get(key="bioguide:R000600")
    assert radewagen.contacts.filter(Q(kind="twitter") & Q(value="https://x.com/RepAmata")).exists()


# Chambers of every kind: council, one house, seats of several, tribes, floterials, an island.
TELLING = ["DC", "MD", "ME", "NE", "NH", "PR", "VT", "WV"]


def test_the_same_rosters_again_change_nothing(shared_data):
    before = list(every_term())
    _, reports = refresh(shared_data, TELLING, say=lambda line: None)
    assert reports == []
    assert list(every_term()) == before


def every_term():
    return Term.objects.order_by("pk").values_list("pk", "seat", "legislator", "ended_on")
