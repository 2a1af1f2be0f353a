"""What one letter says: its writer's words, and the organization's, filled for one office.

Which fields a writer has is said by supporters.people.WRITER_FIELDS; a letter as the office reads
it names those of campaigns.letters.Writer.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from actions.models import Action
from actions.offices import holder_name
from campaigns import letters
from legislators.lookup import Place
from supporters.people import WRITER_FIELDS


def whole_text(action: Action, place: Place) -> str:
    """The letter as the office reads it, from greeting to closing."""
    return letters.text_for(
        statement=action.statement, own_words=action.own_words, **addressing(action, place)
    )


def subject_line(action: Action, place: Place) -> str:
    """One line, at most campaigns.letters.SUBJECT_LENGTH characters."""
    return letters.subject_for(action.subject, **addressing(action, place))


def own_copy(action: Action) -> dict[str, str]:
    """The writer's subject and statement with their merge fields filled, as the first office reads
    them; as typed while there is none.
    """
    typed = {"subject": action.subject, "statement": action.statement}
    letter = action.letters.select_related("seat__jurisdiction").order_by("pk").first()
    if letter is None:
        return typed
    filled = letters.values(
        seat=letter.seat,
        # Not today's holder: whoever was written to.
        holder_name=letter.holder_name,
        writer=writer_of(action),
        bill=action.ask.campaign.bill,
    )
    return {name: letters.fill(text, filled) for name, text in typed.items()}


def addressing(action: Action, place: Place) -> dict[str, Any]:
    """To whom and from whom: what a letter and its subject line are filled with
    (campaigns.letters.text_for).
    """
    return {
        "seat": place.seat,
        "holder": place.holder.legislator if place.holder else None,
        "writer": writer_of(action),
        "bill": action.ask.campaign.bill,
    }


def merge_values(action: Action, place: Place) -> dict[str, str]:
    """What each merge field stands for in this writer's letter to this office."""
    return letters.values(
        seat=place.seat,
        holder_name=holder_name(place),
        writer=writer_of(action),
        bill=action.ask.campaign.bill,
    )


def writer_of(action: Action) -> letters.Writer:
    """With everything a letter may say of them."""
    typed = writer_details(action)
    return letters.Writer(**{one.name: typed.get(one.name, "") for one in fields(letters.Writer)})


def writer_details(action: Action) -> dict[str, str]:
    """What a letter may say of its writer: what they typed, and of somebody under 18 no street
    (docs/safety.md F3).
    """
    typed = typed_details(action)
    return {**typed, "street": ""} if is_young(action) else typed


def is_young(action: Action) -> bool:
    """Whether its writer is under 18, by this form or by one before it."""
    return action.supporter.is_minor or bool(action.entry.get("is_minor"))


def typed_details(action: Action) -> dict[str, str]:
    """What the writer typed about themselves: with the action until their mailbox answers, with the
    supporter afterwards.
    """
    return action.entry or {name: getattr(action.supporter, name) for name in WRITER_FIELDS}
