"""What looks like a machine, or like a crowd on one mailbox, waits for a person."""

import pytest

from actions import take
from actions.confirm import confirm
from actions.models import Action, Submission
from actions.screening.quarantine import refuse, release
from tests import build
from tests.actions.posted import letters, mails
from worker.models import State

pytestmark = pytest.mark.django_db


def test_a_suspected_machine_is_set_aside_told_by_mail_and_counted_only_when_a_person_lets_it(
    letter_ask,
):
    submission = take.take_action(
        letter_ask, build.filled_form(letter_ask, suspicion="filled the hidden field")
    )
    assert mails().get().subject.startswith("Set aside")
    assert confirm(submission) is None
    assert (submission.state, letters().exists()) == ("quarantined", False)
    assert submission.appealed_at

    release(submission)
    assert (Action.objects.get().state, letters().get().state) == (
        Action.State.CONFIRMED,
        State.QUEUED,
    )


def test_a_household_may_share_a_mailbox_but_a_crowd_is_looked_at(petition):
    for name in ("Ana", "Bea", "Cal", "Dee", "Eve"):
        confirm(
            take.take_action(
                petition, build.filled_form(petition, entry=build.entry(given_name=name))
            )
        )

    assert Action.objects.counted().count() == 4
    assert Submission.objects.get(state="quarantined").name == "Eve Álvarez"


def test_one_mailbox_with_two_postcodes_is_no_household(petition):
    confirm(take.take_action(petition, build.filled_form(petition)))
    confirm(
        take.take_action(
            petition, build.filled_form(petition, entry=build.entry(given_name="Leo", zip="00002"))
        )
    )

    assert Action.objects.counted().count() == 1


def test_somebody_let_through_before_they_answered_is_asked_to_confirm_like_anyone(letter_ask):
    submission = take.take_action(
        letter_ask, build.filled_form(letter_ask, suspicion="filled the hidden field")
    )
    release(submission)

    assert submission.state == "waiting"
    assert list(mails().order_by("id").values_list("subject", flat=True))[1].startswith(
        "Please confirm"
    )
    assert not letters().exists()


def test_what_a_person_refused_cannot_be_confirmed(letter_ask):
    submission = take.take_action(
        letter_ask, build.filled_form(letter_ask, suspicion="filled the hidden field")
    )
    refuse(submission)

    assert confirm(submission) is None
    assert not Action.objects.exists()
