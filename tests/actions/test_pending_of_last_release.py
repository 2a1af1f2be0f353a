"""What the release before took down as pending actions, its letters sealed already: the links in its
mails go on working, and nothing of it is sent twice or kept too long.
"""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from actions import pending_of_last_release, recount, retention
from actions.confirm import confirm
from actions.models import Action, Letter, Submission
from actions.screening.quarantine import release
from campaigns import counts
from supporters import links
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import Fields
from worker.models import Delivery

pytestmark = pytest.mark.django_db


def pending(ask, *, days_ago=0, **fields):
    """As the release before wrote it: the supporter, the action, and a letter that waits."""
    then = timezone.now() - dt.timedelta(days=days_ago)
    typed = build.entry()
    supporter = build.supporter(email=typed.email, proven_at=None)
    Supporter.objects.filter(pk=supporter.pk).update(created_at=then)
    action = Action.objects.create(
        ask=ask,
        supporter=supporter,
        idempotency_key=uuid.uuid4(),
        us_state="FK",
        subject="Playgrounds",
        statement=ask.letter_body,
        own_words="Words of the release before.",
        entry=typed.as_dict(),
        created_at=then,
        changed_at=then,
        **fields,
    )
    for place in build.places(ask):
        [delivery] = build.posted(awaits_confirmation=True)
        Letter.objects.create(action=action, seat=place.seat, route="email", delivery=delivery)
    return action


def link(action, purpose="confirm"):
    return f"/{purpose}/{links.make(purpose, action.public_id)}/"


def leaving():
    return Delivery.objects.filter(lane__startswith="letters", state="queued")


def test_its_link_shows_the_letter_and_its_button_seals_what_was_shown(client, letter_ask):
    action = pending(letter_ask)
    page = client.get(link(action))
    assert "Words of the release before." in page.content.decode()
    client.post(link(action), Fields(page.content.decode()).values)

    action.refresh_from_db()
    assert action.state == Action.State.CONFIRMED
    assert action.letters.count() == 2
    assert b"Words of the release before." in bytes(leaving().get().message)
    assert Delivery.objects.filter(state="held").count() == 0


def test_its_link_says_not_me_as_well(client, letter_ask):
    action = pending(letter_ask)
    client.post(link(action, "not-me"))

    action.refresh_from_db()
    assert action.state == Action.State.WITHDRAWN
    assert not Submission.objects.exists()
    assert pending_of_last_release.adopt_all() == 0


def test_its_link_still_tells_what_counts_and_what_was_taken_back(client, letter_ask):
    action = pending(letter_ask)
    Action.objects.update(state="confirmed")
    assert "It counts" in client.get(link(action)).content.decode()
    Action.objects.update(state="withdrawn")
    assert "You took this back" in client.get(link(action)).content.decode()


def test_it_is_counted_once_as_pending(letter_ask):
    pending(letter_ask)
    assert pending_of_last_release.adopt_all() == 1
    assert pending_of_last_release.adopt_all() == 0
    recount.recount()

    assert counts.of_ask(letter_ask).pending == 1


def test_what_it_set_aside_is_released_like_any_other(letter_ask):
    pending(letter_ask, state="quarantined", quarantined_because="too fast")
    pending_of_last_release.adopt_all()
    submission = Submission.objects.get()
    assert confirm(submission) is None
    release(submission)

    assert Action.objects.get().state == Action.State.CONFIRMED
    assert leaving().count() == 1


def test_what_nobody_confirmed_is_forgotten_with_its_letters(letter_ask):
    pending(letter_ask, days_ago=15)
    retention.forget_unconfirmed()

    assert not Action.objects.exists()
    assert not Submission.objects.exists()
    assert not Supporter.objects.exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
