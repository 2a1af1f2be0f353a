"""Exports: who is in one, who may have one, and what happens when its worker dies."""

import csv
import datetime as dt
import gc
import hashlib
import io
import tracemalloc

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from desk.models import Export, ExportPart
from desk.supporters import export_job, sheets
from desk.supporters.filters import ANYONE, Selection
from supporters.models import Consent, Supporter, Suppression
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import PURPOSE, content, emails, read
from tests.proven import forget

NEW = "/desk/exports/new/"


@pytest.fixture
def eve(db):
    return build.user("exporter", email="eve@example.org")


@pytest.fixture
def desk(client, eve):
    client.force_login(eve)
    return client


def exported(eve, **chosen):
    """An export written to its end, read back as a spreadsheet program would."""
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection(**chosen).as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)
    return read(export)


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


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of a few rows, so that an export has several."""
    monkeypatch.setattr(sheets, "BATCH", 4)
    monkeypatch.setattr(export_job, "PART_BYTES", 300)


class Killed(BaseException):
    """What a worker sees of SIGKILL: nothing of ours runs after it."""


def kill_after(monkeypatch, parts):
    save = export_job._save_part

    def save_or_die(export, page, rows):
        if export.parts.count() == parts:
            raise Killed
        save(export, page, rows)

    monkeypatch.setattr(export_job, "_save_part", save_or_die)
    return lambda: monkeypatch.setattr(export_job, "_save_part", save)


def test_a_killed_export_goes_on_where_it_was_and_has_everybody_once(eve, small_parts, monkeypatch):
    everybody = [rows.person() for _ in range(23)]
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    revive = kill_after(monkeypatch, parts=2)
    with pytest.raises(Killed):
        export_job.write(export.pk)
    revive()
    kept = set(ExportPart.objects.values_list("pk", flat=True))

    export_job.write(export.pk)
    export.refresh_from_db()
    assert export.state == "running", "a live worker's export is left alone"

    called = listen(monkeypatch)
    Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    export_job.sweep()
    assert called == [export.pk]
    export_job.write(export.pk)

    export.refresh_from_db()
    assert (export.state, export.rows_done) == ("ready", 23)
    assert [row["email"] for row in read(export)] == [person.email for person in everybody]
    assert kept < set(ExportPart.objects.values_list("pk", flat=True)), (
        "the parts written before were kept"
    )


def listen(monkeypatch):
    """Hear which exports workers are called for, instead of calling over the network."""
    called = []
    monkeypatch.setattr(
        "worker.queue.call", lambda task, ids, **_: called.extend(pk for (pk,) in ids)
    )
    return called


def test_a_worker_thought_dead_that_wakes_up_writes_nothing_more(eve, small_parts, monkeypatch):
    for _ in range(23):
        rows.person()
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    save = export_job._save_part
    overtaken = []

    def fall_asleep(mine, page, some):
        if not overtaken:
            overtaken.append(mine)
            Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
            export_job.write(mine.pk)
        save(mine, page, some)

    monkeypatch.setattr(export_job, "_save_part", fall_asleep)
    export_job.write(export.pk)

    export.refresh_from_db()
    assert (export.state, export.rows_done, len(read(export))) == ("ready", 23, 23)


def test_an_export_that_keeps_stopping_is_given_up_and_leaves_no_rows(
    eve, small_parts, monkeypatch
):
    rows.person()
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    kill_after(monkeypatch, parts=0)
    listen(monkeypatch)
    for _ in range(export_job.JOB.most_tries):
        with pytest.raises(Killed):
            export_job.write(export.pk)
        Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    export_job.sweep()

    export.refresh_from_db()
    assert export.state == "failed"
    assert not ExportPart.objects.exists()


def test_somebody_stops_an_export_and_its_worker_writes_nothing_more(
    desk, eve, small_parts, monkeypatch
):
    for _ in range(23):
        rows.person()
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    save = export_job._save_part

    def stop_before_the_third(mine, page, some):
        if mine.parts.count() == 2:
            shown = desk.get(reverse("desk:export", args=[mine.public_id])).content.decode()
            assert 'max="23"' in shown, "how far it is"
            desk.post(reverse("desk:export_stop", args=[mine.public_id]))
        save(mine, page, some)

    monkeypatch.setattr(export_job, "_save_part", stop_before_the_third)
    export_job.write(export.pk)
    export_job.sweep()

    export.refresh_from_db()
    assert export.state == "stopped"
    assert not ExportPart.objects.exists()
    page = desk.get(reverse("desk:export", args=[export.public_id])).content.decode()
    assert "Somebody stopped it" in page


def test_a_fault_is_shown_without_its_words(desk, eve, monkeypatch):
    monkeypatch.setitem(
        sheets.SHEETS,
        "supporters",
        sheets.Sheet(header=["a"], count=lambda filters: 1, rows=lambda filters, after: 1 / 0),
    )
    export = export_job.ask_for_export(eve, kind="supporters", filters={}, purpose=PURPOSE)
    export_job.write(export.pk)

    page = desk.get(reverse("desk:export", args=[export.public_id])).content.decode()
    assert "could not be written (ZeroDivisionError)" in page


def test_an_expired_export_answers_410_and_its_rows_are_gone(desk, eve, monkeypatch):
    rows.person()
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection().as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)
    Export.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    download = reverse("desk:export_download", args=[export.public_id])

    assert desk.post(download).status_code == 410, "at once, before any sweep"
    export_job.sweep()
    export.refresh_from_db()
    assert export.state == "expired"
    assert not ExportPart.objects.exists()
    assert desk.post(download).status_code == 410


def test_memory_does_not_grow_with_the_rows(eve, monkeypatch):
    """Of three times as many rows more, memory takes next to nothing."""
    monkeypatch.setattr(sheets, "BATCH", 100)
    monkeypatch.setattr(export_job, "PART_BYTES", 8 * 1024)

    def highest_memory(export):
        gc.collect()
        tracemalloc.start()
        try:
            export_job.write(export.pk)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def written(count):
        """The memory that an export takes, and how long it is.

        The lesser of two: what is loaded once, or happens beside it, can only add to one of them,
        and what grows with the rows is in both.
        """
        many_people(count)
        filters = Selection().as_json()
        exports = [
            export_job.ask_for_export(eve, kind="supporters", filters=filters, purpose=PURPOSE)
            for _ in range(2)
        ]
        memory = min(highest_memory(export) for export in exports)
        return memory, len(content(exports[-1]))

    # What is only loaded by a first export is no growth.
    written(50)
    memory, length = written(400)
    more_memory, more_length = written(1_600)

    assert more_length > length + 100_000
    assert more_memory - memory < (more_length - length) / 5


def many_people(count):
    same = {"mailbox": "m", "given_name": "N", "family_name": "A" * 60, "proven_at": timezone.now()}
    made = Supporter.objects.bulk_create(
        Supporter(key=f"{count}-{n}", email=f"n{n}@example.org", **same) for n in range(count)
    )
    yes = {"purpose": "newsletter", "granted": True, "wording": "w"}
    Consent.objects.bulk_create([Consent(supporter=person, **yes) for person in made])
