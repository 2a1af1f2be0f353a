"""An update's life: approved, called back while its half hour lasts, written to everybody, stopped.

At most one mail of an update to one mailbox, whatever crashes: its envelope's key names both, and
the outbox posts a key once. What the engine does with an envelope is the engine's.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from actions.models import Update
from actions.updates.audience import mailboxes, readers
from actions.updates.mailing import envelope
from supporters.models import Supporter
from worker import outbox
from worker.background_job import BackgroundJob
from worker.models import Delivery, State

WAITS = dt.timedelta(minutes=30)
BATCH = 200
JOB = BackgroundJob(
    Update,
    task="actions.tasks.write_update",
    unfinished=Q(state=Update.State.SENDING),
    noted_at="goes_at",
    failed={"state": Update.State.FAILED},
)


class NotReady(Exception):
    """It has no words in the site's own language, or nobody to go to."""


class TooLate(Exception):
    """Somebody was quicker, or its half hour is over."""


@transaction.atomic
def approve(update: Update, *, author: str) -> None:
    """Let it go in half an hour; its words are fixed until it is called back.

    Raises NotReady, TooLate.
    """
    if not update.words.filter(language=settings.LANGUAGE_CODE).exists():
        raise NotReady("words")
    # For the page and the audit log; who gets it is asked once more when it is written.
    addressed = mailboxes(update.campaign)
    if not addressed:
        raise NotReady("nobody")
    change(
        update,
        Update.State.DRAFT,
        state=Update.State.WAITING,
        goes_at=timezone.now() + WAITS,
        approved_by=author,
        addressed=addressed,
    )
    audit.record(author, "update approved", str(update.public_id), mailboxes=addressed)


@transaction.atomic
def call_back(update: Update, *, author: str) -> None:
    """It is a draft again; nobody was written to. Raises TooLate."""
    change(update, Update.State.WAITING, state=Update.State.DRAFT, goes_at=None, approved_by="")
    audit.record(author, "update called back", str(update.public_id))


@transaction.atomic
def stop(update: Update, *, author: str) -> None:
    """Write to nobody more. What waits in the outbox is cancelled as its turn comes
    (actions.updates.final_check). Raises TooLate.
    """
    change(update, *ON_ITS_WAY, state=Update.State.STOPPED)
    audit.record(author, "update stopped", str(update.public_id))


ON_ITS_WAY = (Update.State.SENDING, Update.State.POSTED, Update.State.FAILED)


def change(update: Update, *before: str, **changes: object) -> None:
    """One conditional write: of two people at once one is told TooLate."""
    if not Update.objects.filter(pk=update.pk, state__in=before).update(**changes):
        raise TooLate
    update.refresh_from_db()


def start_due() -> None:
    """Those whose half hour is over, and what stopped on its way. Beat calls it every minute."""
    due = Update.objects.filter(state=Update.State.WAITING, goes_at__lte=timezone.now())
    ids = list(due.values_list("pk", flat=True))
    # Whoever calls one back meanwhile wins: it is waiting no more.
    if ids and due.filter(pk__in=ids).update(state=Update.State.SENDING):
        JOB.start(ids)
    JOB.sweep()


def write(update_id: int) -> None:
    """Post its mail, or the rest. Nothing happens where somebody else is at it, or it is done."""
    JOB.run(update_id, _write)


def _write(update: Update) -> None:
    while some := list(readers(update.campaign).filter(pk__gt=update.last_key)[:BATCH]):
        _post(update, some)
    # Who allows it only now, with an id behind the last key, hears of the next one.
    JOB.advance(update, state=Update.State.POSTED, posted_at=timezone.now())
    audit.record("worker", "update written", str(update.public_id), mails=written(update))


@transaction.atomic
def _post(update: Update, some: list[Supporter]) -> None:
    # First: who has been overtaken raises here, and posts nothing.
    JOB.advance(update, last_key=some[-1].pk, tries=0)
    # Of one mailbox the first; whoever of it comes in a later batch posts the same key again.
    by_mailbox = {supporter.mailbox: supporter for supporter in reversed(some)}
    outbox.post(envelope(update, supporter) for supporter in by_mailbox.values())


def written(update: Update) -> int:
    """Mails written so far."""
    return Delivery.objects.filter(scope_key=update.scope_key).count()


def what_became(update: Update) -> dict[str, int]:
    """Mails by state (worker.models.State), those that are none left out."""
    rows = Delivery.objects.filter(scope_key=update.scope_key).order_by()
    states = rows.values_list("state", flat=True)
    # One count a state: each is a range of the index (scope_key, state).
    counted = {state: states.filter(state=state).count() for state in State.values}
    return {state: number for state, number in counted.items() if number}
