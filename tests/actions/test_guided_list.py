"""What only the writer can do, told one after the other: how many, the exact form, all of it to copy,
and when a call comes first.
"""

from html import unescape

import pytest
import time_machine

from actions.status import calendar_file
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]

TUESDAY = "2026-11-24T16:00Z"  # eleven in the morning in Annapolis
NIGHT = "2026-11-24T08:00Z"


@pytest.fixture
def status(client):
    """The page of a letter to two offices of Maryland that take none from us."""
    ask = build.ask("letter", letter_subject="Playgrounds", letter_body="Please open them.")
    for position, form in enumerate(
        ["https://ada.example/contact?to=ada", "https://bo.example/"], start=1
    ):
        seat = build.seat(state="MD", district="7", position=position)
        build.term(seat, build.legislator(f"Ann {position}", form=form, phone="+14105550100"))
    build.rule(ask)
    build.zip_district("21401", ask)
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="21401", age="34")
    send(client, page, step="write", **ME)
    press(client, mailed_link("confirm"))
    path = mailed_link("letters")

    def at(moment):
        with time_machine.travel(moment, tick=False):
            return unescape(client.get(path).content.decode())

    return at


def test_each_office_says_which_of_how_many_it_is_and_has_all_of_it_to_copy(status):
    page = status(TUESDAY)

    assert "1 of 2 that need you" in page
    assert "2 of 2 that need you" in page
    assert page.count("Copy all") == 2
    assert "First name: Nora\nLast name: Álvarez\nStreet: 1 Elm St" in page


def test_a_home_page_is_no_form(status):
    page = status(TUESDAY)

    assert page.count("Open the office’s form") == 1
    assert page.count("Open the office’s site") == 1


def test_a_call_comes_first_while_somebody_is_there(status):
    assert "A call first, and then your letter" in status(TUESDAY)
    assert "A call first, and then your letter" not in status(NIGHT)


@pytest.mark.parametrize(
    ("now", "begins"),
    [(TUESDAY, "20261125T100000"), ("2026-11-27T16:00Z", "20261130T100000")],
    ids=["tomorrow", "after a weekend"],
)
def test_a_reminder_for_the_calendar_names_nobody_and_holds_no_link(status, client, now, begins):
    assert 'href="letters.ics"' in status(now)
    path = mailed_link("letters")

    with time_machine.travel(now, tick=False):
        answer = client.get(f"{path}letters.ics")

    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"] == "text/calendar"
    assert "no-store" in answer["Cache-Control"]
    assert f"DTSTART:{begins}" in lines
    assert "SUMMARY:Finish my letters: 2 offices need me" in lines
    assert not any(
        word in answer.content.decode() for word in ("Nora", "Ann 1", "http", "letters/")
    )


def test_a_calendars_lines_are_short_and_cut_no_letter():
    rows = calendar_file.folded("SUMMARY:" + "ñ☃" * 60).split(b"\r\n")

    assert all(len(row) <= 75 for row in rows)
    assert b"".join([rows[0], *(row[1:] for row in rows[1:])]).decode() == "SUMMARY:" + "ñ☃" * 60
