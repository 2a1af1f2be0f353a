"""The desk's pages for letters on paper: closing, files, each deed with a name, and what is told to
whoever comes late.
"""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from campaigns.models import Brand
from tests import build
from tests.desk.overview import waiting_for
from tests.paper import letter, posted, text, to
from worker import outbox
from worker.models import Delivery, PrintBatch
from worker.paper import batch_pdf


@pytest.fixture(autouse=True)
def bell(monkeypatch, db, settings):
    settings.PAPER_BY = "print"
    Brand.objects.create(name="Children First", postal_address="120 Harbor St, Annapolis, MD 21401")
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)


@pytest.fixture
def desk(client):
    client.force_login(build.user("staff", email="wanda@example.org"))
    return client


def page(desk, batch):
    return desk.get(reverse("desk:print_batch", args=[batch.pk])).content.decode()


def close(desk, **fields):
    desk.post(reverse("desk:print_close"), {"rehearsal": "1"} | fields)
    batch = PrintBatch.objects.latest("pk")
    batch_pdf.make(batch.pk)
    return PrintBatch.objects.get(pk=batch.pk)


def do(desk, batch, deed, **fields):
    return desk.post(reverse("desk:print_deed", args=[batch.pk]), {"deed": deed} | fields)


def take(desk, batch, file, **fields):
    answer = desk.post(reverse("desk:print_file", args=[batch.pk]), {"file": file} | fields)
    return answer, b"".join(answer) if answer.status_code == 200 else b""


def audited(deed):
    return list(AuditEntry.objects.filter(deed=deed).values_list("actor", "subject"))


def test_from_waiting_to_mailed(desk):
    posted(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    waiting = desk.get(reverse("desk:printing")).content.decode()
    assert "2 practice letters wait" in waiting
    assert "Only practice letters wait." in waiting
    assert "Nothing to print" not in waiting
    batch = close(desk)
    answer, pdf = take(desk, batch, "letters")
    assert (answer["Content-Type"], answer["X-Content-SHA256"]) == ("application/pdf", batch.sha256)
    assert "Ana" in text(pdf, 0)
    assert do(desk, batch, "printed").status_code == 302
    assert do(desk, batch, "mailed", on=str(timezone.localdate())).status_code == 302

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    subject = f"batch {batch.pk}"
    for deed in ("closed", "downloaded", "printed", "mailed"):
        assert audited(f"print batch {deed}") == [("wanda@example.org", subject)]
    assert "Mailed" in page(desk, batch)


def test_the_manifest_names_each_letter_with_its_checksum_and_runs_no_formula(desk):
    posted(letter("Ana", to=to("02139", name="=HYPERLINK(1)")), letter("Nora", to=to("21401")))
    batch = close(desk)
    do(desk, batch, "void", sequence=2, reason="=1+1")
    _answer, content = take(desk, batch, "manifest")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert [row["number"] for row in rows] == ["1", "2"]
    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert rows[0]["zip"] == "'02139"
    assert rows[0]["delivery"].strip("'") == batch.items.get(sequence=1).delivery.public_id.hex
    assert len(rows[0]["sha256"].strip("'")) == 64
    assert (rows[0]["voided"], rows[1]["voided"]) == ("", "'=1+1")


def test_the_tally_sheet_tells_how_many_and_where_they_go(desk):
    posted(
        *[letter(f"Writer {n}", to=to("02139")) for n in range(3)], letter("Nora", to=to("21401"))
    )
    batch = close(desk)
    _answer, pdf = take(desk, batch, "tally")

    assert f"Print batch {batch.pk}" in text(pdf)
    assert "REHEARSAL" in text(pdf)
    assert "1–3" in text(pdf)
    assert batch.sha256[:20] in text(pdf).replace("\n", "")


def test_a_spoiled_sheet_comes_again_by_its_number_and_a_wrong_number_brings_nothing(desk):
    posted(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    batch = close(desk)

    assert "Nora" in text(take(desk, batch, "sheet", sequence=2)[1])
    for odd in ("3", "0", "-1", "x", "9" * 30, ""):
        assert take(desk, batch, "sheet", sequence=odd)[0].status_code == 409


def test_two_who_close_at_once_the_second_is_told_that_nothing_waits(desk):
    posted()
    close(desk)
    answer = desk.post(reverse("desk:print_close"), {"rehearsal": "1"}, follow=True)

    assert "Nothing waits to be printed" in answer.content.decode()
    assert PrintBatch.objects.count() == 1


def test_a_second_word_is_told_that_it_comes_late_and_changes_nothing(desk):
    posted()
    batch = close(desk)
    do(desk, batch, "printed")

    answer = do(desk, batch, "printed")
    assert answer.status_code == 409
    assert "no longer stands as you saw it" in answer.content.decode()
    assert len(audited("print batch printed")) == 1


@pytest.mark.parametrize(
    "day", ["", "soon", str(dt.date.today() + dt.timedelta(days=3)), "2020-01-01"]
)
def test_a_day_that_can_not_be_is_refused(desk, day):
    posted()
    batch = close(desk)
    do(desk, batch, "printed")

    assert do(desk, batch, "mailed", on=day).status_code == 422
    assert Delivery.objects.get().state == "claimed"


def test_voiding_and_cancelling_want_a_reason(desk):
    posted()
    batch = close(desk)

    assert do(desk, batch, "void", sequence=1).status_code == 422
    assert do(desk, batch, "cancel", reason=" ").status_code == 422
    assert do(desk, batch, "burn").status_code == 422
    assert do(desk, batch, "cancel", reason="Wrong paper.").status_code == 302
    assert audited("print batch cancelled") == [("wanda@example.org", f"batch {batch.pk}")]
    assert Delivery.objects.get().state == "queued"


def test_a_letter_taken_back_after_the_printing_is_named_as_a_sheet_to_take_out(desk):
    posted(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    batch = close(desk)
    do(desk, batch, "printed")
    outbox.cancel(
        [batch.items.get(sequence=2).delivery_id],
        reason="withdrawn by its writer",
        author="supporter",
    )

    shown = page(desk, batch)
    assert "Take its sheet out" in shown
    assert f"{batch.pk} · 2" in shown


def test_the_page_says_why_no_letter_goes_on_paper(desk, settings):
    assert (
        "can't be read for an envelope" not in desk.get(reverse("desk:printing")).content.decode()
    )
    Brand.objects.update(postal_address="Harbor Street")
    assert "can&#x27;t be read" in desk.get(reverse("desk:printing")).content.decode().replace(
        "can't", "can&#x27;t"
    )
    settings.PAPER_BY = ""
    assert "PAPER_BY is not set" in desk.get(reverse("desk:printing")).content.decode()


def test_an_organizer_reads_but_neither_closes_nor_downloads(client):
    posted()
    client.force_login(build.user("organizer"))

    assert "Close a practice batch" not in client.get(reverse("desk:printing")).content.decode()
    assert client.post(reverse("desk:print_close"), {"rehearsal": "1"}).status_code == 403


def test_the_page_of_a_delivery_speaks_of_paper_and_leads_to_its_batch(desk):
    [row] = posted()
    batch = close(desk)
    shown = desk.get(reverse("desk:delivery", args=[row.public_id])).content.decode()

    assert "In a print batch" in shown
    assert (
        "a stamped sheet that nobody mails" in shown,
        "this machine’s practice mail" in shown,
    ) == (True, False)
    assert reverse("desk:print_batch", args=[batch.pk]) in shown
    assert f"Put into print batch {batch.pk}." in shown


def test_the_overview_counts_what_waits_and_what_is_not_mailed_and_an_old_batch_stays_in_sight(
    desk, settings, monkeypatch
):
    settings.DELIVERY_ENABLED = True
    posted(letter("Ana"), rehearsal=False)
    desk.post(reverse("desk:print_close"))
    old = PrintBatch.objects.get()
    posted(letter("Bo"), letter("Cy"), rehearsal=False)
    assert waiting_for(desk) == {"desk:printing": ["2", "1"]}

    monkeypatch.setattr("desk.mail.printing.ON_A_PAGE", 1)
    PrintBatch.objects.create(rehearsal=False, closed_by="wanda@example.org", state="mailed")
    assert f"/desk/printing/{old.pk}/" in desk.get(reverse("desk:printing")).content.decode()


def test_letters_that_are_removed_with_the_demonstration_leave_their_batch(desk):
    posted()
    batch = close(desk)
    Delivery.objects.all().delete()

    assert "Ready to print" in page(desk, batch)


def test_a_batch_whose_letters_outlived_their_time_is_marked_until_somebody_ends_it(desk):
    posted(letter())
    batch = close(desk)
    listing = reverse("desk:printing")
    assert "Overdue" not in desk.get(listing).content.decode()

    Delivery.objects.update(expires_at=timezone.now())
    assert "Overdue" in desk.get(listing).content.decode()
    do(desk, batch, "cancel", reason="Nobody came")
    assert "Overdue" not in desk.get(listing).content.decode()
