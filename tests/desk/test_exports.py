"""Exports: who is in one, which columns, and who may take it away, by whose leave and how often."""

import csv
import hashlib
import io

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry, User
from campaigns.models import Partner, Question
from desk.exports import approval, handing_out, job, sheets
from desk.exports.columns import COLUMNS
from desk.models import Export, ExportPart
from desk.supporters import csv_cells, filters
from supporters import consent, purposes
from supporters.models import Supporter, Suppression
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import PURPOSE, asked, content, exported, taken
from tests.proven import forget
from worker.models import Delivery

NEW = "/desk/exports/new/"
TYPED = {"purpose_key": "newsletter", "purpose": PURPOSE, "format": "csv"}


@pytest.fixture
def eve(db):
    return build.user("exporter", email="eve@example.org")


@pytest.fixture
def desk(client, eve):
    client.force_login(eve)
    return client


def test_every_purpose_exports_whom_it_may_with_its_own_columns_and_never_a_minor(eve):
    """Purposes x partners x ages x exports."""
    ask = build.ask("petition")
    Partner.objects.create(slug="library", name="Library")
    Partner.objects.create(slug="choir", name="Choir")
    listed = [each for each in purposes.closed_list() if each.key != "sample_text"]
    for each in listed:
        for age in ({}, {"is_minor": True}, {"age_is_known": False}, {"proven_at": None}):
            who = rows.person(newsletter=None, given_name=each.key, street="1 Elm St", **age)
            if each.consent:
                consent.grant(who, each.consent, "Yes.", campaign=each.campaign and ask.campaign)
            if each.ask:
                rows.action(ask, who)
        unsettled = rows.person(newsletter=None, given_name=each.key)
        if each.consent:
            consent.grant(unsettled, each.consent, "Yes.", campaign=ask.campaign)
        rows.action(ask, unsettled, entry={"is_minor": True})
    silent = rows.person(given_name="silent")
    Suppression.objects.create(mailbox=silent.mailbox, reason="asked")

    for each in listed:
        found = exported(eve, each.key, columns=list(COLUMNS))
        assert set(found[0]) == set(each.columns), each.key
        names = sorted(row["given_name"] for row in found)
        # A court's order asks for no consent, and gets adults with a proven mailbox only.
        everybody = sorted([one.key for one in listed] + ["silent"])
        assert names == (everybody if each.key == "legal" else [each.key])


def test_words_are_shown_only_of_who_allowed_it(eve):
    ask = build.ask("letter")
    for allows in (True, False):
        who = rows.person(given_name="Ana" if allows else "Ben")
        rows.action(ask, who, own_words="We need ramps.")
        if allows:
            consent.grant(who, "sample_text", "You may show my words.", campaign=ask.campaign)

    [row] = exported(eve, "sample_text", columns=["own_words", "given_name", "agreed_where"])
    assert list(row.values()) == ["We need ramps.", "Ana", "playgrounds"]


def test_columns_come_in_the_order_of_their_numbers_and_no_other_purposes(desk):
    rows.person()
    page = desk.get(desk.post(NEW, TYPED)["Location"]).content.decode()
    assert "at_phone" not in page
    export = Export.objects.get()
    begin = reverse("desk:export_begin", args=[export.public_id])
    desk.post(begin, {"at_email": "2", "at_zip": "1", "at_phone": "3", "at_city": "no"})
    job.write(export.pk)

    assert content(export).decode("utf-8-sig").splitlines()[0] == '"zip","email"'


def test_what_was_asked_in_a_campaign_is_a_column_of_its_updates_and_of_nothing_else(eve):
    ask = build.ask("petition")
    question = Question.objects.create(ask=ask, kind="several")
    other = Question.objects.create(ask=ask, kind="short")
    key = f"updates-{ask.campaign_id}"
    for said in (["=1+1"], ["Monday", "Friday"], None):
        who = rows.person()
        consent.grant(who, "updates", "Yes.", campaign=ask.campaign)
        told = [{"question": question.pk, "asked": "When?", "said": said}] if said else []
        rows.action(ask, who, answers=told)
    names = [f"answer_{question.pk}", f"answer_{other.pk}"]

    assert not set(names) & set(purposes.purpose("newsletter").columns)
    sheet = sheets.sheet(purposes.purpose(key), filters.Filter(), names)
    read_rows = sheet.values(sheet.lined().order_by("pk"))
    for found in (sheets._from_rows, sheets._from_postgresql):
        content, _rows, _last = found(read_rows, sheet.columns, is_bare=False)
        cells = list(csv.reader(io.StringIO(content.decode(), newline="")))
        assert cells == [["'=1+1", ""], ["Monday; Friday", ""], ["", ""]]


def nasty():
    """People whose every column says something that a spreadsheet could run or round."""
    odd = ["=1+1", "\u2003@SUM(1)", "'quoted", 'say "hi", Nora', "+1", "1E5", "１２", "-", "Ana\nB"]
    for n, value in enumerate(odd):
        rows.person(
            given_name=value,
            family_name=f"{value};x",
            zip=["02139", "02139-0001", "=2139", "2139"][n % 4],
            phone=["+15551234567", "+14244172469;ext=0614", "", "=+1"][n % 4],
        )


@pytest.mark.parametrize("is_bare", [False, True])
def test_a_database_escapes_as_we_do_and_only_valid_zips_and_phones_go_bare(eve, is_bare):
    nasty()
    purpose = purposes.purpose("legal")
    sheet = sheets.sheet(purpose, filters.Filter(), purpose.columns, is_bare=is_bare)
    read_rows = sheet.values(sheet.lined().order_by("pk"))
    ours, count, last = sheets._from_rows(read_rows, sheet.columns, is_bare=is_bare)

    if connection.vendor == "postgresql":
        assert sheets._from_postgresql(read_rows, sheet.columns, is_bare=is_bare) == (
            ours,
            count,
            last,
        )
    cells = list(csv.DictReader(io.StringIO(sheet.header.decode() + ours.decode(), newline="")))
    assert {one["zip"] for one in cells} == (
        {"02139", "02139-0001", "'=2139", "'2139"}
        if is_bare
        else {"'02139", "'02139-0001", "'=2139", "'2139"}
    )
    assert {one["phone"] for one in cells} == (
        {"+15551234567", "+14244172469", "", "'=+1"}
        if is_bare
        else {"'+15551234567", "'+14244172469", "", "'=+1"}
    )
    assert {one["phone_extension"] for one in cells} == {"", "'0614"}
    typed = list(Supporter.objects.order_by("pk").values_list("given_name", flat=True))
    assert [csv_cells.plain(one["given_name"]) for one in cells] == typed


def test_the_form_counts_first_and_writes_only_when_told(desk, eve):
    build.jurisdiction("FK")
    rows.person(state="FK")
    rows.person(state="FK")
    rows.person(state="MD")
    page = desk.get(desk.post(NEW, TYPED | {"chosen": "state=FK"})["Location"]).content.decode()

    export = Export.objects.get()
    assert "<strong>2</strong>" in page
    # What is confirmed is said once more: filter, purpose, words.
    for said in ("State: Franklin", "Newsletter", PURPOSE):
        assert said in page
    assert export.state == "draft"
    assert PURPOSE not in desk.get("/desk/exports/").content.decode()
    other = build.user("exporter", email="other@example.org")
    desk.force_login(other)
    begin = reverse("desk:export_begin", args=[export.public_id])
    assert desk.post(begin, {"at_email": "1"}).status_code == 403
    desk.force_login(eve)
    desk.post(begin)
    export.refresh_from_db()
    assert export.state == "draft", "no column"
    desk.post(begin, {"at_email": "1"})
    desk.post(begin, {"at_email": "1"})
    export.refresh_from_db()
    assert (export.state, export.rows_expected) == ("waiting", 2)
    assert AuditEntry.objects.filter(deed="export asked", detail__rows=2).count() == 1


@pytest.mark.parametrize("wrong", [{"purpose_key": ""}, {"purpose_key": "x"}, {"purpose": ""}])
def test_without_a_purpose_of_the_list_and_a_reason_nothing_is_noted(desk, wrong):
    answer = desk.post(NEW, TYPED | {"chosen": "allows=post"} | wrong)

    assert answer.status_code == 422
    assert "allows=post" in answer.content.decode(), "what was chosen is kept"
    assert not Export.objects.exists()


def test_a_file_leaves_once_by_a_link_of_three_starts(desk, eve):
    rows.person()
    export = asked(eve)
    job.write(export.pk)
    download = reverse("desk:export_download", args=[export.public_id])
    sealed = bytes(ExportPart.objects.get(number=2).content)
    assert b"example.org" not in sealed
    link = desk.post(download)["Location"]
    assert desk.head(link).status_code == 405
    for _ in range(2):
        # The first part has come, and then the line broke.
        next(iter(desk.get(link).streaming_content))
    # A link taken later ends the one before.
    later = desk.post(download)["Location"]
    assert desk.get(link).status_code == 410
    for _ in range(2):
        desk.get(later)
    whole = desk.get(later)
    assert whole["Cache-Control"].count("no-store") == 1
    file = b"".join(whole.streaming_content)

    export.refresh_from_db()
    assert hashlib.sha256(file).hexdigest() == export.sha256 == whole["X-Content-SHA256"]
    assert (export.state, export.salt) == ("taken", "")
    assert not ExportPart.objects.exists()
    assert desk.get(later).status_code == 410
    assert desk.post(download).status_code == 410
    assert AuditEntry.objects.filter(deed="export downloaded", actor=eve.email).count() == 5
    assert audit.verify() is None


def test_a_link_ends_after_three_starts_and_after_a_quarter_of_an_hour(desk, eve):
    rows.person()
    export = asked(eve)
    job.write(export.pk)
    download = reverse("desk:export_download", args=[export.public_id])
    link = desk.post(download)["Location"]
    for _ in range(3):
        assert desk.get(link).status_code == 200
    assert desk.get(link).status_code == 410
    link = desk.post(download)["Location"]
    Export.objects.update(link_ends_at=timezone.now() - handing_out.LASTS)
    assert desk.get(link).status_code == 410
    assert desk.get(link[:-3] + "xx/").status_code == 410


def test_nobody_else_takes_it_with_or_without_its_link(desk, eve):
    rows.person()
    export = asked(eve)
    job.write(export.pk)
    download = reverse("desk:export_download", args=[export.public_id])
    link = desk.post(download)["Location"]
    desk.force_login(build.user("exporter", email="other@example.org"))

    assert desk.post(download).status_code == 403
    assert desk.get(link).status_code == 403
    desk.logout()
    assert "/login/" in desk.get(link)["Location"]


def test_a_long_list_waits_for_a_second_person_and_administrators_hear_of_it(
    desk, eve, monkeypatch
):
    monkeypatch.setattr(approval, "ALONE_UP_TO", 1)
    boss = build.user("administrator", email="boss@example.org")
    for _ in range(2):
        rows.person()
    export = asked(eve)
    page = reverse("desk:export", args=[export.public_id])
    approve = reverse("desk:export_approve", args=[export.public_id])

    job.write(export.pk)
    job.sweep()
    export.refresh_from_db()
    assert export.state == "approval"
    assert "Approve it" not in desk.get(page).content.decode()
    assert desk.post(approve).status_code == 403
    told = Delivery.objects.get(recipient=boss.email)
    said = bytes(told.message).decode()
    assert "Newsletter" in said
    assert "Nora" not in said
    desk.force_login(boss)
    assert "waits for a second person" in desk.get("/desk/").content.decode()
    assert "Approve it" in desk.get(page).content.decode()
    desk.post(approve)
    job.write(export.pk)
    export.refresh_from_db()
    assert (export.state, export.approved_by) == ("ready", boss)
    assert desk.post(reverse("desk:export_download", args=[export.public_id])).status_code == 403


def test_where_nobody_else_may_approve_it_begins_a_day_later(eve):
    rows.person()
    export = asked(eve, "legal")
    job.sweep()
    export.refresh_from_db()
    assert export.state == "approval"
    Export.objects.update(begun_at=timezone.now() - approval.WAIT_ALONE)
    second = build.user("exporter", email="second@example.org")
    job.sweep()
    export.refresh_from_db()
    assert export.state == "approval", "now somebody may"
    User.objects.filter(pk=second.pk).update(is_active=False)
    job.sweep()
    export.refresh_from_db()
    assert export.state == "waiting"


def test_what_is_more_than_ten_thousand_is_counted_in_the_background(desk, eve, monkeypatch):
    monkeypatch.setattr(job, "COUNTED_TO", 1)
    for _ in range(3):
        rows.person()
    where = desk.post(NEW, TYPED)["Location"]
    export = Export.objects.get()
    assert not job.begin(export, export.columns)
    assert "being counted" in desk.get(where).content.decode()

    job.write(export.pk)
    assert "<strong>3</strong>" in desk.get(where).content.decode()


def test_a_list_leaves_for_whoever_proved_who_they_are_a_moment_ago(desk, eve):
    rows.person()
    export = asked(eve)
    job.write(export.pk)
    forget(desk, factor=False)
    for page, typed in (
        (NEW, TYPED),
        (reverse("desk:export_begin", args=[export.public_id]), {"at_email": "1"}),
        (reverse("desk:export_download", args=[export.public_id]), {}),
    ):
        assert desk.post(page, typed)["Location"].startswith("/login/again/?next="), page
    # Nothing that was typed is lost on the way.
    asking = desk.post(NEW, TYPED | {"chosen": "language=es"})["Location"]
    back = desk.post(asking, {"password": build.PASSWORD})["Location"]
    page = desk.get(back).content.decode()
    assert PURPOSE in page
    assert "language=es" in page
    assert Export.objects.count() == 1
    assert taken(desk, export).status_code == 200


def test_a_count_and_a_list_of_a_million_rest_on_indexes(eve):
    if connection.vendor != "postgresql":
        pytest.skip("plans of PostgreSQL")
    purpose = purposes.purpose("newsletter")
    sheet = sheets.sheet(purpose, filters.read(QueryDict("campaign=1&state=MD")), purpose.usual)
    batch = sheet.values(sheet.lined(gt=10, lte=20).order_by("pk"))[:100]
    with connection.cursor() as cursor:
        # As with many rows: a table that is read whole costs more than any index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(batch.explain().splitlines())

    assert "Seq Scan on supporters_" not in plan
    assert "Seq Scan on actions_action" not in plan
    assert "said_young" in plan
