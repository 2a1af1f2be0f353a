"""Exports: who is in one, who may have one, and what happens when its worker dies."""

import csv
import hashlib
import io

import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry
from desk.models import Export
from desk.supporters import export_job
from desk.supporters.filters import ANYONE, Selection
from supporters.models import Suppression
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import PURPOSE, content, emails, exported, read
from tests.proven import forget

NEW = "/desk/exports/new/"


@pytest.fixture
def eve(db):
    return build.user("exporter", email="eve@example.org")


@pytest.fixture
def desk(client, eve):
    client.force_login(eve)
    return client


def test_by_default_only_people_who_said_yes_are_in_it(eve):
    yes = rows.person(newsletter=True)
    rows.person(newsletter=None)
    rows.person(newsletter=False)

    assert emails(exported(eve)) == {yes.email}


def test_without_the_consent_filter_a_permission_taken_back_still_keeps_a_person_out(eve):
    yes, never_asked, took_it_back = (
        rows.person(newsletter=True),
        rows.person(newsletter=None),
        rows.person(newsletter=False),
    )

    assert emails(exported(eve, consent=ANYONE)) == {yes.email, never_asked.email}
    assert took_it_back.email


def test_a_permission_given_again_counts_again(eve):
    back = rows.person(newsletter=False)
    rows.consent(back, granted=True)

    assert emails(exported(eve)) == {back.email}


@pytest.mark.parametrize("chosen", [{}, {"consent": ANYONE}, {"state": "FK"}])
def test_minors_unproven_and_suppressed_people_are_in_no_export(eve, chosen):
    rows.person(is_minor=True)
    rows.action(build.ask("petition"), rows.person(), entry={"is_minor": True}, state="pending")
    rows.person(proven_at=None)
    asked = rows.person()
    Suppression.objects.create(mailbox=asked.mailbox, reason="asked")
    grown = rows.person()
    rows.action(
        build.ask("petition", campaign=build.campaign("swings")), grown, entry={"is_minor": False}
    )

    assert emails(exported(eve, **chosen)) == {grown.email}


def test_the_campaign_filter_takes_people_whose_action_counts(eve):
    ask = build.ask("petition")
    signed, pending, elsewhere = rows.person(), rows.person(), rows.person()
    rows.action(ask, signed)
    rows.action(ask, pending, state="pending")
    rows.action(build.ask("petition", campaign=build.campaign("swings")), elsewhere)

    assert emails(exported(eve, campaign=ask.campaign_id)) == {signed.email}


def test_zips_phones_and_formulas_survive_as_text(eve):
    rows.person(
        zip="02139",
        phone="+15551234567",
        given_name='=HYPERLINK("http://evil.example")',
        family_name="＠SUM(1)",
    )
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)

    raw = next(csv.DictReader(io.StringIO(content(export).decode("utf-8-sig"), newline="")))
    assert (raw["zip"], raw["phone"]) == ("'02139", "'+15551234567")
    assert raw["given_name"].startswith("'=")
    assert raw["family_name"].startswith("'＠")
    assert read(export)[0]["zip"] == "02139"
    assert content(export).startswith(b"\xef\xbb\xbf")


def test_an_extension_has_a_column_of_its_own(eve):
    rows.person(phone="+14244172469;ext=0614")

    [row] = exported(eve)
    assert (row["phone"], row["phone_extension"]) == ("+14244172469", "0614")


def test_the_form_counts_first_and_writes_only_when_told(desk):
    build.jurisdiction("FK")
    rows.person()
    rows.person()
    typed = {
        "kind": "supporters",
        "campaign": "",
        "state": "FK",
        "consent": "newsletter",
        "purpose": PURPOSE,
    }
    page = desk.post(NEW, typed).content.decode()

    assert "<strong>2</strong>" in page
    assert not Export.objects.exists()
    answer = desk.post(NEW, typed | {"confirmed": "yes"})
    export = Export.objects.get()
    assert answer["Location"] == reverse("desk:export", args=[export.public_id])
    assert (export.rows_expected, export.filters["consent"], export.state) == (
        2,
        "newsletter",
        "waiting",
    )


def test_a_purpose_is_needed_and_what_was_chosen_is_kept(desk):
    answer = desk.post(NEW, {"kind": "supporters", "state": "", "consent": "anyone", "purpose": ""})

    assert answer.status_code == 422
    assert '<option value="anyone" selected>' in answer.content.decode()


def test_the_filter_is_on_when_the_form_is_opened_and_never_off_by_silence(desk):
    assert '<option value="newsletter" selected>' in desk.get("/desk/exports/").content.decode()
    assert (
        desk.post(NEW, {"kind": "supporters", "purpose": PURPOSE, "confirmed": "yes"}).status_code
        == 422
    )
    assert not Export.objects.exists()


def test_asking_and_every_download_are_written_down(desk, eve):
    rows.person()
    desk.post(
        NEW, {"kind": "supporters", "consent": "newsletter", "purpose": PURPOSE, "confirmed": "yes"}
    )
    export = Export.objects.get()
    export_job.write(export.pk)
    download = reverse("desk:export_download", args=[export.public_id])
    file = b"".join(desk.post(download).streaming_content)
    desk.post(download)

    asked = AuditEntry.objects.get(deed="export asked")
    assert (
        asked.actor,
        asked.detail["purpose"],
        asked.detail["rows"],
        asked.detail["filters"]["consent"],
    ) == (
        eve.email,
        PURPOSE,
        1,
        "newsletter",
    )
    assert (
        AuditEntry.objects.filter(deed="export downloaded", detail__rows=1, actor=eve.email).count()
        == 2
    )
    export.refresh_from_db()
    assert hashlib.sha256(file).hexdigest() == export.sha256
    assert audit.verify() is None


def test_only_whoever_asked_may_download(desk):
    other = build.user("exporter", email="other@example.org")
    export = export_job.ask_for_export(
        other, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)

    assert desk.post(reverse("desk:export_download", args=[export.public_id])).status_code == 403


def test_a_list_leaves_for_whoever_proved_who_they_are_a_moment_ago(desk, eve):
    rows.person()
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)
    forget(desk, factor=False)
    typed = {"consent": ANYONE, "purpose": PURPOSE}

    for form in (typed, typed | {"confirmed": "yes"}):
        asked = desk.post(NEW, form)["Location"]
        assert asked.startswith("/login/again/?next=")
    download = desk.post(reverse("desk:export_download", args=[export.public_id]))
    assert download["Location"].startswith("/login/again/?next=")
    assert Export.objects.count() == 1
    # Nothing that was typed is lost on the way.
    back = desk.post(asked, {"password": build.PASSWORD})["Location"]
    assert PURPOSE in desk.get(back).content.decode()
    assert desk.post(NEW, typed).status_code == 200
