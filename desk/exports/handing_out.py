"""A file leaves by a link: good for a quarter of an hour, for three starts, and gone once its last
byte is sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from desk.exports.job import content_of
from desk.models import Export

LASTS = dt.timedelta(minutes=15)
STARTS = 3


class Gone(Exception):
    """The link is used up, or its file is."""


@transaction.atomic
def make_link(export: Export, to: User) -> str:
    """A token for the one who asked; an earlier one works no more. Raises Gone."""
    # Only its hash is kept: who reads the database takes no list away.
    token, now = secrets.token_urlsafe(32), timezone.now()
    ready = Export.objects.filter(
        pk=export.pk, author=to, state=Export.State.READY, expires_at__gt=now
    ).exclude(salt="")
    if not ready.update(link_hash=_hash(token), link_ends_at=now + LASTS, link_starts=0):
        raise Gone
    audit.record(to.email, "export link made", str(export.public_id))
    return token


@transaction.atomic
def start(export: Export, token: str, to: User) -> Iterator[bytes]:
    """The file, a part at a time. Written down before the first byte. Raises Gone."""
    alive = Export.objects.filter(
        pk=export.pk,
        author=to,
        state=Export.State.READY,
        expires_at__gt=timezone.now(),
        link_hash=_hash(token),
        link_ends_at__gt=timezone.now(),
        link_starts__lt=STARTS,
    )
    # Counted by the database: of four at once one finds it used up.
    if not alive.update(link_starts=F("link_starts") + 1):
        raise Gone
    export.refresh_from_db()
    facts = {
        "kind": export.kind,
        "purpose": export.purpose,
        "purpose_key": export.purpose_key,
        "rows": export.rows_done,
        "sha256": export.sha256,
        "start": export.link_starts,
    }
    audit.record(to.email, "export downloaded", str(export.public_id), **facts)
    return _all_of(export, to)


def _all_of(export: Export, to: User) -> Iterator[bytes]:
    # Whoever goes away in between ends this at a `yield`, and nothing below it runs.
    yield from content_of(export, of_workbook=export.format == Export.Format.XLSX)
    _use_up(export, to)


@transaction.atomic
def _use_up(export: Export, to: User) -> None:
    """The last byte is sent: what was sealed goes. Of two at once the first one does it."""
    same = Export.objects.filter(pk=export.pk, state=Export.State.READY)
    if same.update(state=Export.State.TAKEN, link_hash="", salt=""):
        export.parts.all().delete()
        audit.record(to.email, "export taken", str(export.public_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
