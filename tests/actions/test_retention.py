"""What was typed for a mailbox that never answered does not stay for ever, and the counts stay
true.
"""

import datetime as dt

import pytest
from django.utils import timezone

from actions import recount, retention, take
from actions.models import Action, Letter
from campaigns import counts
from supporters import links
from supporters.models import Consent, Supporter, Suppression
from tests import build
from worker.models import Attempt, Delivery

pytestmark = pytest.mark.django_db


def typed(ask, name, *, days_ago, confirm=False, **fields):
    """Somebody acted so many days ago."""
    entry = build.entry(
        email=f"{name}@example.org", given_name=name.title(), **fields.pop("entry", {})
    )
    action = take.take_action(
        ask, build.submission(ask, entry=entry, own_words=f"Words of {name}", **fields)
    )
    if confirm:
        take.confirm(action)
    then = timezone.now() - dt.timedelta(days=days_ago)
    Action.objects.filter(pk=action.pk).update(created_at=then, changed_at=then)
    Supporter.objects.filter(pk=action.supporter_id).update(created_at=then)
    return action


def names():
    return set(Supporter.objects.values_list("given_name", flat=True))


def everything():
    """All that is stored of actions, people and sealed mail, as one text."""
    rows = [
        str(row)
        for model in (Action, Letter, Supporter, Consent, Attempt)
        for row in model.objects.values()
    ]
    sealed = [
        f"{row.recipient} {row.subject} {bytes(row.message).decode()}"
        for row in Delivery.objects.all()
    ]
    return "\n".join(rows + sealed)


def test_what_nobody_confirmed_in_time_is_gone_with_its_owner_and_its_letters_never_leave(
    letter_ask,
):
    typed(letter_ask, "olga", days_ago=15)
    typed(letter_ask, "newt", days_ago=13)
    waiting = set(
        Letter.objects.filter(action__supporter__given_name="Olga")
        .exclude(delivery=None)
        .values_list("delivery", flat=True)
    )

    assert retention.forget_unconfirmed() == 1
    assert retention.forget_unconfirmed() == 0

    assert names() == {"Newt"}
    assert "olga" not in everything().lower()
    assert "Words of newt" in everything()
    assert set(Delivery.objects.filter(pk__in=waiting).values_list("state", flat=True)) == {
        "cancelled"
    }
    assert Delivery.objects.filter(lane__startswith="letters", state="held").count() == 1


def test_the_pending_count_follows_at_once_and_no_other_number_moves(petition):
    typed(petition, "olga", days_ago=15)
    typed(petition, "newt", days_ago=1)
    typed(petition, "vera", days_ago=400, confirm=True)
    recount.recount(everything=True)
    assert (counts.of_ask(petition).pending, counts.of_ask(petition).verified) == (2, 1)

    retention.forget_unconfirmed()
    assert (counts.of_ask(petition).pending, counts.of_ask(petition).verified) == (1, 1)
    before = counts.of_ask(petition)
    recount.recount(everything=True)
    assert counts.of_ask(petition) == before


def test_whoever_confirmed_is_kept_with_all_of_it(letter_ask):
    action = typed(letter_ask, "vera", days_ago=4000, confirm=True)

    assert retention.forget_unconfirmed() == 0
    assert Action.objects.get(pk=action.pk).own_words == "Words of vera"


def test_the_young_are_forgotten_sooner(petition):
    typed(petition, "kim", days_ago=8, entry={"is_minor": True})
    typed(petition, "sam", days_ago=8)
    typed(petition, "lee", days_ago=6, entry={"is_minor": True})
    retention.forget_unconfirmed()

    assert set(Action.objects.values_list("supporter__given_name", flat=True)) == {"Sam", "Lee"}


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
    take.confirm(appealed)
    Action.objects.filter(pk=appealed.pk).update(changed_at=timezone.now() - dt.timedelta(days=100))
    retention.forget_unconfirmed()

    assert set(Action.objects.values_list("supporter__given_name", flat=True)) == {"Held", "Asks"}


def test_a_supporter_who_is_known_stays_when_one_of_their_actions_is_forgotten(petition):
    typed(petition, "vera", days_ago=30, confirm=True)
    other = build.ask("petition", campaign=petition.campaign)
    build.petition_text(other)
    typed(other, "vera", days_ago=15)

    assert retention.forget_unconfirmed() == 1
    assert names() == {"Vera"}
    assert Delivery.objects.filter(lane="mail", recipient="vera@example.org").exists()


def test_a_mailbox_shared_with_somebody_known_keeps_its_mail(petition):
    typed(petition, "vera", days_ago=30, confirm=True)
    take.take_action(
        petition,
        build.submission(petition, entry=build.entry(email="vera@example.org", given_name="Bob")),
    )
    past = timezone.now() - dt.timedelta(days=20)
    Action.objects.filter(supporter__given_name="Bob").update(changed_at=past)
    Supporter.objects.filter(given_name="Bob").update(created_at=past)
    retention.forget_unconfirmed()

    assert names() == {"Vera"}
    assert not Delivery.objects.filter(lane="mail", recipient="").exists()


def test_a_mailbox_that_wants_no_mail_stays_remembered_as_such(petition):
    action = typed(petition, "olga", days_ago=15)
    Suppression.objects.create(mailbox=action.supporter.mailbox, reason="asked")
    retention.forget_unconfirmed()

    assert Suppression.objects.count() == 1


def test_letters_that_had_left_before_an_action_was_begun_again_keep_their_story(letter_ask):
    action = typed(letter_ask, "vera", days_ago=0, confirm=True)
    Delivery.objects.filter(lane__startswith="letters").update(state="sent")
    take.withdraw(action)
    again = build.submission(
        letter_ask, entry=build.entry(email="vera@example.org", given_name="Vera")
    )
    take.take_action(letter_ask, again)
    Action.objects.update(changed_at=timezone.now() - dt.timedelta(days=15))

    assert retention.forget_unconfirmed() == 0
    action.refresh_from_db()
    assert (action.state, action.entry) == ("withdrawn", {})
    assert action.letters.filter(delivery__state="sent").exists()


@pytest.mark.parametrize("purpose", ["confirm", "status", "withdraw", "not-me"])
def test_whoever_comes_too_late_is_told_so(client, petition, purpose):
    action = typed(petition, "olga", days_ago=15)
    link = {"confirm": "confirm", "status": "letters", "withdraw": "withdraw", "not-me": "not-me"}[
        purpose
    ]
    address = f"/{link}/{links.make(purpose, action.public_id)}/"
    assert client.get(address).status_code == 200
    retention.forget_unconfirmed()

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 410
        assert "we keep nothing of it" in answer.content.decode()


def test_whoever_comes_too_late_to_print_a_letter_is_told_so(client, letter_ask):
    action = typed(letter_ask, "olga", days_ago=15)
    token = links.make("status", action.public_id)
    seat_id = action.letters.first().seat_id
    retention.forget_unconfirmed()

    answer = client.get(f"/letters/{token}/{seat_id}.pdf")

    assert answer.status_code == 410
    assert "we keep nothing of it" in answer.content.decode()


def test_made_up_people_of_the_demonstration_stay(petition):
    typed(petition, "olga", days_ago=15)
    Supporter.objects.update(is_demo=True)

    assert retention.forget_unconfirmed() == 0


def test_the_clock_asks_for_it_every_day(settings):
    assert "actions.tasks.forget_unconfirmed" in {
        job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()
    }
