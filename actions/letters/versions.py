"""A letter's words for one of its seats: an action has those of its form, and others for the seats
that a version of the letter is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.typed import Typed


@dataclass(frozen=True)
class TypedWords:
    """As its writer left them, merge fields and all; `is_edited`: the statement is their own."""

    subject: str
    statement: str
    is_edited: bool


def words_for(typed: Typed, seat_id: int) -> TypedWords:
    """What it says to this seat."""
    for version in typed.versions:
        if seat_id in version["seats"]:
            return TypedWords(version["subject"], version["statement"], version["is_edited"])
    return TypedWords(typed.subject, typed.statement, typed.statement_edited)


def as_row(words: TypedWords, seats: list[int]) -> dict[str, Any]:
    """As a submission and an action keep it in `versions`."""
    return {
        "seats": seats,
        "subject": words.subject,
        "statement": words.statement,
        "is_edited": words.is_edited,
    }


def edited_statements(typed: Typed) -> list[str]:
    """Every statement that its writer made their own."""
    own = [typed.statement] if typed.statement_edited else []
    return own + [version["statement"] for version in typed.versions if version["is_edited"]]
