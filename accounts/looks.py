"""Who looked at somebody, or changed what we hold of them: lines of the audit log, by id."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry

SEEN = "supporter seen"
# Who goes to and fro between a page and its forms looked once.
ONCE_IN = dt.timedelta(minutes=15)


@transaction.atomic
def note_look(actor: str, subject: str, *, deed: str = SEEN) -> None:
    """This person opened that page. Once in a quarter of an hour."""
    lately = timezone.now() - ONCE_IN
    # Of two at once both may write a line: one too many says nothing wrong.
    of_theirs = AuditEntry.objects.filter(subject=subject, deed=deed, actor=actor)
    if not of_theirs.filter(at__gt=lately).exists():
        audit.record(actor, deed, subject)


def lines_about(subject: str) -> QuerySet[AuditEntry]:
    """Everything that was written down of it, the newest first."""
    lines: QuerySet[AuditEntry] = AuditEntry.objects.filter(subject=subject)
    return lines.order_by("-id")
