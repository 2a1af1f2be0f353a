"""After a restore the relay's log settles what had left, by Message-ID, and doubt keeps the rest."""

import datetime as dt
import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.build import posted
from worker.models import Attempt, Delivery
from worker.restoring import mode

pytestmark = pytest.mark.django_db
BACKUP = timezone.now() - dt.timedelta(hours=3)
MX = "relay=mx.house.example[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok)"


def log_of(message_id, at, *, queue, is_taken=True, to="x@house.example", status=MX):
    stamp = at.isoformat()
    lines = [f"{stamp} relay postfix/cleanup[1]: {queue}: message-id={message_id}"]
    if is_taken:
        lines += [
            f"{stamp} relay postfix/qmgr[2]: {queue}: from=<b@x.org>, size=9, nrcpt=1 (queue active)",
            f"{stamp} relay postfix/smtp[3]: {queue}: to=<{to}>, {status}",
            f"{stamp} relay postfix/qmgr[2]: {queue}: removed",
        ]
    return "\n".join(lines) + "\n"


def settle(*arguments):
    said = StringIO()
    call_command("settle_restored", *map(str, arguments), stdout=said)
    return said.getvalue()


def states(rows):
    found = dict(Delivery.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def test_what_the_relay_took_has_left_and_what_nobody_knows_is_in_doubt(tmp_path):
    rows = posted(9, rehearsal=False)
    queued, claimed, waiting, again, retried, refused, gone_back, cancelled, _unseen = rows
    practice = posted(rehearsal=True)
    for row, state in (
        (claimed, "claimed"),
        (waiting, "held"),
        (again, "failed"),
        (cancelled, "cancelled"),
    ):
        Delivery.objects.filter(pk=row.pk).update(state=state, waits_for="review")
    for row in (again, retried):
        for state in ("sent", "failed"):
            Attempt.objects.create(
                delivery=row, at=BACKUP - dt.timedelta(hours=5), state=state, author="worker"
            )
    later, before = BACKUP + dt.timedelta(hours=1), BACKUP - dt.timedelta(hours=6)
    bounced = "relay=mx[192.0.2.1]:25, dsn=5.1.1, status=bounced (said: 550 5.1.1 User unknown)"
    log, packed = tmp_path / "mail.log", tmp_path / "mail.log.1.gz"
    log.write_text(
        "".join(
            log_of(row.message_id, later, queue=f"4cX7abcDE{n}")
            for n, row in enumerate((queued, claimed, waiting, again, cancelled))
        )
        + log_of(gone_back.message_id, later, queue="4cX7abcDEx", status=bounced)
        + log_of(refused.message_id, later, queue="4cX7abcDEy", is_taken=False)
        + log_of(f"<{'a' * 32}@mail.example.org>", later, queue="4cX7abcDEz", to="Ida@example.org")
    )
    # It came back in its time, and a person sent it again since: that is known.
    with gzip.open(packed, "wt") as file:
        file.write(log_of(retried.message_id, before, queue="4cX7abcDF0"))
    with pytest.raises(CommandError, match="no restored database"):
        settle(log)
    mode.begin("by hand", moment=BACKUP)
    stood = states(rows)

    said = settle(log, packed)
    assert "8 messages of ours: 6 of them were not known to have left, 1 since" in said
    assert "In doubt: 3; no longer: 0" in said
    assert states(rows) == stood
    assert mode.current().settled_at is None

    lost = tmp_path / "lost"
    settle(log, packed, "--really", "--lost", lost)
    left = ["sent", "sent", "sent", "sent"]
    doubt = ["uncertain", "uncertain"]
    assert states(rows) == [*left, *doubt, "failed", "sent", "uncertain"]
    assert states(practice) == ["queued"]
    assert lost.read_text() == f"<{'a' * 32}@mail.example.org> ida@example.org\n"
    assert lost.stat().st_mode & 0o077 == 0
    evidence = Attempt.objects.filter(delivery=queued, author="restore").get()
    assert "4cX7abcDE0" in evidence.answer
    assert mode.current().settled_at

    # Somebody finds out that this was all: what is not in it may go.
    settle(log, packed, "--complete", "--really")
    assert states(rows) == [*left, "queued", "queued", "failed", "sent", "queued"]
    assert not Delivery.objects.filter(state="claimed").exists()


def test_logs_that_begin_after_the_backup_are_not_complete(tmp_path):
    (row,) = posted(rehearsal=False)
    mode.begin("by hand", moment=BACKUP)
    log, ids = tmp_path / "mail.log", tmp_path / "ids"
    log.write_text(log_of(row.message_id, timezone.now(), queue="4cX7abcDE0", is_taken=False))
    with pytest.raises(CommandError, match="begins before"):
        settle(log, "--complete", "--really")
    assert states([row]) == ["queued"]

    ids.write_text(f"{row.message_id}\n")
    settle(ids, "--really")
    assert states([row]) == ["sent"]
