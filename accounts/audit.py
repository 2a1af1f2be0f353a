"""The audit log: what people who work here did.

Append-only, each line carrying the hash of the one before.

The hash is keyed (HASH_KEY), so somebody who can write to the database but not read the secrets
cannot forge a chain. The head row remembers the newest hash: it makes writers take turns, and shows
when lines were cut off the end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEntry, AuditHead


@transaction.atomic
def record(actor: str, deed: str, subject: str, **detail: Any) -> AuditEntry:
    """Write one line inside the caller's transaction: the deed and its line stand or fall together.

    Holds the head row until that transaction ends, so call it last and keep what follows short.
    Detail must be plain JSON values (fractions are kept as text, dates as their text); never put a
    supporter's data in it.
    """
    head = _take_turn()
    entry = AuditEntry(
        at=timezone.now(),
        # Cut here and not by the database: what is hashed must be what is stored.
        actor=actor[:254],
        deed=deed[:60],
        subject=str(subject)[:200],
        detail=_plain(detail),
    )
    entry.previous_hash = head.hash
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(hash=entry.hash)
    return entry


def verify() -> int | None:
    """The id of the first line that does not fit, None when the chain is whole.

    Lines missing from the end are reported as the id after the last one left.
    """
    previous, last_id = "", 0
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_hash != previous or not hmac.compare_digest(entry.hash, _hash(entry)):
            return entry.pk
        previous, last_id = entry.hash, entry.pk
    head = AuditHead.objects.filter(pk=1).first()
    return None if previous == (head.hash if head else "") else last_id + 1


def _take_turn() -> AuditHead:
    """Lock the head. On SQLite the transaction itself is the lock (transaction_mode=IMMEDIATE)."""
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
    return head


def _plain(detail: dict[str, Any]) -> dict[str, Any]:
    """Detail as any database gives it back.

    PostgreSQL rewrites fractions (1e22), which would look like tampering.
    """
    plain: dict[str, Any] = json.loads(json.dumps(detail, default=str), parse_float=str)
    return plain


def _hash(entry: AuditEntry) -> str:
    line = [
        entry.previous_hash,
        # One zone, whichever one the database gives it back in.
        entry.at.astimezone(dt.UTC).isoformat(),
        entry.actor,
        entry.deed,
        entry.subject,
        entry.detail,
    ]
    text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(
        f"audit:{settings.HASH_KEY}".encode(), text.encode(), hashlib.sha256
    ).hexdigest()
