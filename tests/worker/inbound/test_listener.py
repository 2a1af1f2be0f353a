"""The real listener, asked over a socket by SMTP and by LMTP."""

import smtplib
from contextlib import ExitStack

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.children import free_port
from tests.build import posted
from tests.processes import listener
from tests.worker.inbound import corpus
from worker.channels import email, verp
from worker.models import Delivery, Return


@pytest.fixture
def listen(transactional_db):
    """Start the listener, with settings of its own if need be; gives its port."""
    if connection.vendor != "postgresql":
        pytest.skip("needs the servers that bin/test starts")
    with ExitStack() as stack:
        yield lambda **env: stack.enter_context(listener(**env))


@pytest.fixture
def letter(transactional_db):
    (row,) = posted(rehearsal=False)
    Delivery.objects.filter(pk=row.pk).update(state="sent", settled_at=row.posted_at)
    return row


def back(row):
    return verp.address(row.public_id.hex)


def test_by_smtp_and_by_lmtp_a_bounce_is_taken_in_once(listen, letter, state_of):
    port = listen()
    bounce = corpus.filled(corpus.POSTFIX, letter)

    with smtplib.SMTP("127.0.0.1", port, timeout=60) as relay:
        relay.sendmail("", [back(letter)], bounce)
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as relay:
        relay.sendmail("", [back(letter).upper()], bounce)

    assert state_of(letter) == "failed"
    assert Return.objects.get().source == "listener"


def test_whatever_is_no_address_of_ours_is_refused_at_once(listen, letter):
    ours = verp.address(letter.public_id.hex)
    unknown = email.answerable_from(email.message_id("never written"))
    elsewhere = ours.replace("@", "@elsewhere.")
    forged = ours.replace(ours[2], "a" if ours[2] != "a" else "b", 1)
    with smtplib.SMTP("127.0.0.1", listen(), timeout=60) as relay:
        relay.ehlo()
        relay.mail("")
        told = [
            relay.rcpt(to)[0]
            for to in (
                "nora@example.org",
                "postmaster@bounce.localhost.localdomain",
                elsewhere,
                forged,
                unknown,
            )
        ]

    assert told == [550] * 5
    assert not Return.objects.exists()


def test_lmtp_answers_for_each_recipient(listen, letter):
    with smtplib.LMTP("127.0.0.1", listen(), timeout=60) as relay:
        refused = relay.sendmail(
            "ada@house.example",
            [back(letter), "nora@example.org"],
            corpus.filled(corpus.AWAY, letter),
        )

    assert list(refused) == ["nora@example.org"]
    assert Return.objects.get().kind == "auto_reply"


def test_a_person_who_answers_to_us_is_told_where_to_write(listen, letter):
    with (
        smtplib.SMTP("127.0.0.1", listen(), timeout=60) as relay,
        pytest.raises(smtplib.SMTPDataError, match="Reply-To") as told,
    ):
        relay.sendmail(
            "ada@house.example",
            [email.answerable_from(letter.message_id)],
            corpus.filled(corpus.ANSWER, letter),
        )

    assert told.value.smtp_code == 550
    assert Return.objects.get().kind == "reply"


def test_complaints_have_an_address_of_their_own(listen, letter, settings):
    with smtplib.SMTP("127.0.0.1", listen(), timeout=60) as relay:
        relay.sendmail(
            "feedback@webmail.example",
            [f"complaints@{settings.BOUNCE_DOMAIN}"],
            corpus.filled(corpus.COMPLAINT, letter),
        )

    assert Return.objects.get().delivery == letter


def test_a_mail_of_endless_size_is_refused(listen, letter):
    with (
        smtplib.SMTP("127.0.0.1", listen(), timeout=60) as relay,
        pytest.raises(smtplib.SMTPException),
    ):
        relay.sendmail("", [back(letter)], b"Subject: x\r\n\r\n" + b"x" * 70 + b"\r\n" * 1_000_000)

    assert not Return.objects.exists()


def test_while_the_database_is_away_the_relay_is_asked_to_come_again(listen, letter):
    port = listen(DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/nothing")
    with (
        smtplib.SMTP("127.0.0.1", port, timeout=60) as relay,
        pytest.raises(smtplib.SMTPDataError) as told,
    ):
        relay.sendmail("", [back(letter)], corpus.filled(corpus.POSTFIX, letter))

    assert told.value.smtp_code == 451


def test_an_address_that_is_none_is_told_in_plain_words(settings):
    settings.RETURNS_LISTEN = "8025"

    with pytest.raises(CommandError, match="looks like"):
        call_command("take_returns")
