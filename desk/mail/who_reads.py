"""Who reads what of supporters in the outbox.

Their mailboxes, their words and the mail that we send them need the right to see supporters.
Whoever may read the outbox without it sees that letters go, to which office, and how they stand.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns import brand
from supporters.mail import LANES
from worker.models import CaughtMail, Delivery

RIGHT, REVIEWS = "see_supporters", "review_stories"
# The pages of a story's teller, and of somebody who acts.
TOLD = ("own", "hero-confirm", "hero", "hero-withdraw")


def sees_supporters(request: HttpRequest) -> bool:
    return request.user.has_perm(f"accounts.{RIGHT}")


def readable(request: HttpRequest, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of these deliveries that this person may see: all, or those to offices."""
    return rows if sees_supporters(request) else rows.exclude(lane__in=LANES)


def insist_on_lane(request: HttpRequest, lane: str) -> None:
    """Raises PermissionDenied where supporters' own mail is not theirs to see."""
    if lane in LANES and not sees_supporters(request):
        raise PermissionDenied


def hidden_links(request: HttpRequest, mail: CaughtMail) -> Collection[str]:
    """By purpose, those by which one would act for somebody who tells of themselves: in practice
    all others work, so that it can be practised. One's own work too, and all of a demonstration.
    """
    is_own = mail.recipient.lower() == request.user.get_username().lower()
    may_read = request.user.has_perm(f"accounts.{REVIEWS}")
    return () if is_own or may_read or brand.current().is_demo else TOLD


def readable_mail(request: HttpRequest) -> QuerySet[CaughtMail]:
    """Everything that was caught; or, without the right, what was mailed to oneself: a test of
    one's own letter.
    """
    caught: QuerySet[CaughtMail] = CaughtMail.objects.all()
    if sees_supporters(request):
        return caught
    own: Any = request.user.get_username()
    return caught.filter(recipient__iexact=own)
