"""What becomes of a printed batch: mailed, voided, cancelled or taken back, each by somebody's word."""

import datetime as dt
import io

import pikepdf
import pytest

from tests.paper import letter, posted, text, to
from tests.worker.printing import closed, pdf, said, state
from worker import outbox
from worker.engine import holds
from worker.models import Delivery, PrintPart
from worker.paper import batch_pdf, batches

DAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("called")


def test_mailed_is_a_persons_word_about_each_sheet_and_a_second_word_changes_nothing(settings):
    settings.DELIVERY_ENABLED = True
    batch = closed(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")), rehearsal=False)
    batches.mark_printed(batch.pk)
    assert batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org") == 2

    first = batch.items.get(sequence=1).delivery
    assert said(first)[-1] == (
        "sent",
        "wanda@example.org",
        f"Printed and mailed on 2026-11-23; batch {batch.pk}, sheet 1",
    )
    assert set(Delivery.objects.values_list("state", "claim")) == {("sent", "")}
    assert all(Delivery.objects.values_list("settled_at", flat=True))
    for again in (
        lambda: batches.mark_mailed(batch.pk, on=DAY, author="eve@example.org"),
        lambda: batches.mark_printed(batch.pk),
    ):
        with pytest.raises(batches.NotNow):
            again()
    assert len(said(first)) == 2
    assert not PrintPart.objects.exists(), "what is mailed is kept no longer"


def test_what_is_not_printed_can_not_be_called_mailed():
    batch = closed(letter())

    with pytest.raises(batches.NotNow):
        batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org")
    assert Delivery.objects.get().state == "claimed"


def test_a_voided_sheet_is_set_no_more_and_its_letter_is_in_the_next_batch():
    batch = closed(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    item = batches.void(batch.pk, 1, author="wanda@example.org", reason="The address is wrong.")
    batch.refresh_from_db()
    assert batch.state == "making"
    batch_pdf.make(batch.pk)

    assert len(pikepdf.open(io.BytesIO(pdf(batch))).pages) == 1
    assert f"{batch.pk} · 2" in text(pdf(batch)), "the others keep their numbers"
    again = batches.close(author="wanda@example.org", rehearsal=True)
    assert [one.delivery_id for one in again.items.all()] == [item.delivery_id]
    assert "The address is wrong." in said(item.delivery)[-2][2]


def test_a_cancelled_batch_lets_go_of_everything_and_a_mailed_one_can_not_be_cancelled():
    batch = closed(letter("Ana"), letter("Nora"))
    assert batches.cancel(batch.pk, author="wanda@example.org", reason="Wrong paper.") == 2

    assert set(Delivery.objects.values_list("state", "claim")) == {("queued", "")}
    again = closed()
    assert again.items.count() == 2 + 1
    batches.mark_printed(again.pk)
    batches.mark_mailed(again.pk, on=DAY, author="wanda@example.org")
    with pytest.raises(batches.NotNow):
        batches.cancel(again.pk, author="wanda@example.org", reason="too late")


@pytest.mark.parametrize("printed", [False, True])
def test_a_letter_that_is_taken_back_before_the_mailing_is_not_sent_and_its_sheet_is_named(printed):
    batch = closed(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    if printed:
        batches.mark_printed(batch.pk)
    item = batch.items.get(sequence=2)
    assert (
        outbox.cancel([item.delivery_id], reason="withdrawn by its writer", author="supporter") == 1
    )

    item.refresh_from_db()
    assert (item.voided_by, item.void_reason) == ("supporter", "withdrawn by its writer")
    batch_pdf.make(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ("printed" if printed else "ready")
    if not printed:
        batches.mark_printed(batch.pk)
    assert batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org") == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "sent"]


def test_what_is_mailed_can_not_be_taken_back():
    batch = closed(letter())
    batches.mark_printed(batch.pk)
    batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org")

    assert outbox.cancel([Delivery.objects.get().pk], reason="too late", author="supporter") == 0
    assert Delivery.objects.get().state == "sent"


def test_a_spoiled_sheet_can_be_printed_once_more_with_its_number():
    batch = closed(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    one = batch_pdf.one_sheet(batch.items.get(sequence=2))

    assert "Nora" in text(one)
    assert f"{batch.pk} · 2" in text(one)


def test_what_must_not_go_any_more_is_taken_out_when_the_batch_is_printed_and_its_sheet_is_named(
    settings,
):
    settings.DELIVERY_ENABLED, settings.REVIEW_BEFORE_SENDING = True, ""
    real = {"rehearsal": False}
    [goes] = posted(recipient_key="seat:1", **real)
    [vacant] = posted(recipient_key="seat:2", **real)
    [gone] = posted(recipient_key="seat:4", **real)
    [paused] = posted(scope_key="campaign:7", **real)
    batch = closed(letter(), recipient_key="seat:5", **real)
    settings.REVIEW_BEFORE_SENDING = "tests.worker.test_print_batches.review"
    holds.place("campaign", "campaign:7", reason="wait", author="wanda@example.org")
    batches.mark_printed(batch.pk)

    vacant.refresh_from_db()
    assert (vacant.state, vacant.waits_for, vacant.claim) == ("held", "review", "")
    assert [state(row) for row in (goes, gone, paused)] == ["claimed", "cancelled", "queued"]
    batch.refresh_from_db()
    voided = batch.items.exclude(voided_at=None).order_by("delivery")
    assert [item.delivery for item in voided] == [vacant, gone, paused]
    assert all(item.voided_at > batch.printed_at for item in voided)
    assert batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org") == 2


def test_a_letter_withdrawn_while_the_batch_is_being_set_is_not_in_it(monkeypatch):
    posted(letter("Ana", to=to("02139")), letter("Nora", to=to("21401")))
    batch = batches.close(author="wanda@example.org", rehearsal=True)
    set_all, first = batch_pdf.print_many, batch.items.get(sequence=1).delivery_id

    def withdraw_meanwhile(marked, **options):
        outbox.cancel([first], reason="withdrawn by its writer", author="supporter")
        return set_all(marked, **options)

    monkeypatch.setattr(batch_pdf, "print_many", withdraw_meanwhile)
    batch_pdf.make(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "making"
    monkeypatch.undo()
    batch_pdf.make(batch.pk)

    assert "Ana" not in text(pdf(batch))
    assert "Nora" in text(pdf(batch))
