"""What was typed for a mailbox that never answered does not stay for ever, and the counts stay
true.
"""

import datetime as dt

import pytest
from django.utils import timezone

from actions import recount, retention, take
from actions.confirm import confirm
from actions.models import Action, Letter, Submission
from campaigns import counts
from supporters import links
from supporters.models import Consent, Supporter, Suppression
from tests import build
from worker.models import Attempt, Delivery

pytestmark = pytest.mark.django_db


def typed(ask, name, *, days_ago, chosen=False, **fields):
    """Somebody sent this so many days ago, and perhaps confirmed it."""
    entry = build.entry(
        email=f"{name}@example.org", given_name=name.title(), **fields.pop("entry", {})
    )
    submission = take.take_action(
        ask, build.filled_form(ask, entry=entry, own_words=f"Words of {name}", **fields)
    )
    if chosen:
        confirm(submission)
    age(submission, days_ago)
    return submission


def age(submission, days):
    then = timezone.now() - dt.timedelta(days=days)
    Submission.objects.filter(pk=submission.pk).update(created_at=then, changed_at=then)
    Action.objects.filter(pk=submission.action_id).update(created_at=then, changed_at=then)
    Supporter.objects.filter(key=submission.supporter_key).update(created_at=then)


def names():
    return {row.name.split()[0] for row in Submission.objects.exclude(entry={})}


def everything():
    """All that is stored of submissions, actions, people and sealed mail, as one text."""
    rows = [
        str(row)
        for model in (Submission, Action, Letter, Supporter, Consent, Attempt)
        for row in model.objects.values()
    ]
    sealed = [
        f"{row.recipient} {row.subject} {bytes(row.message).decode()}"
        for row in Delivery.objects.all()
    ]
    return "\n".join(rows + sealed)


def test_what_nobody_confirmed_in_time_is_gone_with_what_we_wrote_to_its_owner(letter_ask):
    typed(letter_ask, "olga", days_ago=15)
    typed(letter_ask, "newt", days_ago=13)

    assert retention.forget_unconfirmed() == 1
    assert retention.forget_unconfirmed() == 0

    assert names() == {"Newt"}
    assert "olga" not in everything().lower()
    assert "Words of newt" in everything()


def test_what_its_owner_did_not_choose_is_forgotten_with_the_rest(letter_ask):
    chosen = typed(letter_ask, "vera", days_ago=61, chosen=True)
    other = typed(letter_ask, "vera", days_ago=15, subject="Other words")
    retention.forget_unconfirmed()

    assert not Submission.objects.filter(pk=other.pk).exists()
    assert Action.objects.get().own_words == "Words of vera"
    assert not Submission.objects.filter(pk=chosen.pk).exists()


def test_what_counts_without_its_mailbox_stays_counted_and_no_word_with_it(db):
    ask = build.ask("petition", campaign=build.campaign(confirms_by_mail=False))
    build.petition_text(ask)
    typed(ask, "olga", days_ago=15)

    assert retention.forget_unconfirmed() == 1
    assert retention.forget_unconfirmed() == 0
    assert counts.of_ask(ask).unverified == 1
    assert "olga" not in everything().lower()


def test_the_pending_count_follows_at_once_and_no_other_number_moves(petition):
    typed(petition, "olga", days_ago=15)
    typed(petition, "newt", days_ago=1)
    typed(petition, "vera", days_ago=400, chosen=True)
    recount.recount(everything=True)
    assert (counts.of_ask(petition).pending, counts.of_ask(petition).verified) == (2, 1)

    retention.forget_unconfirmed()
    assert (counts.of_ask(petition).pending, counts.of_ask(petition).verified) == (1, 1)
    before = counts.of_ask(petition)
    recount.recount(everything=True)
    assert counts.of_ask(petition) == before


def test_whoever_confirmed_is_kept_with_all_of_it(letter_ask):
    typed(letter_ask, "vera", days_ago=4000, chosen=True)
    retention.forget_unconfirmed()

    assert Action.objects.get().own_words == "Words of vera"
    assert Supporter.objects.get().name == "Vera Álvarez"


def test_the_young_are_forgotten_sooner(petition):
    typed(petition, "kim", days_ago=8, entry={"is_minor": True})
    typed(petition, "sam", days_ago=8)
    typed(petition, "lee", days_ago=6, entry={"is_minor": True})
    retention.forget_unconfirmed()

    assert names() == {"Sam", "Lee"}


def test_the_mail_promises_a_young_person_no_more_days_than_there_are(petition):
    typed(petition, "kim", days_ago=0, entry={"is_minor": True})
    typed(petition, "sam", days_ago=0)
    mails = {
        row.recipient.split("@")[0]: bytes(row.message).decode()
        for row in Delivery.objects.filter(lane="mail")
    }

    assert "works for 7 days" in mails["kim"]
    assert "works for 14 days" in mails["sam"]


def test_somebody_in_quarantine_is_kept_longer_and_for_as_long_as_it_takes_once_they_answered(
    petition,
):
    typed(petition, "held", days_ago=59, suspicion="too fast")
    typed(petition, "old", days_ago=61, suspicion="too fast")
    appealed = typed(petition, "asks", days_ago=0, suspicion="too fast")
    confirm(appealed)
    age(appealed, 100)
    retention.forget_unconfirmed()

    assert names() == {"Held", "Asks"}


def test_a_supporter_who_is_known_stays_when_one_of_their_actions_is_forgotten(petition):
    typed(petition, "vera", days_ago=61, chosen=True)
    other = build.ask("petition", campaign=petition.campaign)
    build.petition_text(other)
    typed(other, "vera", days_ago=15)

    retention.forget_unconfirmed()
    assert not Submission.objects.exists()
    assert Supporter.objects.get().given_name == "Vera"
    assert Delivery.objects.filter(lane="mail", recipient="vera@example.org").exists()


def test_a_mailbox_shared_with_somebody_known_keeps_its_mail(petition):
    typed(petition, "vera", days_ago=30, chosen=True)
    bob = take.take_action(
        petition,
        build.filled_form(petition, entry=build.entry(email="vera@example.org", given_name="Bob")),
    )
    age(bob, 20)
    retention.forget_unconfirmed()

    assert names() == set()
    assert not Delivery.objects.filter(lane="mail", recipient="").exists()


def test_a_mailbox_that_wants_no_mail_stays_remembered_as_such(petition):
    submission = typed(petition, "olga", days_ago=15)
    Suppression.objects.create(mailbox=submission.mailbox, reason="asked")
    retention.forget_unconfirmed()

    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("purpose", ["confirm", "not-me"])
def test_whoever_comes_too_late_is_told_so(client, petition, purpose):
    submission = typed(petition, "olga", days_ago=15)
    address = f"/{purpose}/{links.make(purpose, submission.public_id)}/"
    assert client.get(address).status_code == 200
    retention.forget_unconfirmed()

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 410
        assert "We keep nothing of it any more" in answer.content.decode()


def test_made_up_people_of_the_demonstration_stay(petition):
    typed(petition, "olga", days_ago=15)
    Submission.objects.update(is_demo=True)

    assert retention.forget_unconfirmed() == 0


def test_the_clock_asks_for_it_every_day(settings):
    assert "actions.tasks.forget_unconfirmed" in {
        job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()
    }
