"""Handing a petition over: who is named, who is only counted, and which text they signed."""

import csv
import io

import pytest

from actions.models import Voice
from campaigns.petitions import revise
from desk.exports import job
from desk.models import Export
from desk.supporters import csv_cells
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import PURPOSE, content


@pytest.fixture
def ask(db):
    return build.ask("petition")


@pytest.fixture
def desk(client, db):
    client.force_login(build.user("exporter"))
    return client


def hand_over(desk, ask):
    typed = {"purpose_key": f"petition-{ask.pk}", "purpose": PURPOSE, "format": "csv"}
    desk.post("/desk/exports/new/", typed)
    export = Export.objects.latest("id")
    assert job.begin(export, export.columns)
    job.write(export.pk)
    return list(csv.DictReader(io.StringIO(content(export).decode("utf-8-sig"), newline="")))


def test_the_list_names_grown_signers_whose_signature_counts_with_the_text_they_signed(desk, ask):
    first = revise(ask, "en", "Open them.")
    rows.action(ask, rows.person(given_name="Ana", newsletter=False), petition_text=first)
    second = revise(ask, "en", "Open them all.")
    rows.action(ask, rows.person(given_name="Ben"), petition_text=second)
    for state in ("pending", "quarantined", "withdrawn"):
        rows.action(ask, state=state)
    rows.action(ask, rows.person(is_minor=True))
    rows.action(ask, rows.person(proven_at=None))
    rows.action(ask, entry={"is_minor": True})

    assert [(row["given_name"], row["text_version"]) for row in hand_over(desk, ask)] == [
        ("Ana", "en-1"),
        ("Ben", "en-2"),
    ]


def test_an_office_learns_no_way_to_write_to_anybody(desk, ask):
    signer = rows.person(phone="+15551234567", street="12 Elm St")
    rows.action(ask, signer)
    row = hand_over(desk, ask)[0]

    assert list(row) == [
        "given_name",
        "family_name",
        "city",
        "state",
        "zip",
        "text_version",
        "signed_on",
    ]
    assert csv_cells.plain(row["zip"]) == "02139"


def test_the_cover_has_the_texts_and_numbers_and_no_names(desk, ask):
    text = revise(ask, "en", "We ask you to open every playground.")
    rows.action(ask, rows.person(given_name="Zebulon"), petition_text=text)
    rows.action(ask, rows.person(is_minor=True), petition_text=text, us_state="")
    Voice.objects.create(
        ask=ask, idempotency_key="00000000-0000-4000-8000-000000000001", raised_on="2026-05-01"
    )
    build.jurisdiction("FK")
    page = desk.get(f"/desk/petitions/{ask.pk}/")
    words = page.content.decode()

    assert (page.context["named"], page.context["unnamed"], page.context["anonymous"]) == (1, 1, 1)
    assert page.context["states"] == [("", 1), ("Franklin", 1)]
    assert "open every playground" in words
    assert "2 signatures" in words
    assert "Zebulon" not in words


def test_a_letter_ask_has_no_cover(desk):
    letter = build.ask("letter")

    assert desk.get(f"/desk/petitions/{letter.pk}/").status_code == 404
    assert (
        desk.post(
            "/desk/exports/new/", {"purpose_key": f"petition-{letter.pk}", "purpose": PURPOSE}
        ).status_code
        == 422
    )
