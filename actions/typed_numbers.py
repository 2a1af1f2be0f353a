"""Whole numbers that somebody may have typed into an address, a query or a hidden field.

No row has more than 18 digits: what is longer is nothing of ours, and SQLite would stumble over it.
Addresses say `<number:seat_id>` (`<int:...>` would take any length).
"""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter

DIGITS = 18


class NumberConverter(IntConverter):
    """A number in an address; a longer one is an address that there is not."""

    regex = f"[0-9]{{1,{DIGITS}}}"


register_converter(NumberConverter, "number")


def typed_number(text: str | None) -> int:
    """The number that was typed; 0 for anything else, and for what no row could have."""
    return int(text) if text and text.isdecimal() and len(text) <= DIGITS else 0
