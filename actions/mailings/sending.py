"""A mailing's life: approved, called back while there is time, written to everybody, stopped.

At most one mail of a mailing to one mailbox, whatever crashes: its envelope's key names both, and
the outbox posts a key once. What the engine does with an envelope is the engine's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from accounts import audit
from actions.models import Mailing
from supporters.models import Supporter
from worker import outbox
from worker.background_job import BackgroundJob
from worker.engine import holds
from worker.models import Delivery, Hold, State

WAITS = dt.timedelta(minutes=30)
BATCH, SPAN = 200, 2_000  # mails in one transaction; ids that are looked through for them
WHY_PAUSED = "Paused on its own page."  # in English: for the people here
ON_ITS_WAY = (Mailing.State.SENDING, Mailing.State.POSTED, Mailing.State.FAILED)
Row = TypeVar("Row", bound=Mailing)


class NotReady(Exception):
    """It has no words in the site's own language, or nobody to go to."""


class TooLate(Exception):
    """Somebody was quicker, or its time to be called back is over."""


def job_of(model: type[Row], task: str) -> BackgroundJob[Row]:
    """Writing its mail, as work in the background."""
    return BackgroundJob(
        model,
        task=task,
        unfinished=Q(state=Mailing.State.SENDING),
        noted_at="goes_at",
        failed={"state": Mailing.State.FAILED},
    )


@dataclass(frozen=True)
class Mailings(Generic[Row]):
    """One kind of them: who reads it, and in which mail."""

    job: BackgroundJob[Row]
    readers: Callable[[Row], QuerySet[Supporter]]
    """In the order of their ids; several of one mailbox get one mail."""
    addressed: Callable[[Row], int]
    """How many mailboxes it would go to."""
    envelope: Callable[[Row, Supporter], outbox.Envelope]
    may_begin: Q = field(default_factory=Q)
    """Until then one whose time has come waits on."""

    @transaction.atomic
    def approve(
        self, row: Row, *, author: str, goes_at: dt.datetime | None = None, **changes: Any
    ) -> None:
        """Let it go then, else in half an hour; its words are fixed until it is called back.

        Raises NotReady, TooLate.
        """
        if not row.words.filter(language=settings.LANGUAGE_CODE).exists():
            raise NotReady("words")
        # For the page and the audit log; who gets it is asked once more when it is written.
        addressed = self.addressed(row)
        if not addressed:
            raise NotReady("nobody")
        change(
            row,
            Mailing.State.DRAFT,
            state=Mailing.State.WAITING,
            goes_at=goes_at or timezone.now() + WAITS,
            approved_by=author,
            addressed=addressed,
            **changes,
        )
        audit.record(
            author, f"{row.KIND} approved", str(row.public_id), mailboxes=addressed, **changes
        )

    def start_due(self) -> None:
        """Those whose time has come, and what stopped on its way. Beat calls it every minute."""
        due = self.job.model._default_manager.filter(
            self.may_begin, state=Mailing.State.WAITING, goes_at__lte=timezone.now()
        )
        ids = list(due.values_list("pk", flat=True))
        # Whoever calls one back meanwhile wins: it is waiting no more.
        if ids and due.filter(pk__in=ids).update(state=Mailing.State.SENDING):
            self.job.start(ids)
        self.job.sweep()

    def write(self, pk: int) -> None:
        """Post its mail, or the rest. Nothing happens where somebody else is at it, or it is
        done.
        """
        self.job.run(pk, self._write)

    def _write(self, row: Row) -> None:
        readers = self.readers(row)
        ids = Supporter.objects.aggregate(first=Min("pk"), last=Max("pk"))
        end = ids["last"] or 0
        row.last_key = max(row.last_key, (ids["first"] or 1) - 1)
        while row.last_key < end:
            # Where the ids have an end the database asks each of these, and not first everybody
            # who ever acted or said yes (at 200,000 people 2.3 s for a batch, against 0.1 s).
            until = min(row.last_key + SPAN, end)
            some = list(readers.filter(pk__gt=row.last_key, pk__lte=until)[:BATCH])
            self._post(row, some, last_key=some[-1].pk if len(some) == BATCH else until)
        # Who allows it only now, with an id behind the last key, hears of the next one.
        self.job.advance(row, state=Mailing.State.POSTED, posted_at=timezone.now())
        audit.record("worker", f"{row.KIND} written", str(row.public_id), mails=written(row))

    @transaction.atomic
    def _post(self, row: Row, some: list[Supporter], *, last_key: int) -> None:
        # First: who has been overtaken raises here, and posts nothing.
        self.job.advance(row, last_key=last_key, tries=0)
        # Of one mailbox the first; whoever of it comes in a later batch posts the same key again.
        by_mailbox = {supporter.mailbox: supporter for supporter in reversed(some)}
        outbox.post(self.envelope(row, supporter) for supporter in by_mailbox.values())


@transaction.atomic
def call_back(row: Mailing, *, author: str) -> None:
    """It is a draft again; nobody was written to. Raises TooLate."""
    change(row, Mailing.State.WAITING, state=Mailing.State.DRAFT, goes_at=None, approved_by="")
    audit.record(author, f"{row.KIND} called back", str(row.public_id))


@transaction.atomic
def stop(row: Mailing, *, author: str) -> None:
    """Write to nobody more. What waits in the outbox is cancelled as its turn comes
    (actions.mailings.final_check). Raises TooLate.
    """
    change(row, *ON_ITS_WAY, state=Mailing.State.STOPPED)
    # What a pause kept has its turn, and is cancelled too.
    holds.lift(Hold.Scope.CAMPAIGN, row.scope_key)
    audit.record(author, f"{row.KIND} stopped", str(row.public_id))


@transaction.atomic
def pause(row: Mailing, *, author: str) -> None:
    """Nothing more leaves until it goes on; what is still being written is written. Raises
    TooLate.
    """
    change(row, *ON_ITS_WAY, state=F("state"))
    holds.place(Hold.Scope.CAMPAIGN, row.scope_key, reason=WHY_PAUSED, author=author)
    audit.record(author, f"{row.KIND} paused", str(row.public_id))


@transaction.atomic
def go_on(row: Mailing, *, author: str) -> None:
    """After a pause, whose time does not count against its mail's. Raises TooLate."""
    if not holds.lift(Hold.Scope.CAMPAIGN, row.scope_key):
        raise TooLate
    audit.record(author, f"{row.KIND} went on", str(row.public_id))


@transaction.atomic
def remove(row: Mailing, *, author: str) -> None:
    """A draft is gone for good; anything else stays. Raises TooLate."""
    # By its state in the row: it may have been approved since the page was drawn.
    drafts = type(row)._default_manager.filter(pk=row.pk, state=Mailing.State.DRAFT)
    if not drafts.delete()[0]:
        raise TooLate
    audit.record(author, f"{row.KIND} removed", str(row.public_id))


def change(row: Mailing, *before: str, **changes: Any) -> None:
    """One conditional write: of two people at once one is told TooLate."""
    rows = type(row)._default_manager.filter(pk=row.pk, state__in=before)
    if not rows.update(**changes):
        raise TooLate
    row.refresh_from_db()


def written(row: Mailing) -> int:
    """Mails written so far."""
    return Delivery.objects.filter(scope_key=row.scope_key).count()


def what_became(row: Mailing) -> dict[str, int]:
    """Mails by state (worker.models.State), those that are none left out."""
    rows = Delivery.objects.filter(scope_key=row.scope_key).order_by()
    states = rows.values_list("state", flat=True)
    # One count a state: each is a range of the index (scope_key, state).
    counted = {state: states.filter(state=state).count() for state in State.values}
    return {state: number for state, number in counted.items() if number}
