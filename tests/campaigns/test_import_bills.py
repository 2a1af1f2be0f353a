"""Bills from a file: looked at first, added once, brought up to date, and no sponsor is guessed."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaigns.bills.importing import openstates
from campaigns.bills.importing.keep import keep, look, read
from campaigns.bills.importing.published import BadFile
from campaigns.bills.stages import note
from campaigns.models import Bill, BillSponsor
from tests import build
from tests.campaigns.bills import bill

MADE_UP = Path(__file__).with_name("openstates_bills.json")
ANA = "ana@example.org"


@pytest.fixture
def delegates(db):
    """Ada Smith by her key, one Bob Diaz, two of the name Young; and a senator Diaz."""
    people = {
        name: build.legislator(name, **key)
        for name, key in {
            "Ada Smith": {"key": "ocd-person/made-up-ada"},
            "Robert Diaz": {},
            "Cy Young": {},
            "Di Young": {},
        }.items()
    }
    for number, person in enumerate(people.values()):
        build.term(build.seat(state="MD", district=str(number)), person)
    return people


def sponsors(made):
    return {
        one.name: (one.legislator and one.legislator.name, one.role, bool(one.doubt))
        for one in made.sponsors.select_related("legislator")
    }


def test_open_states_bill_is_read_with_its_stages_sponsors_and_links(delegates):
    rows = keep(read(MADE_UP.read_text()), author=ANA)
    made = Bill.objects.get()

    assert (made.jurisdiction, made.session, made.identifier) == ("MD", "2026", "HB 17")
    assert (made.stage, made.stage_on) == ("passed_one", dt.date(2026, 3, 1))
    lines = made.history.order_by("id").values_list("stage", "happened_on", "author", "source")
    assert list(lines) == [
        ("introduced", dt.date(2026, 1, 11), ANA, "Open States"),
        ("committee", dt.date(2026, 1, 11), ANA, "Open States"),
        ("passed_one", dt.date(2026, 3, 1), ANA, "Open States"),
    ]
    assert sponsors(made) == {
        "Smith": ("Ada Smith", "sponsor", False),
        "Robert Diaz": ("Robert Diaz", "cosponsor", False),
        "Young": (None, "cosponsor", True),
        "Ways and Means": (None, "sponsor", False),
    }
    assert [row.deed for row in rows] == ["add", "wrong"]
    assert rows[0].doubts == ["Young: It may be Cy Young, Di Young."]
    assert rows[1].bill.errors == ["It does not say whose bill it is."]
    assert [link["url"] for link in made.links] == [
        "https://openstates.org/md/bills/2026/HB17/",
        "https://mgaleg.example/hb0017",
    ]


def test_the_same_file_again_changes_nothing_and_what_was_said_here_holds(delegates):
    text = MADE_UP.read_text()
    keep(read(text), author=ANA)
    made = Bill.objects.get()
    BillSponsor.objects.filter(name="Young").update(legislator=delegates["Di Young"], doubt="")
    Bill.objects.update(stance="con")
    note(made, "passed", author=ANA)

    rows = keep(read(text), author=ANA)

    assert rows[0].deed == "same"
    made.refresh_from_db()
    assert (made.stage, made.stance, made.sponsors.count()) == ("passed", "con", 4)
    assert sponsors(made)["Young"][0] == "Di Young"
    assert rows[0].doubts == []


def test_where_we_say_that_a_bill_is_further_the_file_is_only_told(delegates):
    made = bill("HB 17", jurisdiction="MD", session="2026", stage="")
    note(made, "law", author=ANA, happened_on=dt.date(2026, 2, 1))
    [row, _wrong] = keep(read(MADE_UP.read_text()), author=ANA)

    made.refresh_from_db()
    assert made.stage == "law"
    assert any("It stands at “Became law”" in doubt for doubt in row.doubts)
    # What came before is filled in by its day.
    assert set(made.history.values_list("stage", flat=True)) == {"introduced", "committee", "law"}


def test_a_look_keeps_nothing(delegates):
    assert [row.deed for row in look(read(MADE_UP.read_text()), author=ANA)] == ["add", "wrong"]
    assert not Bill.objects.exists()
    assert not BillSponsor.objects.exists()


def test_the_bulk_form_is_read_as_well(delegates):
    row = json.loads(MADE_UP.read_text())["results"][0]
    bulk = {
        "id": row["id"],
        "legislative_session": "2026",
        "jurisdiction_name": "Maryland",
        "identifier": "HB 17",
        "title": row["title"],
        "chamber": "lower",
        "classification": ["bill"],
        "sponsors": [{"name": "Robert Diaz", "primary": True, "classification": "primary"}],
        "actions": [
            {
                "organization__name": name,
                "description": "Passed",
                "date": f"2026-0{month}-01",
                "classification": ["passage"],
                "order": month,
            }
            for month, name in ((3, "House"), (4, "Senate"))
        ],
        "sources": [{"url": "https://mgaleg.example/hb0017"}],
    }
    keep(read(json.dumps([bulk])), author=ANA)

    made = Bill.objects.get()
    assert (made.session, made.stage, made.stage_on) == ("2026", "passed", dt.date(2026, 4, 1))
    assert sponsors(made) == {"Robert Diaz": ("Robert Diaz", "sponsor", False)}


@pytest.mark.parametrize(
    ("state", "classification", "kinds", "last"),
    [
        ("NE", ["bill"], ["introduction", "passage"], "passed"),
        ("MD", ["resolution"], ["introduction", "passage"], "adopted"),
        ("MD", ["bill"], ["passage", "executive-veto", "became-law"], "law"),
        ("MD", ["bill"], ["introduction", "amendment-failure", "committee-failure"], "introduced"),
        ("MD", ["bill"], ["executive-signature", "executive-veto-line-item"], "law"),
    ],
)
def test_actions_reach_the_stage_that_they_mean(state, classification, kinds, last):
    actions = [
        {"classification": [kind], "date": "2026-01-01", "order": order, "description": ""}
        for order, kind in enumerate(kinds)
    ]
    assert openstates.stages(actions, state, classification)[-1][0] == last


TABLE = """jurisdiction;identifier;session;stance;stage;stage_on;sponsors;cosponsors;link
Maryland;hb9;2027;support;In committee;2026-02-01;Smith, Ada;Young; https://mgaleg.example/9
US;H.R. 5;119;oppose;;;;;
"""


def test_a_table_is_read_and_finds_the_bill_that_was_typed_without_a_session(delegates):
    typed = bill("H.B. 9", jurisdiction="MD", session="", stance="")
    rows = keep(read(TABLE), author=ANA)

    assert [row.deed for row in rows] == ["change", "add"]
    typed.refresh_from_db()
    assert (typed.identifier, typed.session, typed.stance) == ("H.B. 9", "2027", "pro")
    assert typed.stage == "committee"
    assert sponsors(typed) == {
        "Smith, Ada": ("Ada Smith", "sponsor", False),
        "Young": (None, "cosponsor", True),
    }
    assert Bill.objects.get(jurisdiction="US").stance == "con"


def test_every_wrong_cell_of_a_row_is_said(db):
    text = "jurisdiction,identifier,stance,stage,stage_on,link\nXX,-,maybe,half,soon,ftp://x\n"
    [row] = keep(read(text), author=ANA)

    assert row.deed == "wrong"
    said = " ".join(row.bill.errors)
    for column in ("jurisdiction:", "identifier:", "stance:", "stage:", "stage_on:", "link:"):
        assert column in said
    twice = "jurisdiction,identifier\nMD,HB 1\nMD,H.B. 001\n"
    assert [one.deed for one in keep(read(twice), author=ANA)] == ["add", "wrong"]


NO_FILES = ["", "[]", "{", "a,b\n1,2", "jurisdiction,identifier\n", '[{"a": "\\u0000"}]', "a\0"]


@pytest.mark.parametrize("text", NO_FILES)
def test_what_is_no_file_of_bills_is_refused(text):
    with pytest.raises(BadFile):
        read(text)


def test_what_is_not_written_as_a_bill_is_a_wrong_row(db):
    rows = keep(read('[1, {"identifier": "HB 1", "sponsorships": 3}]'), author=ANA)
    assert [row.deed for row in rows] == ["wrong", "wrong"]


def test_only_addresses_of_the_web_become_links_and_nothing_is_too_long(db):
    row = json.loads(MADE_UP.read_text())["results"][0]
    row |= {"openstates_url": "javascript:alert(1)", "sources": [{"url": "https://x.example/1"}]}
    [long] = openstates.read(json.dumps([row | {"session": "9" * 61}]))

    assert openstates.published(row).links == [{"url": "https://x.example/1", "label": ""}]
    assert long.errors == ["Its identifier or session is longer than 60 letters."]


def test_the_command_says_first_and_keeps_when_told(delegates, tmp_path):
    said = StringIO()
    call_command("import_bills", str(MADE_UP), stdout=said)
    assert "1. MD HB 17: add" in said.getvalue()
    assert "Young: It may be Cy Young, Di Young." in said.getvalue()
    assert not Bill.objects.exists()

    call_command("import_bills", str(MADE_UP), "--keep", stdout=StringIO())
    assert Bill.objects.get().identifier == "HB 17"
    with pytest.raises(CommandError):
        call_command("import_bills", str(tmp_path / "none.csv"), stdout=StringIO())


def test_the_desk_shows_each_row_and_keeps_them_when_all_are_right(client, delegates):
    client.force_login(build.user("organizer"))
    url = "/desk/bills/import/"
    wrong = client.post(url, {"text": MADE_UP.read_text(), "do": "look"})
    assert wrong.status_code == 422
    assert "It does not say whose bill it is." in wrong.content.decode()
    assert not Bill.objects.exists()
    client.post(url, {"text": MADE_UP.read_text(), "do": "keep"})
    assert Bill.objects.get().identifier == "HB 17"

    looked = client.post(url, {"text": TABLE, "do": "look"})
    assert looked.status_code == 200
    assert "It may be Cy Young, Di Young." in looked.content.decode()
    client.post(url, {"text": TABLE, "do": "keep"})
    assert Bill.objects.count() == 3
    assert client.post(url, {"text": "nothing"}).status_code == 422
