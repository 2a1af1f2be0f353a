"""The newest publications on the pages of an issue, a bill and a state (PIECES_OF_PAGES)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Bill, Issue, Publication
from campaigns.pages.pieces import Piece
from campaigns.publications.listing import shown, with_words

MOST = 4


def of_issue(issue: Issue) -> Piece | None:
    feed = reverse("campaigns:issue_feed", args=[issue.slug])
    return _piece(Publication.objects.filter(issues=issue), {"issue": issue.slug}, feed)


def of_bill(bill: Bill) -> Piece | None:
    return _piece(Publication.objects.filter(bills=bill))


def of_state(code: str) -> Piece | None:
    return _piece(Publication.objects.filter(states__code=code), {"state": code})


def _piece(found: Any, asked: dict[str, str] | None = None, feed: str = "") -> Piece | None:
    """Two queries, however many there are; None where nothing is public."""
    rows = list(with_words(found.public().order_by("-dated_on", "-pk"))[: MOST + 1])
    if not rows:
        return None
    all_of_them = f"{reverse('campaigns:publications')}?{urlencode(asked)}" if asked else ""
    context = {
        "rows": shown(rows[:MOST]),
        "level": "h3",
        "more": all_of_them if len(rows) > MOST else "",
        "feed": feed,
    }
    html = render_to_string("campaigns/publications/_piece.html", context)
    return Piece("publications", _("News and publications"), html)
