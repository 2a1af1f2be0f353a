"""The practice mailbox keeps what would have left; the self-test explains what stands in the
way.
"""

import sys
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.children import free_port, is_listening, start, stop, wait_until
from tests.build import envelope
from tests.processes import environment
from tests.smtp_sink import DROP, Sink
from worker.engine.deliver import deliver
from worker.models import CaughtMail
from worker.outbox import post


@pytest.fixture
def catcher(transactional_db, settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs the servers that bin/test starts")
    settings.CATCHER_URL = f"smtp://127.0.0.1:{free_port()}"
    child = start(
        [sys.executable, "manage.py", "catch_mail"], env=environment(), cwd=settings.BASE_DIR
    )
    try:
        wait_until(
            lambda: is_listening(urlsplit(settings.CATCHER_URL).port), child, what="The catcher"
        )
        yield
    finally:
        stop(child)


def test_a_rehearsed_letter_can_be_read_in_the_catcher(catcher):
    sealed = envelope(subject="Spielplätze öffnen, ¡ahora!")
    post([sealed])

    deliver(sealed.lane)

    caught = CaughtMail.objects.get()
    assert bytes(caught.content) == sealed.message
    assert caught.recipient == sealed.recipient
    assert caught.message_id == sealed.message_id
    assert caught.subject == "Spielplätze öffnen, ¡ahora!"


def test_a_catcher_open_to_other_machines_must_be_meant():
    with pytest.raises(CommandError, match="--open"):
        call_command("catch_mail", host="0.0.0.0")


@pytest.fixture
def relay(settings):
    with Sink() as sink:
        settings.SMTP_URL = sink.url
        yield sink


@pytest.fixture
def self_test():
    def run(*options):
        said = StringIO()
        call_command("smtp_self_test", "--to", "ops@example.org", *options, stdout=said)
        return said.getvalue()

    return run


def test_the_self_test_sends_nothing_while_delivery_is_off(relay, self_test):
    said = self_test()

    assert "ops@example.org is accepted" in said
    assert relay.caught == []


def test_the_self_test_mails_its_operator_when_asked(relay, self_test):
    assert "Sent. The relay said: 250" in self_test("--send")

    assert [caught.recipient for caught in relay.caught] == ["ops@example.org"]


@pytest.mark.parametrize(
    ("moment", "answer", "advice"),
    [
        ("MAIL", "530 5.7.0 authentication required", "login"),
        ("RCPT", "550 5.1.1 nobody", "relay refuses"),
        ("RCPT", "451 4.7.1 greylisted", "Try again"),
        ("END", DROP, "may or may not arrive"),
    ],
)
def test_the_self_test_says_what_stands_in_the_way_in_plain_words(
    relay, self_test, moment, answer, advice
):
    relay.answer(moment, answer)

    with pytest.raises(CommandError, match=advice):
        self_test("--send")


def test_the_self_test_explains_a_relay_that_is_not_there(relay, self_test):
    relay.down()

    with pytest.raises(CommandError, match="Nothing answers at"):
        self_test()


def test_the_self_test_explains_a_missing_setting(settings, self_test):
    settings.SMTP_URL = ""

    with pytest.raises(CommandError, match="SMTP_URL"):
        self_test()
