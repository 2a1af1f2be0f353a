"""Sign-on letters on the pages of an issue, a bill and a state (PIECES_OF_PAGES): those that can be
signed, then those that were delivered.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from actions.sign_ons import showing
from campaigns.models import Bill, Issue, SignOn
from campaigns.pages.pieces import Piece

MOST = 4


def of_issue(issue: Issue) -> Piece | None:
    """Of an issue."""
    return _piece(SignOn.objects.filter(issues=issue))


def of_bill(bill: Bill) -> Piece | None:
    """Of a bill."""
    return _piece(SignOn.objects.filter(bills=bill))


def of_state(code: str) -> Piece | None:
    """Of a state, by its code."""
    return _piece(SignOn.objects.filter(states__code=code))


def _piece(letters: Any) -> Piece | None:
    """Three queries, however many there are; None where nothing is public."""
    rows = list(letters.public().order_by("-closes_at", "-pk").prefetch_related("words")[:MOST])
    if not rows:
        return None
    rows.sort(key=lambda row: not row.is_open)
    context = {"cards": showing.cards(rows), "level": "h3"}
    html = render_to_string("actions/sign_ons/_cards.html", context)
    return Piece("sign-ons", _("Letters that organizations sign"), html)
