"""Print batches: letters are frozen, numbered, set and printed; each once."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from tests.paper import letter, posted, text, to
from tests.worker.printing import closed, pdf, said, state
from worker.engine import deliver, holds, settle, sweep
from worker.engine.final_check import MustWait, TakenBack
from worker.models import LIFE_ON_PAPER, Delivery, PrintBatch, PrintItem
from worker.paper import batches

DAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("called")


def test_paper_waits_for_people_the_engine_neither_claims_it_nor_rings_for_it_nor_ends_it_early(
    called,
):
    [row] = posted(expires_after=LIFE_ON_PAPER)
    Delivery.objects.update(due_at=timezone.now() - dt.timedelta(days=80))

    assert deliver.deliver("paper") == 0
    sweep.sweep()
    assert state(row) == "queued"
    assert called == []
    Delivery.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    sweep.sweep()
    assert state(row) == "failed", "nobody printed it in ninety days: its writer is told"


def test_a_failed_letter_on_paper_that_is_tried_again_has_its_long_life_again():
    [row] = posted()
    Delivery.objects.update(state="failed")
    settle.retry(row, author="wanda@example.org", reason="the printer is mended")

    row.refresh_from_db()
    assert row.expires_at - row.due_at > dt.timedelta(days=89)


def test_a_batch_is_numbered_by_zip_and_printed_in_that_order_each_sheet_with_its_number():
    batch = closed(
        letter("Nora", to=to("21401")),
        letter("Ana", to=to("02139")),
        letter("山田", to=to("20715")),
    )

    assert list(batch.items.values_list("sequence", "zip", "pages")) == [
        (1, "02139", 1),
        (2, "20715", 1),
        (3, "21401", 1),
    ]
    assert (batch.state, batch.pages) == ("ready", 3)
    assert [
        "Ana" in text(pdf(batch), 0),
        "山田" in text(pdf(batch), 1),
        "Nora" in text(pdf(batch), 2),
    ] == [True] * 3
    assert f"{batch.pk} · 2" in text(pdf(batch), 1)
    assert set(Delivery.objects.values_list("state", "claim", "lease_until")) == {
        ("claimed", f"print:{batch.pk}", None)
    }


def test_the_sweep_leaves_the_letters_of_a_batch_alone():
    batch = closed(letter())
    sweep.sweep()

    assert Delivery.objects.get().claim == f"print:{batch.pk}"


def test_what_is_paused_or_not_due_or_not_permitted_or_a_rehearsal_is_in_no_real_batch(settings):
    settings.DELIVERY_ENABLED = True
    [real] = posted(rehearsal=False)
    [paused] = posted(rehearsal=False, scope_key="campaign:7")
    [unproven] = posted(rehearsal=False, awaits_confirmation=True)
    [later] = posted(rehearsal=False, due_at=timezone.now() + dt.timedelta(hours=1))
    [practice] = posted(rehearsal=True)
    holds.place("campaign", "campaign:7", reason="wait", author="wanda@example.org")
    batch = batches.close(author="wanda@example.org", rehearsal=False)

    assert [item.delivery for item in batch.items.all()] == [real]
    assert {state(row) for row in (unproven,)} == {"held"}
    assert {state(row) for row in (paused, later, practice)} == {"queued"}
    settings.DELIVERY_ENABLED = False
    Delivery.objects.filter(pk=later.pk).update(due_at=timezone.now())
    assert batches.close(author="wanda@example.org", rehearsal=False) is None


REVIEWED = []


def review(rows):
    REVIEWED.extend(row.recipient_key for row in rows)
    found = {
        "seat:2": MustWait("review", "The seat is empty."),
        "seat:4": TakenBack("Its writer took it back."),
    }
    return {row.pk: found[row.recipient_key] for row in rows if row.recipient_key in found}


def test_whoever_looks_at_letters_before_they_leave_looks_at_these_too(settings):
    settings.REVIEW_BEFORE_SENDING = "tests.worker.test_print_batches.review"
    [stays_in] = posted(recipient_key="seat:1")
    [vacant] = posted(recipient_key="seat:2")
    batch = batches.close(author="wanda@example.org", rehearsal=True)

    assert [item.delivery for item in batch.items.all()] == [stays_in]
    vacant.refresh_from_db()
    assert (vacant.state, vacant.waits_for, vacant.claim) == ("held", "review", "")


def test_no_real_letter_is_printed_while_real_letters_are_switched_off(settings):
    settings.DELIVERY_ENABLED = True
    batch = closed(letter(), rehearsal=False)
    settings.DELIVERY_ENABLED = False
    batches.mark_printed(batch.pk)

    assert state(batch.items.get().delivery) == "queued"
    assert batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org") == 0


def test_what_nobody_could_look_at_is_not_printed_yet(settings):
    settings.REVIEW_BEFORE_SENDING = ""
    batch = closed(letter(), recipient_key="seat:1")
    settings.REVIEW_BEFORE_SENDING = "tests.worker.test_print_batches.no_such_function"
    with pytest.raises(batches.NotNow):
        batches.mark_printed(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.printed_at) == ("ready", None)


def test_closing_when_nothing_waits_makes_no_batch():
    assert batches.close(author="wanda@example.org", rehearsal=True) is None
    assert not PrintBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_close_at_once_one_has_the_letters():
    posted(*[letter(f"Writer {n}") for n in range(6)])
    together, made = threading.Barrier(2), []

    def press(author):
        together.wait()
        made.append(batches.close(author=author, rehearsal=True))
        connection.close()

    people = [
        threading.Thread(target=press, args=(f"{name}@example.org",)) for name in ("wanda", "eve")
    ]
    [person.start() for person in people]
    [person.join() for person in people]

    assert PrintItem.objects.count() == PrintItem.objects.values("delivery").distinct().count() == 6
    assert sum(batch.items.count() for batch in made if batch) == 6


def test_whoever_dies_while_closing_loses_no_letter(monkeypatch):
    [row] = posted()

    def die(*_):
        raise SystemExit

    monkeypatch.setattr(batches, "_number", die)
    with pytest.raises(SystemExit):
        batches.close(author="wanda@example.org", rehearsal=True)
    Delivery.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    sweep.sweep()

    assert state(row) == "queued"


def test_a_rehearsal_says_so_on_each_page_and_was_never_mailed():
    batch = closed(letter())
    batches.mark_printed(batch.pk)
    batches.mark_mailed(batch.pk, on=DAY, author="wanda@example.org")

    [row] = Delivery.objects.all()
    assert (row.state, row.rehearsal) == ("sent", True)
    assert said(row)[-1][2] == f"Printed for practice and not mailed; batch {batch.pk}, sheet 1"


def test_the_pages_of_a_rehearsal_are_stamped_and_those_of_a_real_batch_are_not(settings):
    settings.DELIVERY_ENABLED = True

    assert "REHEARSAL" in text(pdf(closed(letter())))
    assert "REHEARSAL" not in text(pdf(closed(letter(), rehearsal=False)))


def test_a_letter_that_can_not_be_set_after_all_waits_for_a_person_and_the_others_are_printed():
    batch = closed(letter("𓇋", to=to("02139")), letter("Nora", to=to("21401")))

    assert (batch.state, batch.pages) == ("ready", 1)
    odd = batch.items.get(sequence=1)
    assert "No font here has this character" in odd.void_reason
    assert (odd.delivery.state, odd.delivery.waits_for) == ("held", "review")


def test_a_batch_whose_worker_died_is_taken_up_by_the_sweep_and_one_that_keeps_stopping_is_given_up(
    called,
):
    posted()
    batch = batches.close(author="wanda@example.org", rehearsal=True)
    PrintBatch.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=6), tries=1)
    batches.SETTING.sweep()
    assert ("worker.tasks.make_print_batch", batch.pk) in called

    PrintBatch.objects.update(tries=batches.SETTING.most_tries)
    batches.SETTING.sweep()
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert batches.cancel(batch.pk, author="wanda@example.org", reason="start again") == 1


def test_a_letter_whose_text_is_no_longer_kept_fails_instead_of_being_printed_blank():
    [row] = posted()
    Delivery.objects.update(message=b"")

    assert batches.close(author="wanda@example.org", rehearsal=True) is None
    assert state(row) == "failed"
