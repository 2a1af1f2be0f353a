"""Whoever is refused is told, reads why, and may ask for one more look: once."""

import datetime as dt
import re
from email import message_from_bytes, policy
from html import unescape

import pytest
from django.utils import timezone

from actions import retention
from actions.confirm import confirm
from actions.models import Action, Submission
from actions.screening import quarantine
from actions.take import take_action
from supporters import links
from tests import build
from tests.actions.browsing import fields, mailed_link, press, send
from worker.models import Delivery

pytestmark = pytest.mark.django_db
WORDS = "My daughter waits for a place."


@pytest.fixture
def set_aside(letter_ask):
    return wrote(letter_ask)


def wrote(ask, **entry):
    form = build.filled_form(
        ask, entry=build.entry(**entry), own_words=WORDS, suspicion="filled the hidden field"
    )
    return take_action(ask, form)


def link(submission):
    return f"/confirm/{links.make('confirm', submission.public_id)}/"


def told():
    """The last mail: its subject and both of its texts."""
    mail = message_from_bytes(
        bytes(Delivery.objects.filter(lane="mail").last().message), policy=policy.default
    )
    parts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return mail["Subject"], unescape("".join(parts))


def as_text(answer):
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_a_refusal_is_told_to_a_silent_mailbox_without_a_word_that_was_typed(set_aside):
    quarantine.refuse(set_aside)
    subject, text = told()

    assert subject == "It does not count: Open the playgrounds"
    assert "A person here read it" in text
    assert "as if a machine had filled in the form" in text
    for typed in (WORDS, "Nora", "lvarez", "Elm St", "Polk"):
        assert typed not in text


def test_whoever_answered_from_their_mailbox_gets_their_words_with_it(set_aside):
    confirm(set_aside)
    quarantine.refuse(set_aside)

    assert WORDS in told()[1]


def test_another_proof_of_the_same_mailbox_shows_it_none_of_a_stranger_s_words(letter_ask):
    known = build.supporter(given_name="Vera", family_name="Blum", email="vera@example.org")
    his = wrote(letter_ask, given_name="Vera", family_name="Blum", email=known.email)
    quarantine.refuse(his)

    assert WORDS not in told()[1]


def test_the_linked_page_shows_the_text_and_why_and_asks_a_person_once_more(client, set_aside):
    quarantine.refuse(set_aside)
    page = client.get(mailed_link("confirm"))
    assert WORDS in as_text(page)
    assert "as if a machine had filled in the form" in as_text(page)

    answer = send(client, page, link(set_aside), appeal="I am a teacher, and typed fast.")
    assert "A person will look at it" in as_text(answer)
    set_aside.refresh_from_db()
    assert (set_aside.state, set_aside.appeal) == (
        "quarantined",
        "I am a teacher, and typed fast.",
    )
    # It waits for a person here, and its page has nothing left to press.
    again = client.get(link(set_aside))
    assert "A person will look at it" in as_text(again)
    assert "<form" not in again.content.decode().partition("<main")[2].partition("</main>")[0]


def test_an_appeal_that_is_granted_counts_at_once_and_sends_the_letter(client, set_aside):
    quarantine.refuse(set_aside)
    press(client, link(set_aside))
    set_aside.refresh_from_db()
    quarantine.release(set_aside)

    assert Action.objects.counted().get().own_words == WORDS
    assert Delivery.objects.exclude(lane="mail").count() == 1
    assert told()[0].startswith("Thank you")


def test_the_second_refusal_is_final_and_told_with_the_text(client, set_aside):
    quarantine.refuse(set_aside)
    press(client, link(set_aside))
    set_aside.refresh_from_db()
    quarantine.refuse(set_aside)
    text = told()[1]
    assert "This is final" in text
    assert WORDS in text

    page = client.get(link(set_aside))
    assert "This is final" in as_text(page)
    assert WORDS in as_text(page)
    assert "appeal" not in fields(page).values
    client.post(link(set_aside), {"appeal": "Once more"})
    set_aside.refresh_from_db()
    assert (set_aside.state, set_aside.refusals, set_aside.appeal) == ("refused", 2, "")


def test_a_button_from_before_the_refusal_is_no_appeal(client, set_aside):
    before = client.get(link(set_aside))
    quarantine.refuse(set_aside)
    answer = send(client, before, link(set_aside))

    assert "it does not count" in as_text(answer)
    set_aside.refresh_from_db()
    assert set_aside.state == "refused"


def test_a_long_appeal_is_given_back_and_never_cut(client, set_aside):
    quarantine.refuse(set_aside)
    answer = client.post(link(set_aside), {"appeal": "x" * 501})

    assert "x" * 501 in answer.content.decode()
    set_aside.refresh_from_db()
    assert set_aside.state == "refused"


def test_what_a_mailbox_called_not_its_own_is_never_told(client, set_aside, letter_ask):
    other = wrote(letter_ask, phone="+15550101010")
    client.post(f"/not-me/{links.make('not-me', set_aside.public_id)}/")
    mails = Delivery.objects.count()
    quarantine.refuse(other)

    assert Delivery.objects.count() == mails


def test_refusals_are_counted_among_the_mails_of_a_day(letter_ask):
    for number in range(5):
        quarantine.refuse(wrote(letter_ask, phone=f"+1555010101{number}"))

    assert Delivery.objects.filter(lane="mail").count() == 3


def test_the_second_look_is_told_apart_in_spanish_too(letter_ask):
    submission = wrote(letter_ask, language="es")
    quarantine.refuse(submission)
    subject, text = told()

    assert subject.startswith("No cuenta")
    assert "A person here" not in text
    assert "as if a machine" not in text


@pytest.mark.parametrize(
    ("is_minor", "days", "is_kept"), [(True, 6, True), (True, 8, False), (False, 8, True)]
)
def test_a_young_person_s_is_forgotten_after_seven_days_set_aside_or_refused(
    letter_ask, is_minor, days, is_kept
):
    wrote(letter_ask, is_minor=is_minor)
    quarantine.refuse(wrote(letter_ask, is_minor=is_minor, phone="+15550101010"))
    pass_days(days)

    assert Submission.objects.exists() == is_kept


def test_a_young_person_s_appeal_waits_for_us_however_long(client, letter_ask):
    submission = wrote(letter_ask, is_minor=True)
    quarantine.refuse(submission)
    press(client, link(submission))
    pass_days(30)
    assert Submission.objects.get() == submission

    submission.refresh_from_db()
    quarantine.refuse(submission)
    pass_days(8)
    assert not Submission.objects.exists()


def pass_days(days):
    then = timezone.now() - dt.timedelta(days=days)
    Submission.objects.update(created_at=then, changed_at=then)
    retention.forget_unconfirmed()
