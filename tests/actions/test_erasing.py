"""Delete means: nothing of a person is left anywhere, and what they did counts on."""

import pytest
from django.utils import timezone

from actions import corrected_here, correcting, recount, take
from actions.breakdowns import checking
from actions.confirm import confirm
from actions.erasing import How, erase, seals
from actions.models import Action, Counted, Submission
from campaigns import counts
from campaigns.models import Breakdown
from supporters.erased import erased_since
from supporters.models import Consent, Supporter
from tests import build
from tests.actions.posted import letters, mails
from worker.engine import claim, transitions
from worker.models import CaughtMail, Delivery, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def journal_folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


def signed(ask, **fields):
    return confirm(take.take_action(ask, build.filled_form(ask, **fields)))


def numbers(ask):
    recount.recount()
    rows = Breakdown.objects.filter(ask=ask).exclude(number=0).exclude(side="evidence")
    told = rows.exclude(side="host").values_list("side", "value", "metric", "number")
    return counts.of_ask(ask), set(told)


def test_an_erased_person_s_action_counts_on_as_nobody_s(letter_ask):
    action = signed(letter_ask, permissions={"updates": "Tell me."})
    take.take_action(letter_ask, build.filled_form(letter_ask, own_words="Other words."))
    recount.recount(everything=True)
    before = numbers(letter_ask)

    done = erase(action.supporter, by="ana@example.org", how=How.POST)

    assert done is not None
    assert (done.actions, done.submissions) == (1, 2)
    assert numbers(letter_ask) == before
    assert checking.check(letter_ask) == {}
    action.refresh_from_db()
    assert (action.state, action.supporter, action.own_words) == (Action.State.CONFIRMED, None, "")
    assert letters().get().state == State.CANCELLED
    assert not bytes(letters().get().message)
    kept = [model for model in (Supporter, Consent, Submission) if model.objects.exists()]
    assert kept == []
    assert Counted.objects.get().person == f"nobody:{action.pk}"


def test_erasing_twice_is_once_and_signing_again_counts_anew(letter_ask):
    first = signed(letter_ask).supporter
    assert erase(first, by="ana@example.org", how=How.LINK)
    assert erase(first, by="ana@example.org", how=How.LINK) is None
    assert erased_since([first.key], first.created_at) == {first.key}

    again = signed(letter_ask)
    assert again.supporter.pk != first.pk
    assert numbers(letter_ask)[0].verified == 2
    assert erased_since([first.key], again.supporter.created_at) == set()


def test_a_letter_that_a_worker_has_claimed_does_not_begin_and_one_on_the_wire_is_not_touched(
    letter_ask, settings
):
    settings.DELIVERY_ENABLED = True
    action = signed(letter_ask)
    Delivery.objects.filter(pk=letters().get().pk).update(rehearsal=False, due_at=timezone.now())
    [claimed] = claim.claim(letters().get().lane, "token").letters
    assert erase(action.supporter, by="ana@example.org", how=How.TELEPHONE)

    assert not transitions.turn(None, claimed, "token")
    assert (letters().get().state, bytes(letters().get().message)) == (State.CANCELLED, b"")

    other = signed(letter_ask)
    on_the_wire = letters().get(sender_key=f"action:{other.public_id}")
    Delivery.objects.filter(pk=on_the_wire.pk).update(state=State.DATA, claim="token")
    erase(other.supporter, by="ana@example.org", how=How.TELEPHONE)
    seals.blank_settled()
    assert bytes(Delivery.objects.get(pk=on_the_wire.pk).message)
    Delivery.objects.filter(pk=on_the_wire.pk).update(state=State.SENT)
    seals.blank_settled()
    assert not bytes(Delivery.objects.get(pk=on_the_wire.pk).message)


def test_of_a_household_only_the_one_who_asked_is_erased(letter_ask):
    nora = signed(letter_ask)
    omar = signed(letter_ask, entry=build.entry(given_name="Omar"), own_words="Omar speaks.")
    erase(nora.supporter, by="ana@example.org", how=How.LINK)

    omar.refresh_from_db()
    assert (omar.supporter.given_name, omar.own_words) == ("Omar", "Omar speaks.")
    left = letters().get(sender_key=f"action:{omar.public_id}")
    assert (left.state, b"Omar speaks." in bytes(left.message)) == (State.QUEUED, True)
    receipts = dict(mails().filter(key__startswith="receipt:").values_list("key", "recipient"))
    told = {int(key.split(":")[1]): recipient for key, recipient in receipts.items()}
    assert told == {nora.pk: "", omar.pk: "nora@example.org"}


@pytest.mark.parametrize("by", ["staff", "owner"])
def test_what_was_mailed_to_a_mailbox_of_before_is_erased_too(letter_ask, by):
    nora = signed(letter_ask).supporter
    mailed = Delivery.objects.filter(lane="mail")
    mailed.update(state="sent")
    for one in mailed:
        CaughtMail.objects.create(
            recipient=one.recipient, message_id=one.message_id, content=bytes(one.message)
        )
    assert CaughtMail.objects.exists()

    if by == "staff":
        corrected_here.correct(nora, {"email": "another@example.org"})
    else:
        correcting.move(nora, "another@example.org")
    erase(Supporter.objects.get(pk=nora.pk), by="staff", how=How.POST)

    assert not CaughtMail.objects.exists()
    assert not mailed.exclude(recipient="", message=b"").exists()
