"""What the last look kept is decided by a person: written anew, sent as it is, or stopped and
told.
"""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.followup import holder_changed, tell_writers
from actions.models import Action, Letter
from actions.status import items
from actions.withdraw import withdraw
from legislators.models import Seat, Term
from tests import build
from tests.desk.overview import waiting_for
from worker.engine.deliver import deliver
from worker.models import Delivery

pytestmark = pytest.mark.django_db
LANE = "letters:house.franklin.example"
EVE = "eve.young@house.franklin.example"
WHY = "She was sworn in on Monday"


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


@pytest.fixture
def seat(letter_ask, smtp_sink):
    """Two letters to Ada Smith were in line when Eve Young took her seat."""
    for name in ("nora", "ben"):
        typed = build.entry(email=f"{name}@example.org", given_name=name.title())
        confirm(take.take_action(letter_ask, build.filled_form(letter_ask, entry=typed)))
    seat = Seat.objects.get(position=1)
    Term.objects.filter(seat=seat).update(ended_on=timezone.localdate())
    build.term(seat, build.legislator("Eve Young", email=EVE))
    deliver(LANE)
    return seat


def decide(browser, seat, deed, letters=None, reason=WHY, **typed):
    chosen = [letter.pk for letter in (holder_changed.in_review() if letters is None else letters)]
    return browser.post(
        f"/outbox/review/{seat.pk}/", {"deed": deed, "reason": reason, "letter": chosen, **typed}
    )


def states(seat):
    return sorted(
        Delivery.objects.filter(recipient_key=f"seat:{seat.pk}").values_list("state", flat=True)
    )


def test_each_letter_stands_under_its_seat_with_the_reason(staff, seat):
    page = staff.get("/outbox/review/").content.decode()

    assert page.count("Eve Young holds this seat now. It was written to Ada Smith.") == 2
    assert "Write anew to Eve Young" in page
    assert "nora@example.org" not in page
    assert waiting_for(staff)["desk:review"] == ["2"]


def test_written_anew_it_greets_the_new_holder_and_goes_to_her_once(staff, seat, smtp_sink):
    decide(staff, seat, "forward")
    deliver(LANE)

    assert [mail.recipient for mail in smtp_sink.caught] == [EVE, EVE]
    assert all(
        b"Dear Delegate Young," in mail.content and b"Ada Smith" not in mail.content
        for mail in smtp_sink.caught
    )
    assert states(seat) == ["cancelled", "cancelled", "sent", "sent"]
    assert {letter.holder_name for letter in Letter.objects.filter(seat=seat)} == {"Eve Young"}
    assert tell_writers.tell() == 0


def test_as_it_is_it_goes_to_whom_it_was_written(staff, seat, smtp_sink):
    decide(staff, seat, "as_is")
    deliver(LANE)

    assert [mail.recipient for mail in smtp_sink.caught] == ["ada.smith@house.franklin.example"] * 2
    assert states(seat) == ["sent", "sent"]


def test_stopped_its_writer_reads_not_sent_and_is_told_once(staff, seat, smtp_sink):
    [first, other] = holder_changed.in_review().order_by("pk")
    decide(staff, seat, "stop", letters=[first])
    deliver(LANE)
    words = {
        item["name"]: item["state_word"]
        for item in items.letters_of(Action.objects.get(pk=first.action_id))
    }

    assert words["Ada Smith"] == "Not sent"
    assert (tell_writers.tell(), tell_writers.tell()) == (1, 0)
    assert Delivery.objects.get(pk=other.delivery_id).state == "held"
    assert smtp_sink.caught == []


def test_the_deed_its_reason_and_how_many_are_written_down(staff, seat):
    decide(staff, seat, "as_is")
    line = AuditEntry.objects.get()

    assert (line.actor, line.deed, line.subject) == (
        "sam@example.org",
        "letters reviewed: as_is",
        f"seat {seat.pk}",
    )
    assert line.detail == {"reason": WHY, "letters": 2}


def test_all_of_a_seat_at_once_and_no_other_seats(staff, seat, monkeypatch):
    monkeypatch.setattr("desk.mail.review.LETTERS_SHOWN", 1)
    assert "All 2 letters" in staff.get("/outbox/review/").content.decode()
    decide(staff, seat, "as_is", letters=[], all="1")

    assert states(seat) == ["queued", "queued"]


@pytest.mark.parametrize("typed", [{"reason": ""}, {"letters": []}, {"deed": "burn"}])
def test_without_a_reason_a_letter_or_a_deed_nothing_changes(staff, seat, typed):
    answer = decide(staff, seat, typed.pop("deed", "as_is"), **typed)

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert states(seat) == ["held", "held"]
    assert not AuditEntry.objects.exists()


def test_an_empty_seat_offers_no_new_holder(staff, seat):
    Term.objects.filter(seat=seat, ended_on=None).update(ended_on=timezone.localdate())

    assert "Write anew" not in staff.get("/outbox/review/").content.decode()
    decide(staff, seat, "forward")
    assert states(seat) == ["held", "held"]


def test_a_letter_taken_back_meanwhile_goes_nowhere(staff, seat, smtp_sink):
    chosen = list(holder_changed.in_review())
    for letter in chosen:
        withdraw(letter.action)
    decide(staff, seat, "forward", letters=chosen)
    decide(staff, seat, "as_is", letters=chosen)
    deliver(LANE)

    assert smtp_sink.caught == []
    assert states(seat) == ["cancelled", "cancelled"]


def test_a_letter_to_another_seat_is_not_touched_by_naming_it_here(staff, seat):
    other = Seat.objects.get(position=2)
    decide(staff, other, "stop", letters=list(holder_changed.in_review()))

    assert states(seat) == ["held", "held"]
