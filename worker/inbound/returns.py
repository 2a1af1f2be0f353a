"""The door for what comes back: matched to its delivery, kept once, and its consequence drawn, all
or nothing.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from worker.channels import email, verp
from worker.engine import transitions
from worker.inbound.dead_addresses import find_dead
from worker.inbound.parse import InboundReport, read_mail
from worker.inbound.policy_blocks import stop_if_refused
from worker.models import Delivery, Return, State

# Whose word it is, on the attempt: a failure that came back, and what only proves that the letter
# left.
BOUNCE, PROOF = "bounce", "return"
# What of these came back has certainly left. A worker that still waits for its answer finds nothing
# of its own (worker.engine.transitions).
OPEN_TO_PROOF = (State.DATA, State.UNCERTAIN)
# A letter that was refused for now, and failed meanwhile by what was taken of it after all, is not
# sent again.
MAY_HAVE_LEFT = Q(state__in=[State.SENT, *OPEN_TO_PROOF]) | Q(
    state=State.QUEUED, attempts_made__gt=0
)

UNMATCHED_KEPT = timedelta(days=30)
# Answers go to the writer, whom Reply-To names. Who answers to us instead hears that from their own
# mail server: nothing is lost silently.
REFUSAL = "Nobody reads this address. Please answer to the writer's own address, in Reply-To."


def is_turned_away(kept: Return) -> bool:
    """A person's answer, whose words we do not keep: its sender has to hear that."""
    return kept.kind == Return.Kind.REPLY


def take_in_mail(
    message: bytes, *, recipient: str, sender: str | None = None, source: str = "listener"
) -> Return:
    """Read one inbound mail and draw its consequence.

    The same mail again changes nothing and gives the same Return.

    `recipient` is the envelope's, `sender` its MAIL FROM where that is known. A mail about no
    letter of ours is kept without its words. Never raises for what is in the mail.
    """
    report = read_mail(message, sender=sender)
    return note_return(
        report, whose(recipient, report), digest=digest(recipient, message), source=source
    )


@transaction.atomic
def note_return(
    report: InboundReport, delivery: Delivery | None, *, digest: str, source: str
) -> Return:
    """Keep what was reported about a delivery, by whichever channel, once for each digest."""
    # Guessed from somebody's own wording: about another address than ours it ends no letter.
    if report.in_no_standard and not (delivery and delivery.recipient.lower() in report.about):
        report = InboundReport(Return.Kind.UNCLEAR)
    row, is_new = Return.objects.get_or_create(
        digest=digest,
        defaults={
            "delivery": delivery,
            "kind": report.kind,
            "status": report.status[:12],
            "code": report.code,
            "words": without_code(report) if delivery else "",
            "source": source,
        },
    )
    if is_new and delivery:
        follow(row, delivery)
    return row


def without_code(report: InboundReport) -> str:
    """The code stands beside the words already."""
    return report.words.removeprefix(str(report.code or "")).lstrip(" -")


def whose(recipient: str, report: InboundReport) -> Delivery | None:
    """By the return address it came to, or the one it names; then by the Message-ID of the letter
    it answers or brings back.
    """
    for address in (recipient, report.returned_to):
        if reference := verp.reference(address):
            return the_only(Q(public_id=reference))
    if answered := email.answered(recipient):
        return the_only(Q(message_id=answered))
    return the_only(Q(message_id__in=report.mentions))


def the_only(which: Q) -> Delivery | None:
    """None where several fit: a guess would settle somebody else's letter."""
    found = list(Delivery.objects.filter(which).defer("message")[:2])
    return found[0] if len(found) == 1 else None


def follow(row: Return, delivery: Delivery) -> None:
    """A failure ends what may have left.

    Whatever else comes back proves that it did leave: doubt ends.
    """
    mine = Delivery.objects.filter(pk=delivery.pk)
    settled: dict[str, Any] = {"claim": "", "lease_until": None, "settled_at": Now()}
    if row.kind == Return.Kind.FAILED:
        if transitions.move(
            mine.filter(MAY_HAVE_LEFT),
            State.FAILED,
            author=BOUNCE,
            answer=words_with_status(row),
            code=row.code,
            **settled,
        ):
            find_dead({delivery.recipient.lower()})
            stop_if_refused(delivery)
    # What nobody understands proves nothing.
    elif row.kind != Return.Kind.UNCLEAR:
        said = f"{row.get_kind_display()}. {words_with_status(row)}".strip()
        transitions.move(
            mine.filter(state__in=OPEN_TO_PROOF),
            State.SENT,
            author=PROOF,
            answer=said,
            code=row.code,
            **settled,
        )


def words_with_status(row: Return) -> str:
    """The server's words with its status, which some say apart."""
    return row.words if row.status in row.words else f"{row.status} {row.words}"


def digest(recipient: str, message: bytes) -> str:
    """The same for the same mail, also when it comes another way: of its head only what is not
    added on each.
    """
    head, _, body = message.replace(b"\r\n", b"\n").partition(b"\n\n")
    own = sorted(
        line.strip()
        for line in head.split(b"\n")
        if line.lower().startswith((b"message-id:", b"date:"))
    )
    return hashlib.sha256(
        b"\n".join([recipient.lower().encode("utf-8", "replace"), *own, body.strip()])
    ).hexdigest()


def forget_unmatched() -> None:
    """What was about nothing of ours is kept for a month, for whoever looks for a fault."""
    Return.objects.filter(delivery=None, at__lt=Now() - UNMATCHED_KEPT).delete()
