"""A letter in versions: each seat has exactly one, whatever the versions name; fallbacks, several
subjects, paragraphs to tick.
"""

import itertools
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import letter_versions, merge_fields, optional_paragraphs, targeting
from campaigns.models import LetterVersion
from campaigns.preflight import preflight
from campaigns.subjects import subject_of_form
from legislators.models import Seat
from tests import build

pytestmark = pytest.mark.django_db
CHAMBERS, PARTIES = ["state_lower", "us_house", "governor"], ["Democratic", "Republican"]


def version(ask, name="Thanks", **fields):
    place = ask.versions.count() + 1
    words = {"subject": f"{name}, {{title}}", "body": f"{name} body, {{title}}."} | fields
    return LetterVersion.objects.create(ask=ask, name=name, position=place, **words)


@pytest.fixture
def ask():
    """To every seat of two states: of each chamber one of each party, and an empty one."""
    made = build.ask(campaign=build.campaign(state="draft"))
    made.rules.create(states=["FK", "MD"])
    for state, chamber, (place, party) in itertools.product(
        ["FK", "MD"], CHAMBERS, enumerate([*PARTIES, None])
    ):
        seat = build.seat(chamber, state=state, district=str(place + 1))
        if party:
            build.term(seat, build.legislator(f"{state} {chamber} {place}"), party=party)
    return made


def words_at_random(seats):
    sides = st.fixed_dictionaries(
        {
            "states": st.lists(st.sampled_from(["FK", "MD"]), unique=True),
            "chambers": st.lists(st.sampled_from(CHAMBERS), unique=True, max_size=2),
            "parties": st.lists(st.sampled_from(PARTIES), unique=True, max_size=1),
        }
    )
    named = st.lists(st.sampled_from(seats), min_size=1, max_size=3, unique=True)
    return st.one_of(sides, named.map(lambda found: {"seats": [seat.pk for seat in found]}))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_seat_has_exactly_one_version_and_those_that_two_name_are_told(ask, data):
    seats = list(Seat.objects.order_by("pk"))
    ask.versions.all().delete()
    drawn = data.draw(st.lists(words_at_random(seats), max_size=4))
    made = [version(ask, f"V{at}", **sides) for at, sides in enumerate(drawn)]
    named = [(one, set(targeting.matching([as_target(one)]))) for one in made]
    naming = {seat: [one for one, found in named if seat in found] for seat in seats}

    words = letter_versions.words_by_seat(ask, seats)
    numbers = letter_versions.seats_by_version(ask)

    assert {seat.pk: words[seat.pk].version for seat in seats} == {
        seat.pk: one[0].pk if one else letter_versions.OWN for seat, one in naming.items()
    }
    assert sum(numbers.values()) == len(seats)
    assert set(letter_versions.overlapping(ask)) == {
        seat for seat, named_by in naming.items() if len(named_by) > 1
    }


def as_target(one):
    return targeting.TargetRule(
        states=one.states, chambers=one.chambers, parties=one.parties, seats=one.seats
    )


def test_the_words_of_any_number_of_seats_and_versions_take_two_queries(
    ask, django_assert_num_queries
):
    for party in PARTIES:
        version(ask, party, parties=[party])
    seats = list(Seat.objects.all())

    with django_assert_num_queries(2):
        letter_versions.words_by_seat(ask, seats)


def test_a_seat_that_two_versions_name_stops_the_launch_and_one_for_nobody_is_said(ask):
    version(ask, "Thanks", parties=["Democratic"])
    version(ask, "House", chambers=["us_house"])
    version(ask, "Greens", parties=["Green"])

    said = {finding.label: finding for finding in preflight(ask.campaign)}

    both = said["1. Letter: 2 seats are named by two versions"]
    assert both.blocking
    assert "1. Letter: the version “Greens” is for no seat that the ask addresses" in said
    ask.versions.exclude(name="Thanks").delete()
    assert "1. Letter: each seat gets one version: “Thanks” 6, its own letter 12" in {
        finding.label for finding in preflight(ask.campaign) if finding.ok
    }


def test_words_behind_a_merge_field_stand_where_it_stands_for_nothing():
    text = "Dear {title|Representative} of {city|our town}, {first_name| } I ask. {zip|}"

    assert merge_fields.complete(text, {"title": "Senator", "city": ""}) == (
        "Dear Senator of our town,  I ask."
    )
    assert merge_fields.unknown_fields("{title|Friend} {titel|Friend} {first_name}") == [
        "{titel|Friend}"
    ]
    assert merge_fields.unknown_fields("{title|Friend}", ()) == ["{title|Friend}"]


def test_what_somebody_is_called_is_never_read_as_a_merge_field():
    filled = {"first_name": "{city|x}", "city": "Polk"}

    assert merge_fields.complete("{first_name|friend}", filled) == "{city|x}"


def test_a_form_keeps_its_subject_and_many_forms_get_all_of_them():
    subjects = ["One", "Two", "Three"]
    keys = [uuid.UUID(int=n) for n in range(60)]

    assert {subject_of_form(subjects, key) for key in keys} == set(subjects)
    assert all(
        subject_of_form(subjects, key) == subject_of_form(subjects, uuid.UUID(int=key.int))
        for key in keys
    )


def test_a_paragraph_that_may_be_added_stands_in_its_place_once_it_is_chosen():
    body = "First.\n\n[ ] I am a parent,\nand I vote.\n\nLast.\n\n[ ] I teach."
    parent, teacher = optional_paragraphs.optional_paragraphs(body)

    assert optional_paragraphs.with_chosen(body) == "First.\n\nLast."
    assert (
        optional_paragraphs.with_chosen(body, [parent])
        == "First.\n\nI am a parent,\nand I vote.\n\nLast."
    )
    assert optional_paragraphs.with_chosen(body, [teacher]) == "First.\n\nLast.\n\nI teach."
    assert optional_paragraphs.with_chosen("A [ ] b.\n\n\nC") == "A [ ] b.\n\n\nC"
