"""Who has not pressed the button after a day is asked once more: once, and never against their
wish.
"""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.utils import timezone

from actions import notices, reminders, take
from actions.confirm import confirm
from actions.models import Submission, Voice
from actions.screening import quarantine
from actions.withdraw import not_me, withdraw
from campaigns.models import Campaign
from supporters import mail, suppressions
from supporters.people import mailbox_of
from tests import build
from tests.together import together
from worker import outbox
from worker.models import Delivery

pytestmark = pytest.mark.django_db
NORA = "nora@example.org"


def sent(ask, *, hours_ago=25, email=NORA, **fields):
    """A form of so many hours ago, whose mail left at once."""
    entry = build.entry(email=email, **fields.pop("entry", {}))
    submission = take.take_action(ask, build.filled_form(ask, entry=entry, **fields))
    then = timezone.now() - dt.timedelta(hours=hours_ago)
    Submission.objects.filter(pk=submission.pk).update(created_at=then, changed_at=then)
    Delivery.objects.filter(recipient=email).update(state="sent", posted_at=then, due_at=then)
    submission.refresh_from_db()
    return submission


def reminders_to(email=NORA):
    return Delivery.objects.filter(recipient=email, key__endswith=":reminder")


def text_of(delivery):
    message = message_from_bytes(bytes(delivery.message), policy=policy.default)
    return message.get_body(("plain",)).get_content()


def test_after_a_day_it_is_asked_once_more_and_the_link_leads_to_the_button(client, letter_ask):
    submission = sent(letter_ask)
    assert reminders.remind_all() == 1

    [mailed] = reminders_to()
    assert mailed.subject == "One press is missing: Open the playgrounds"
    assert "Nothing leaves, and nothing counts, before that" in text_of(mailed)
    assert "One letter goes out." in text_of(mailed)
    assert mailed.lane == mail.LANE
    page = client.get(re.search(r"https?://[^/\s]+(/confirm/\S+)", text_of(mailed))[1])
    assert "Is this you, and what you want to say?" in page.content.decode()
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_it_holds_none_of_the_words_that_were_typed(letter_ask):
    typed = {"given_name": "http://evil.example", "family_name": "Buy-Pills", "street": "9 Spam St"}
    sent(letter_ask, entry=typed, own_words="CHEAP WATCHES")
    reminders.remind_all()

    raw = bytes(reminders_to().get().message)
    for word in (b"evil", b"Buy-Pills", b"Spam", b"CHEAP"):
        assert word not in raw


def test_it_speaks_the_language_of_the_form(letter_ask):
    sent(letter_ask, entry={"language": "es"})
    reminders.remind_all()

    assert reminders_to().get().subject == "Falta presionar un botón: Open the playgrounds"
    assert "Sale una carta." in text_of(reminders_to().get())
    assert "/es/confirm/" in text_of(reminders_to().get())


@pytest.mark.parametrize("hours_ago", [1, 23, 5 * 24])
def test_not_before_a_day_and_not_after_four(letter_ask, hours_ago):
    sent(letter_ask, hours_ago=hours_ago)

    assert reminders.remind_all() == 0
    assert reminders.NOT_AFTER < suppressions.QUIET_FOR


def test_once_however_often_it_runs_and_how_many_of_theirs_wait(letter_ask):
    sent(letter_ask)
    sent(letter_ask, own_words="Once more.")
    for _ in range(3):
        reminders.remind_all()

    assert reminders_to().count() == 1


def test_a_worker_that_dies_on_it_leaves_it_to_the_next_and_it_is_mailed_once(
    letter_ask, monkeypatch
):
    sent(letter_ask)
    post = outbox.post

    def post_and_die(envelopes):
        post(envelopes)
        raise RuntimeError("killed")

    monkeypatch.setattr(outbox, "post", post_and_die)
    with pytest.raises(RuntimeError):
        reminders.remind_all()
    monkeypatch.setattr(outbox, "post", post)
    assert not reminders_to().exists()
    assert [reminders.remind_all(), reminders.remind_all()] == [1, 0]
    assert reminders_to().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_ask_once(letter_ask):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    for number in range(5):
        sent(letter_ask, email=f"n{number}@example.org")
    found = []
    together(*[lambda: found.append(reminders.remind_all())] * 3)

    assert sum(found) == Delivery.objects.filter(key__endswith=":reminder").count() == 5


def confirms(submission, ask):
    confirm(submission)


def confirms_another(submission, ask):
    confirm(sent(ask, hours_ago=0, own_words="The better one."))


def takes_it_back(submission, ask):
    withdraw(confirm(submission))
    sent(ask, own_words="Begun anew, and left.")


def says_not_me(submission, ask):
    other = sent(ask, own_words="Somebody else's.")
    not_me(other)


def wants_no_mail(submission, ask):
    suppressions.suppress(mailbox_of(NORA), "complained")


def corrected_the_address(submission, ask):
    form = build.filled_form(ask, key=submission.form_key, entry=build.entry(email="n@example.org"))
    take.take_action(ask, form)


def is_set_aside(submission, ask):
    Submission.objects.update(state="quarantined")


def was_refused(submission, ask):
    is_set_aside(submission, ask)
    quarantine.refuse(submission)


def sees_it_close(submission, ask):
    Campaign.objects.update(state="closed")


def got_no_first_mail(submission, ask):
    Delivery.objects.update(state="failed")


def had_its_mails_for_today(submission, ask):
    Delivery.objects.filter(recipient=NORA).update(posted_at=timezone.now())
    for number in range(mail.UNPROVEN_MAILS_A_DAY):
        sent(build.ask("petition", campaign=build.campaign(f"c{number}")), hours_ago=1)
        Delivery.objects.filter(recipient=NORA).update(posted_at=timezone.now())


@pytest.mark.parametrize(
    "happened",
    [
        confirms,
        confirms_another,
        takes_it_back,
        says_not_me,
        wants_no_mail,
        corrected_the_address,
        is_set_aside,
        was_refused,
        sees_it_close,
        got_no_first_mail,
        had_its_mails_for_today,
    ],
    ids=lambda deed: deed.__name__.replace("_", " "),
)
def test_it_is_never_sent_to_a_mailbox_that(letter_ask, happened):
    submission = sent(letter_ask)
    happened(submission, letter_ask)

    assert reminders.remind_all() == 0
    assert not reminders_to().exists()


def test_it_is_counted_among_the_mails_that_an_unproven_mailbox_gets_in_a_day(letter_ask):
    sent(letter_ask)
    reminders.remind_all()
    for number in range(4):
        ask = build.ask("petition", campaign=build.campaign(f"c{number}"))
        take.take_action(ask, build.filled_form(ask))

    since = timezone.now() - dt.timedelta(hours=2)
    today = Delivery.objects.filter(recipient=NORA, posted_at__gt=since)
    assert today.count() == mail.UNPROVEN_MAILS_A_DAY


def test_it_takes_its_turn_among_the_mails_that_ask(letter_ask, monkeypatch):
    monkeypatch.setattr(mail, "MOST_ASKS_A_MINUTE", 1)
    for number in range(3):
        sent(letter_ask, email=f"n{number}@example.org")
    reminders.remind_all()

    turns = sorted(
        Delivery.objects.filter(key__endswith=":reminder").values_list("due_at", flat=True)
    )
    assert [(later - turns[0]).total_seconds() // 50 for later in turns] == [0, 1, 2]


def test_somebody_under_18_is_told_how_short_their_term_is_and_a_child_never_hears(letter_ask):
    sent(letter_ask, entry={"is_minor": True}, hours_ago=30)
    Voice.objects.create(ask=letter_ask, idempotency_key="0" * 32, raised_on=timezone.localdate())
    assert reminders.remind_all() == 1

    assert "The link works for 5 days." in text_of(reminders_to().get())


def test_the_term_of_a_submission_does_not_begin_anew(letter_ask):
    submission = sent(letter_ask)
    before = submission.changed_at
    reminders.remind_all()

    submission.refresh_from_db()
    assert submission.changed_at == before
    assert notices.days_to_answer(submission) <= 14
