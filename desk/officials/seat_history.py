"""Who held a seat, as far as is known, and what people here said of it."""

from __future__ import annotations

from typing import Any

from legislators.models import SaidHolder, Seat, Term


def seat_history(seat: Seat) -> dict[str, Any]:
    """`terms` and `sayings`, the newest first."""
    terms = Term.objects.filter(seat=seat).select_related("legislator", "source")
    said = SaidHolder.objects.filter(seat=seat).select_related("legislator", "roster_legislator")
    return {"terms": list(terms.order_by("-pk")), "sayings": list(said)}
