"""What wants a person: first what nobody knows, longest first; then what failed, newest first, with
the other side's last words.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from actions.models import Action, Letter
from desk.access import needs
from desk.at_most import count_at_most, counted
from desk.mail.office_history import office_of
from desk.mail.who_reads import readable
from desk.sorting import Column, Table
from supporters.mail import LANE, LANES
from worker.models import Delivery, State

ON_A_PAGE = 50
FAILED = [
    Column("subject", _("Subject")),
    Column("to", _("To")),
    Column("words", _("Last words")),
    Column("since", _("Failed"), by="settled_at", falls=True),
]


@needs("see_outbox")
def uncertain(request: HttpRequest) -> HttpResponse:
    """Two lists: in doubt, longest first; failed, newest first or oldest."""
    doubt, failed = readable(request, in_doubt()), failures()
    page = Table(request, FAILED, usual="-since").by_key(failed.prefetch_related("attempts"))
    mails = readable(request, Delivery.objects.filter(state=State.FAILED, lane__in=LANES))
    context = page | {
        "doubt": [
            _row(row)
            for row in doubt.order_by("settled_at", "pk").prefetch_related("attempts")[:ON_A_PAGE]
        ],
        "doubt_total": count_at_most(doubt),
        "doubt_said": counted(doubt),
        "failed": [_row(row) for row in page["rows"]],
        "failed_said": counted(failed),
        "mail_lane": LANE,
        "mail_total": count_at_most(mails),
        "mail_said": counted(mails),
    }
    return render(request, "desk/uncertain.html", context)


def in_doubt() -> QuerySet[Delivery]:
    """Deliveries of which nobody knows whether they left, without their text."""
    found: QuerySet[Delivery] = Delivery.objects.defer("message").filter(state=State.UNCERTAIN)
    return found


def failures() -> QuerySet[Delivery]:
    """To offices.

    Without what needs nobody any more: taken back, sent by its writer by hand, or on another way
    since.
    """
    over = Letter.objects.filter(delivery=OuterRef("pk")).filter(
        ~Q(reported_at=None) | Q(action__state=Action.State.WITHDRAWN) | Q(action__supporter=None)
    )
    found: QuerySet[Delivery] = (
        Delivery.objects.defer("message")
        .filter(state=State.FAILED)
        .exclude(lane__in=LANES)
        .exclude(Exists(over))
    )
    # A letter to an office that no letter of ours names: it took another way since
    # (docs/decisions/0015). The letter itself and not whether there is one, for which PostgreSQL
    # would make a table of all letters.
    letter = Subquery(Letter.objects.filter(delivery=OuterRef("pk")).values("pk")[:1])
    return found.alias(letter=letter).exclude(letter=None, recipient_key__startswith="seat:")


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery,
        # Not .last(), which would ask again for each row although all are prefetched.
        "last": next(reversed(list(delivery.attempts.all())), None),
        "seat_id": office_of(delivery),
    }
