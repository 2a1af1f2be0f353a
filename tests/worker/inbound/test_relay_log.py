"""The relay's log settles what we can't know: whether it had a letter, and what the office's server
said.
"""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.build import posted
from worker.engine import settle
from worker.inbound.relay_log import take_in_log
from worker.models import Attempt, Delivery, Return

pytestmark = pytest.mark.django_db
TO, MX = "to=<x@house.example>", "mx.house.example[192.0.2.1]:25"
PASSED_ON = (
    f"{TO}, relay={MX}, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued"
    " as 7F)"
)
BOUNCED = (
    f"{TO}, relay={MX}, delay=1, dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 User unknown)"
)
DEFERRED = (
    f"{TO}, relay=none, delay=30, dsn=4.4.1, status=deferred (connect to mx.house.example:"
    " Connection timed out)"
)
EXPIRED = "from=<b.x@bounce.example.org>, status=expired, returned to sender"


@pytest.fixture
def letter():
    def make(state="uncertain"):
        (row,) = posted(rehearsal=False)
        Delivery.objects.filter(pk=row.pk).update(
            state=state, settled_at=timezone.now() - dt.timedelta(minutes=30), attempts_made=1
        )
        Attempt.objects.create(
            delivery=row, at=row.posted_at, state=state, answer="", author="worker"
        )
        return row

    return make


def log_of(row, *statuses, queue="4cX7abcDEF", ago=dt.timedelta(0), style="%Y-%m-%dT%H:%M:%S%z"):
    at = timezone.localtime(timezone.now() - ago).strftime(style)
    rest = [
        f"message-id={row.message_id}",
        "from=<b.x@bounce.example.org>, size=1234, nrcpt=1 (queue active)",
        *statuses,
    ]
    return [
        f"{at} relay postfix/{('cleanup', 'qmgr', 'smtp')[min(n, 2)]}[12{n}]: {queue}: {words}"
        for n, words in enumerate(rest)
    ]


@pytest.mark.parametrize(
    "style", ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.123456%z", "%b %d %H:%M:%S"]
)
def test_a_letter_in_doubt_that_was_passed_on_is_settled_with_the_other_servers_words(
    letter, state_of, attempts_of, style
):
    row = letter()

    take_in_log(log_of(row, PASSED_ON, "removed", style=style))

    assert state_of(row) == "sent"
    assert "250 2.0.0 Ok: queued as 7F (mx.house.example[192.0.2.1]:25)" in attempts_of(row)[-1][2]


@pytest.mark.parametrize("status", [BOUNCED, EXPIRED])
@pytest.mark.parametrize("before", ["uncertain", "sent"])
def test_what_the_relay_gave_up_has_failed(letter, state_of, status, before):
    row = letter(before)

    take_in_log(log_of(row, DEFERRED, status))

    assert state_of(row) == "failed"


def test_a_letter_that_still_waits_with_the_relay_is_in_doubt_no_more(letter, state_of):
    row = letter()

    take_in_log(log_of(row, DEFERRED, DEFERRED, DEFERRED))

    assert state_of(row) == "sent"
    assert [(one.kind, one.source) for one in Return.objects.all()] == [("delayed", "log")]


def test_a_header_that_never_became_a_message_proves_nothing(letter, state_of):
    row = letter()

    take_in_log(log_of(row)[:1])

    assert state_of(row) == "uncertain"


def test_the_same_log_again_changes_nothing(letter, attempts_of):
    row = letter()
    log = log_of(row, PASSED_ON)

    take_in_log(log)
    take_in_log(log)

    assert len(attempts_of(row)) == 2
    assert Return.objects.count() == 1


def test_a_queue_id_that_is_used_again_is_about_another_message(letter, state_of):
    row, other = letter(), letter()

    take_in_log(
        [*log_of(row, PASSED_ON, "removed"), *log_of(other, DEFERRED)[2:], *log_of(other, BOUNCED)]
    )

    assert (state_of(row), state_of(other)) == ("sent", "failed")


def test_a_bounce_from_before_a_letter_was_sent_again_is_history(letter, state_of):
    row = letter("failed")
    settle.retry(row, author="wanda", reason="they mended it")
    Delivery.objects.filter(pk=row.pk).update(
        state="sent", settled_at=timezone.now(), attempts_made=1
    )

    take_in_log(log_of(row, BOUNCED, ago=dt.timedelta(hours=3)))

    assert state_of(row) == "sent"


def test_foreign_lines_and_messages_are_passed_over(letter, state_of):
    row = letter()
    foreign = [
        line.replace(row.message_id, "<somebody@elsewhere.example>")
        for line in log_of(row, BOUNCED)
    ]

    take_in_log(
        [
            "",
            "garbage",
            "\x00",
            "Nov 99 99:99:99 relay postfix/smtp[1]: ABCDEF1: status=sent (250 ok)",
            *foreign,
        ]
    )

    assert state_of(row) == "uncertain"


def test_what_the_log_should_know_and_does_not_is_listed_and_left_as_it_is(
    letter, state_of, tmp_path
):
    known, unknown, long_ago = letter("sent"), letter(), letter()
    Delivery.objects.filter(pk=long_ago.pk).update(settled_at=timezone.now() - dt.timedelta(days=3))
    file, said = tmp_path / "mail.log", StringIO()
    file.write_text(
        "\n".join([*log_of(known, PASSED_ON, ago=dt.timedelta(hours=1)), *log_of(known, PASSED_ON)])
    )

    call_command("read_relay_log", str(file), stdout=said)

    assert f"not in this log: {unknown.message_id}" in said.getvalue()
    assert long_ago.message_id not in said.getvalue()
    assert state_of(unknown) == "uncertain"


def test_a_file_that_is_no_log_is_told(tmp_path):
    (tmp_path / "empty").write_text("nothing\n")

    with pytest.raises(CommandError, match="No line of Postfix's"):
        call_command("read_relay_log", str(tmp_path / "empty"))
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_relay_log", str(tmp_path / "absent"))
