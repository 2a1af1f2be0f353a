"""Every supporter's districts, found again in bulk."""

import pytest
from django.core.management import call_command
from django.db import connection

from desk.models import SupporterDistrict
from desk.supporters import districts
from legislators import franklin
from legislators.models import Seat
from supporters.models import Supporter
from tests import build

pytestmark = pytest.mark.django_db
ORCHARD = {"street": "8 Orchard Lane", "city": "Brindle Bay", "state": "FK", "zip": "00015"}


@pytest.fixture(autouse=True)
def _franklin(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    franklin.build()


def supporter(email, **address):
    person = build.supporter(email=email)
    Supporter.objects.filter(pk=person.pk).update(
        **{"street": "", "city": "", "country": "US", **address}
    )
    return person


def found(person):
    return set(
        SupporterDistrict.objects.filter(supporter=person).values_list(
            "layer", "division", "method", "certain"
        )
    )


def test_a_known_street_gives_one_certain_district_a_layer():
    person = supporter("nora@example.org", **ORCHARD)

    assert districts.find_all(1, say=lambda line: None) == 1

    state = "ocd-division/country:us/state:fk"
    assert {row for row in found(person) if row[0] == "sldl"} == {
        ("sldl", f"{state}/sldl:2", "address_point", True)
    }
    assert {row[0] for row in found(person)} == {"cd", "sldu", "sldl"}


def test_a_split_zip_keeps_every_candidate_and_is_sure_of_none():
    person = supporter("nora@example.org", state="FK", zip="00015")
    districts.find_all(1, say=lambda line: None)

    lower = {row for row in found(person) if row[0] == "sldl"}
    assert len(lower) > 1
    assert not any(certain for *_, certain in lower)
    assert all(Seat.objects.filter(division=division).exists() for _, division, *_ in lower)


def test_running_again_replaces_what_was_found_and_nobody_elses():
    person, other = (
        supporter("nora@example.org", **ORCHARD),
        supporter("omar@example.org", **ORCHARD),
    )
    districts.find_all(1, say=lambda line: None)
    before = found(other)
    Supporter.objects.filter(pk=person.pk).update(street="", zip="99999", state="")

    districts.find_range((person.pk, person.pk))

    assert (found(person), found(other)) == (set(), before)


def test_people_abroad_and_without_an_address_are_passed_over():
    (
        supporter("nora@example.org", **ORCHARD, country="CA"),
        supporter("omar@example.org", state="", zip=""),
    )

    assert districts.find_all(1, say=lambda line: None) == 1
    assert not SupporterDistrict.objects.exists()


def test_parts_hold_everybody_once():
    people = [supporter(f"{n}@example.org", **ORCHARD) for n in range(5)]
    parts = list(districts.id_ranges(2))

    assert [sum(first <= person.pk <= last for first, last in parts) for person in people] == [
        1
    ] * 5
    assert all(last - first < 2 for first, last in parts)


def test_queries_do_not_grow_with_the_number_of_people(django_assert_max_num_queries):
    for n in range(30):
        supporter(f"{n}@example.org", state="FK", zip="00015")
    with django_assert_max_num_queries(12):
        assert districts.find_all(1, say=lambda line: None) == 30


@pytest.mark.django_db(transaction=True)
def test_every_core_takes_part_and_the_rate_is_told(capsys):
    if connection.vendor != "postgresql":
        pytest.skip("other processes must see our rows: that takes the PostgreSQL of bin/test")
    for n in range(3):
        supporter(f"{n}@example.org", **ORCHARD)
    call_command("find_districts", processes=2)

    assert "3 of 3 supporters" in capsys.readouterr().out
    assert SupporterDistrict.objects.count() == 9
