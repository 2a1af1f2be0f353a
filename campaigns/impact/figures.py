"""The figures as everybody reads them: what is counted, and what was set by hand."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils.translation import get_language

from campaigns import brand
from campaigns.impact.counting import counted
from campaigns.models import Counted, Figure


class Shown(NamedTuple):
    key: str
    """A Counted, or "figure-" and its number."""
    label: str
    number: int
    source: str = ""
    """Blank: counted here, from rows."""
    source_url: str = ""
    dated_on: dt.date | None = None


def figures() -> list[Shown]:
    """In the language of the page: those counted first, each but nothing; then the others. One
    query more than `counted`.
    """
    rows = Figure.objects.all()
    if not brand.shown().is_demo:
        rows = rows.filter(is_demo=False)
    by_hand = list(rows)
    instead = {row.instead_of: by_hand_shown(row) for row in by_hand if row.instead_of}
    numbers = counted()
    shown = [
        instead.get(one.value) or Shown(one.value, str(one.label), numbers.get(one.value, 0))
        for one in Counted
    ]
    return [one for one in shown if one.number or one.source] + [
        by_hand_shown(row) for row in by_hand if not row.instead_of
    ]


def by_hand_shown(row: Figure) -> Shown:
    """Named in the page's language, else in the one that there is."""
    named = row.labels.get(get_language() or "") or next(iter(row.labels.values()), "")
    return Shown(
        row.instead_of or f"figure-{row.pk}",
        named or str(row.get_instead_of_display()),
        row.number,
        row.source,
        row.source_url,
        row.dated_on,
    )
