"""An export goes on after a crash, stops where somebody says so, and fits into little memory."""

import datetime as dt
import gc
import io
import tracemalloc
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from actions.erasing.person import Person
from desk.exports import job, sheets, workbook
from desk.models import Export, ExportPart
from desk.supporters import forgetting
from supporters.models import Consent, Supporter
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import asked, content, read


@pytest.fixture
def eve(db):
    return build.user("exporter", email="eve@example.org")


@pytest.fixture
def desk(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of a few rows, so that an export has several."""
    monkeypatch.setattr(sheets, "BATCH", 4)
    monkeypatch.setattr(job, "PART_BYTES", 300)


class Killed(BaseException):
    """What a worker sees of SIGKILL: nothing of ours runs after it."""


def kill_after(monkeypatch, parts, of_workbook=False):
    store = job._store

    def store_or_die(export, some, **about):
        if export.parts.filter(of_workbook=of_workbook).count() == parts:
            raise Killed
        store(export, some, **about)

    monkeypatch.setattr(job, "_store", store_or_die)
    return lambda: monkeypatch.setattr(job, "_store", store)


def listen(monkeypatch):
    """Hear which exports workers are called for, instead of calling over the network."""
    called = []
    monkeypatch.setattr(
        "worker.queue.call", lambda task, ids, **_: called.extend(pk for (pk,) in ids)
    )
    return called


@pytest.mark.django_db(transaction=True)
def test_a_killed_export_goes_on_where_it_was_and_has_everybody_once(eve, small_parts, monkeypatch):
    everybody = [rows.person() for _ in range(23)]
    export = asked(eve)
    revive = kill_after(monkeypatch, parts=2)
    with pytest.raises(Killed):
        job.write(export.pk)
    revive()
    kept = set(ExportPart.objects.values_list("pk", flat=True))

    job.write(export.pk)
    export.refresh_from_db()
    assert export.state == "running", "a live worker's export is left alone"

    called = listen(monkeypatch)
    Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    job.sweep()
    assert called == [export.pk]
    job.write(export.pk)

    export.refresh_from_db()
    assert (export.state, export.rows_done) == ("ready", 23)
    assert [row["email"] for row in read(export)] == [person.email for person in everybody]
    assert kept < set(ExportPart.objects.values_list("pk", flat=True)), (
        "the parts written before were kept"
    )


def sheet_rows(file, number):
    page = etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{name}c")]
        for row in page.iter(f"{name}row")
    ]


def test_a_workbook_is_made_of_the_parts_begins_anew_after_a_crash_and_has_sheets_enough(
    eve, small_parts, monkeypatch, tmp_path
):
    monkeypatch.setattr(workbook, "MOST_ROWS", 21)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none at all"))
    for n in range(23):
        rows.person(given_name=["=1+1", " A & <B>\u0007", "_x0041_"][n % 3], zip="02139")
    export = asked(eve, format="xlsx", columns=["zip", "given_name"])
    revive = kill_after(monkeypatch, parts=1, of_workbook=True)
    with pytest.raises(Killed):
        job.write(export.pk)
    revive()
    Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    job.write(export.pk)

    file = zipfile.ZipFile(io.BytesIO(content(export)))
    assert file.testzip() is None
    first, second = sheet_rows(file, 1), sheet_rows(file, 2)
    assert first[0] == second[0] == ["zip", "given_name"]
    assert (len(first), len(second)) == (21, 4)
    # What begins like a formula keeps its apostrophe, a valid ZIP needs none: both are text.
    assert first[1:4] == [["02139", "'=1+1"], ["02139", " A & <B>"], ["02139", "_x005F_x0041_"]]
    assert not any(part.content for part in ExportPart.objects.filter(of_workbook=False))


def test_a_worker_thought_dead_that_wakes_up_writes_nothing_more(eve, small_parts, monkeypatch):
    for _ in range(23):
        rows.person()
    export = asked(eve)
    save = job._save_part
    overtaken = []

    def fall_asleep(mine, *about):
        if not overtaken:
            overtaken.append(mine)
            Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
            job.write(mine.pk)
        return save(mine, *about)

    monkeypatch.setattr(job, "_save_part", fall_asleep)
    job.write(export.pk)

    export.refresh_from_db()
    assert (export.state, export.rows_done, len(read(export))) == ("ready", 23, 23)


def test_an_export_that_keeps_stopping_is_given_up_and_leaves_no_rows(
    eve, small_parts, monkeypatch
):
    rows.person()
    export = asked(eve)
    kill_after(monkeypatch, parts=0)
    listen(monkeypatch)
    for _ in range(job.JOB.most_tries):
        with pytest.raises(Killed):
            job.write(export.pk)
        Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    job.sweep()

    export.refresh_from_db()
    assert (export.state, export.salt) == ("failed", "")
    assert not ExportPart.objects.exists()


def test_somebody_stops_an_export_and_its_worker_writes_nothing_more(
    desk, eve, small_parts, monkeypatch
):
    for _ in range(23):
        rows.person()
    export = asked(eve)
    save = job._save_part

    def stop_before_the_third(mine, *about):
        if mine.parts.count() == 2:
            shown = desk.get(reverse("desk:export", args=[mine.public_id])).content.decode()
            assert 'max="23"' in shown, "how far it is"
            desk.post(reverse("desk:export_stop", args=[mine.public_id]))
        return save(mine, *about)

    monkeypatch.setattr(job, "_save_part", stop_before_the_third)
    job.write(export.pk)
    job.sweep()

    export.refresh_from_db()
    assert export.state == "stopped"
    assert not ExportPart.objects.exists()
    page = desk.get(reverse("desk:export", args=[export.public_id])).content.decode()
    assert "Somebody stopped it" in page


def test_a_fault_is_shown_without_its_words(desk, eve, monkeypatch):
    rows.person()
    export = asked(eve)
    monkeypatch.setattr(job, "sheet_of", lambda export: 1 / 0)
    job.write(export.pk)

    page = desk.get(reverse("desk:export", args=[export.public_id])).content.decode()
    assert "could not be written (ZeroDivisionError)" in page


def test_an_expired_export_answers_410_and_its_rows_are_gone(desk, eve):
    rows.person()
    export = asked(eve)
    job.write(export.pk)
    Export.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    download = reverse("desk:export_download", args=[export.public_id])

    assert desk.post(download).status_code == 410, "at once, before any sweep"
    job.sweep()
    export.refresh_from_db()
    assert (export.state, export.salt) == ("expired", "")
    assert not ExportPart.objects.exists()
    assert desk.post(download).status_code == 410


def test_a_file_in_which_an_erased_person_may_stand_goes(eve, small_parts):
    """Not one whose rows end before them."""
    rows.person()
    before = asked(eve)
    job.write(before.pk)
    gone = rows.person(newsletter=None)
    after = asked(eve)
    job.write(after.pk)
    forgetting.exports(Person.of(gone))

    states = dict(Export.objects.values_list("pk", "state"))
    assert states == {before.pk: "ready", after.pk: "expired"}
    assert {part.export_id for part in ExportPart.objects.all()} == {before.pk}


def test_memory_does_not_grow_with_the_rows(eve, monkeypatch):
    """Of three times as many rows more, memory takes next to nothing."""
    monkeypatch.setattr(sheets, "BATCH", 100)
    monkeypatch.setattr(sheets.Span, "keys", 100)
    monkeypatch.setattr(job, "PART_BYTES", 8 * 1024)

    def highest_memory(export):
        gc.collect()
        tracemalloc.start()
        try:
            job.write(export.pk)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def written(count):
        """The memory that an export takes, and how long it is.

        The lesser of two: what is loaded once, or happens beside it, can only add to one of them,
        and what grows with the rows is in both.
        """
        many_people(count)
        exports = [asked(eve) for _ in range(2)]
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
