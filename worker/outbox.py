"""The front door: envelopes are posted here, in the caller's transaction, and only ever leave after
it committed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Model, Q
from django.db.models.functions import Now
from django.utils import timezone

from worker.channels.mime import squeeze, wire_address
from worker.engine import transitions
from worker.engine.office_hours import OfficeHours, spread
from worker.models import LIFE, Delivery, State, WaitsFor
from worker.paper import batches
from worker.queue import wake_on_commit


@dataclass(frozen=True)
class Envelope:
    """What a room above hands in.

    `message` is complete and final; the keys mean something only to whoever posts.
    """

    key: str
    lane: str
    recipient: str
    subject: str
    message: bytes
    message_id: str
    sender_key: str = ""
    writer_key: str = ""
    recipient_key: str = ""
    scope_key: str = ""
    rehearsal: bool = True
    awaits_confirmation: bool = False
    due_at: dt.datetime | None = None
    expires_after: dt.timedelta = LIFE
    channel: str = "email"
    hours: str = ""


class KeyTaken(Exception):
    """Another envelope already carries this Message-ID under a different key."""


@transaction.atomic
def post(envelopes: Iterable[Envelope]) -> list[Delivery]:
    """Put envelopes in the outbox, in the order given; the rows come back without their message.

    Posting a key again changes nothing and returns the row that stands. Two queries whatever the
    number. Two more when real letters go at once. Raises BadMessage for a recipient no mail can be
    written to, ValueError for hours that are none, KeyTaken for a Message-ID that is in use.
    """
    envelopes = list(envelopes)
    if not envelopes:
        return []
    # One moment for all, by which those that go at once are known again below.
    now = timezone.now()
    # In key order, so that two people posting the same keys cannot wait for each other.
    Delivery.objects.bulk_create(
        sorted((seal(e, now) for e in envelopes), key=lambda row: row.key), ignore_conflicts=True
    )
    rows = {
        row.key: row
        for row in Delivery.objects.filter(key__in=[e.key for e in envelopes]).defer("message")
    }
    # ignore_conflicts also swallows a Message-ID that is taken: then no row stands under its key.
    if missing := [e.key for e in envelopes if e.key not in rows]:
        raise KeyTaken(missing[0])
    let_go(rows.values(), now)
    return [rows[e.key] for e in envelopes]


def post_new(envelope: Envelope) -> Delivery:
    """One whose key nobody can have posted before: one query, in the caller's transaction.

    A key that was posted breaks that transaction. Raises as `post` does otherwise.
    """
    now = timezone.now()
    row = seal(envelope, now)
    insert(row)
    let_go([row], now)
    return row


def insert(row: Model) -> None:
    """As `bulk_create([row])`, of any room's model, for a row that somebody waits for: Django takes
    longer to spell out an INSERT of forty columns than PostgreSQL to do it.

    Not for models that leave a value to the database (a `db_default` without a `default`).
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = row._meta.local_concrete_fields[1:]
    with connection.cursor() as cursor:
        values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
        cursor.execute(statement(type(row), connection.vendor), values)
        [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def statement(model: type[Model], vendor: str) -> str:
    """`vendor`: names are quoted its way."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    key, *others = (quote(field.column or "") for field in model._meta.local_concrete_fields)
    holes = ", ".join(["%s"] * len(others))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(others)})"
    return f"{into} VALUES ({holes}) RETURNING {key}"


def let_go(rows: Collection[Delivery], now: dt.datetime) -> None:
    """Those of these new rows that may, once the caller's transaction is committed."""
    wake_on_commit({row.lane for row in rows if row.state == State.QUEUED and row.due_at <= now})
    real = [
        row.pk
        for row in rows
        if row.state == State.QUEUED
        and row.due_at == now
        and not row.rehearsal
        # Mail to no office has no moment of its own.
        and row.recipient_key
    ]
    if real:
        spread(real)


def seal(envelope: Envelope, now: dt.datetime) -> Delivery:
    """The row as it will stand. Raises as `post` does."""
    if envelope.hours:
        # Only to refuse what is none while the caller is there: read later, it would break a
        # release of many.
        OfficeHours.parse(envelope.hours)
    due_at = envelope.due_at or now
    # Other channels name an office, or whoever gets the paper.
    is_mail = envelope.channel == "email"
    recipient = wire_address(envelope.recipient) if is_mail else envelope.recipient[:254]
    return Delivery(
        key=envelope.key,
        # A lane only groups. A very long domain that is cut still groups what goes there.
        lane=envelope.lane[:80],
        recipient=recipient,
        subject=squeeze(envelope.subject)[:300],
        message=envelope.message,
        message_id=envelope.message_id,
        sender_key=envelope.sender_key,
        writer_key=envelope.writer_key,
        recipient_key=envelope.recipient_key,
        scope_key=envelope.scope_key,
        rehearsal=envelope.rehearsal,
        channel=envelope.channel,
        hours=envelope.hours,
        state=State.WAITING if envelope.awaits_confirmation else State.QUEUED,
        due_at=due_at,
        expires_at=due_at + envelope.expires_after,
    )


@transaction.atomic
def release(
    ids: Iterable[int], *, author: str = "confirmation", waits_for: str = WaitsFor.CONFIRMATION
) -> int:
    """Let envelopes go that wait for this: rehearsals at once, real letters when their office
    is there and its turn comes.

    Their time to live starts again then. Returns how many there were.
    """
    fresh_life = ExpressionWrapper(
        Now() + (F("expires_at") - F("due_at")), output_field=DateTimeField()
    )
    waiting = Delivery.objects.filter(pk__in=list(ids), state=State.WAITING, waits_for=waits_for)
    released = transitions.move(
        waiting, State.QUEUED, author=author, waits_for="", due_at=Now(), expires_at=fresh_life
    )
    lanes = set(
        Delivery.objects.filter(pk__in=released).values_list("lane", "rehearsal").distinct()
    )
    # Only to save queries: spread leaves rehearsals alone by itself.
    if not all(rehearsal for _, rehearsal in lanes):
        spread(released)
    wake_on_commit({lane for lane, _ in lanes})
    return len(released)


def keep_waiting(ids: Iterable[int], *, waits_for: str, reason: str, author: str) -> int:
    """Keep waiting envelopes here until they are released by name, also those that wait for
    something else by name.

    What waits for its confirmation goes on waiting for that. Returns how many that were.
    """
    by_name = Q(state=State.WAITING) & ~Q(waits_for=WaitsFor.CONFIRMATION)
    # What waits for just this already stays as it is: no second attempt says the same.
    waiting = Delivery.objects.filter(Q(state=State.QUEUED) | by_name, pk__in=list(ids)).exclude(
        state=State.WAITING, waits_for=waits_for
    )
    return len(
        transitions.move(waiting, State.WAITING, author=author, answer=reason, waits_for=waits_for)
    )


@transaction.atomic
def cancel(ids: Iterable[int], *, reason: str, author: str) -> int:
    """Keep envelopes from leaving.

    Only those nobody has begun to send, or has printed but not mailed; returns how many.

    A worker that has claimed one, but not begun it, finds it gone (worker.engine.transitions).
    """
    ids = list(ids)
    # A claim with a lease is a worker's; one without is a print batch's, which lets go below.
    claimed = Q(state=State.CLAIMED, lease_until__isnull=False)
    waiting = Delivery.objects.filter(
        Q(state__in=[State.WAITING, State.QUEUED]) | claimed, pk__in=ids
    )
    moved = transitions.move(
        waiting,
        State.CANCELLED,
        author=author,
        answer=reason,
        claim="",
        lease_until=None,
        settled_at=Now(),
    )
    return len(moved) + len(batches.withdrawn(ids, author=author, reason=reason))
