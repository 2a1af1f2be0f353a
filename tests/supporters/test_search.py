"""Somebody is found by name, mailbox, telephone or ZIP: quickly, and nobody under 18 by chance."""

import pytest
from django.db import connection

from supporters import search
from supporters.models import Supporter
from supporters.people import mailbox_of
from supporters.plain_names import Plain, plain
from supporters.search import Wanted, find
from tests import build

NAMES = ["O'Neil-Šimůnek", "de la Cruz", "ÁLVAREZ", "Łukaszewski", "Đặng", "Großmann", "Ñandú"]


@pytest.mark.django_db
def test_the_database_makes_the_same_of_a_name_as_we_do():
    for name in NAMES:
        build.supporter(family_name=name)
    made = Supporter.objects.annotate(plain=Plain("family_name")).values_list(
        "family_name", "plain"
    )

    assert len(made) == len(NAMES)
    for name, by_database in made:
        assert plain(name) == by_database
    assert plain("O'Neil-Šimůnek") == "ONEILSIMUNEK"


@pytest.fixture
def crowd(db):
    """Four grown people; a girl of fifteen; and a record that went into another."""
    people = {
        "nora": build.supporter(phone="+14105550123;ext=7", email="nora@example.org"),
        "cruz": build.supporter(given_name="María José", family_name="de la Cruz", zip="00002"),
        "mary": build.supporter(given_name="Mary Ann", family_name="", phone="+14105550124"),
        "oneil": build.supporter(given_name="Sean", family_name="O’Neil"),
        "young": build.supporter(
            given_name="Nora", is_minor=True, email="kim@example.org", phone="+14105550123"
        ),
    }
    people["gone"] = build.supporter(merged_into=people["nora"])
    return people


ASKED = [
    ({"name": "alvarez"}, ["nora"]),
    ({"name": "Alv"}, ["nora"]),
    ({"name": "nora ÁLV"}, ["nora"]),
    ({"name": "Álvarez, N"}, ["nora"]),
    ({"name": "alvarez nora"}, ["nora"]),
    ({"name": "maria jose de la cruz"}, ["cruz"]),
    ({"name": "de la"}, ["cruz"]),
    ({"name": "mary ann"}, ["mary"]),
    ({"name": "ONeil"}, ["oneil"]),
    ({"name": "o'neil", "zip": "00002"}, []),
    ({"zip": "00002"}, ["cruz"]),
    ({"zip": "00001", "name": "sean"}, ["oneil"]),
    ({"phone": "+14105550123"}, ["nora"]),
    ({"phone": "+14105550123", "name": "Sean"}, []),
    ({"mailbox": mailbox_of("NORA+x@example.org")}, ["nora"]),
    ({"mailbox": mailbox_of("kim@example.org")}, ["young"]),
    ({"name": ", "}, []),
]


def test_a_person_is_found_as_they_would_be_asked_for(crowd):
    names = {person.pk: name for name, person in crowd.items()}
    found = [[names[one.pk] for one in find(Wanted(**wanted)).people] for wanted, _ in ASKED]

    assert list(zip([wanted for wanted, _ in ASKED], found, strict=True)) == ASKED


def test_pages_follow_each_other_and_show_everybody_once(crowd, monkeypatch):
    monkeypatch.setattr(search, "ON_A_PAGE", 2)
    for given, family in [("Alva", "Nord"), ("Alva", "Alvarado"), ("Bo", "Alva"), ("Cy", "Alva")]:
        build.supporter(given_name=given, family_name=family)
    pages, after = [], ""
    while len(pages) < 9:
        found = find(Wanted(name="alva"), after)
        pages.append([person.name for person in found.people])
        after = found.after
        if not after:
            break

    assert pages == [["Bo Alva", "Cy Alva"], ["Alva Alvarado", "Nora Álvarez"], ["Alva Nord"]]


BY_INDEX = [
    (Wanted(name="Alv"), "supporters_by_family_name"),
    (Wanted(name="nora alvarez"), "supporters_by_family_name"),
    (Wanted(name="mary"), "supporters_by_given_name"),
    (Wanted(phone="+14105550123"), "supporters_by_phone"),
    (Wanted(zip="00001", name="alv"), "supporters_by_zip_and_name"),
    (Wanted(mailbox="0" * 64), "supporters_supporter_mailbox"),
]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_nobody_else_is_read_on_the_way(crowd):
    with connection.cursor() as cursor:
        # So few rows would be read whole whatever the index.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for wanted, index in BY_INDEX:
        plans = plans_of(lambda wanted=wanted: find(wanted))

        assert "Seq Scan" not in "".join(plans)
        assert any(index in plan for plan in plans), plans


def plans_of(do):
    plans = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "supporters_supporter" in sql:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        do()
    return plans
