"""What one letter says: its writer's words, and the organization's, filled for one office; and what
it said, once it is sealed.

Which fields a writer has is said by supporters.people.WRITER_FIELDS; a letter as the office reads
it names those of campaigns.merge_fields.Writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from email import message_from_bytes, policy
from typing import Any

from actions.models import Action
from actions.models.typed import Typed, TypedWords
from actions.offices import holder_name
from campaigns import merge_fields, words
from campaigns.models import Ask
from legislators.lookup import Place
from supporters.people import WRITER_FIELDS
from worker.channels.cwc import document
from worker.channels.mime import clean_body
from worker.models import PAPER
from worker.paper.printed_letter import PrintedLetter

LOB = "lob"


@dataclass(frozen=True)
class Words:
    """A letter as its office reads it. Congress's systems have fields of their own: the `statement`
    beside the `text`.
    """

    subject: str
    text: str
    statement: str = ""


def sealed_words(channel: str, message: bytes) -> Words | None:
    """Those in an envelope, letter for letter; None where they were forgotten since, or cannot be
    read.
    """
    try:
        return read_envelope(channel, message) if message else None
    except ValueError:
        return None


def read_envelope(channel: str, message: bytes) -> Words:
    """Raises ValueError for what its channel does not know."""
    if channel == "cwc":
        said = document.texts_in(message)
        return Words(said["subject"], said["own_words"], said["statement"])
    if channel in (PAPER, LOB):
        printed = PrintedLetter.from_bytes(message)
        return Words(printed.subject, printed.as_text())
    mail = message_from_bytes(message, policy=policy.default)
    body = mail.get_body(("plain",))
    return Words(str(mail["Subject"]), merge_fields.plain_lines(body.get_content() if body else ""))


def whole_text(action: Action, place: Place) -> str:
    """The letter as the office reads it, from greeting to closing: the same characters whichever
    way it goes.
    """
    said = action.words_for(place.seat.pk)
    text = merge_fields.text_for(
        statement=said.statement,
        own_words=action.own_words,
        is_edited=said.is_edited,
        **addressing(action, place),
    )
    return clean_body(text)


def statement_for(action: Action, place: Place) -> str:
    """The organization's words in it, or what its writer made of them."""
    said, filling = action.words_for(place.seat.pk), addressing(action, place)
    return merge_fields.merge(said.statement, is_edited=said.is_edited, **filling)


def subject_line(action: Action, place: Place) -> str:
    """One line, at most campaigns.merge_fields.SUBJECT_LENGTH characters."""
    said = action.words_for(place.seat.pk)
    filled = merge_fields.subject_for(said.subject, **addressing(action, place))
    return filled or subject_of(action.ask)


def subject_of(ask: Ask) -> str:
    """What a letter is about whose own subject says nothing to its office."""
    return str(words.of(ask.campaign, "en").title)


def own_copy(action: Action) -> dict[str, str]:
    """The writer's subject and statement with their merge fields filled, as the first office reads
    them; without what speaks of an office while there is none.
    """
    letter = action.letters.select_related("seat__jurisdiction").order_by("pk").first()
    if letter is None:
        return before_any_office(action, writer_of(action))
    filled = merge_fields.values(
        seat=letter.seat,
        # Not today's holder: whoever was written to.
        holder_name=letter.holder_name,
        writer=writer_of(action),
        bill=action.ask.campaign.bill,
    )
    return filled_words(action.ask, action.words_for(letter.seat_id), filled)


def before_any_office(typed: Typed, writer: merge_fields.Writer) -> dict[str, str]:
    """Subject and statement as they are to their writer while no office is known."""
    said = typed.words
    return filled_words(
        typed.ask, said, merge_fields.general_values(writer, typed.ask.campaign.bill)
    )


def filled_words(ask: Ask, said: TypedWords, filled: dict[str, str]) -> dict[str, str]:
    subject = merge_fields.complete(said.subject, filled) or subject_of(ask)
    fill = merge_fields.fill_known if said.is_edited else merge_fields.complete
    return {"subject": subject, "statement": fill(said.statement, filled)}


def addressing(action: Action, place: Place) -> dict[str, Any]:
    """To whom and from whom: what a letter and its subject line are filled with
    (campaigns.merge_fields.text_for).
    """
    return {
        "seat": place.seat,
        "holder": place.holder.legislator if place.holder else None,
        "writer": writer_of(action),
        "bill": action.ask.campaign.bill,
    }


def merge_values(action: Action, place: Place) -> dict[str, str]:
    """What each merge field stands for in this writer's letter to this office."""
    return merge_fields.values(
        seat=place.seat,
        holder_name=holder_name(place),
        writer=writer_of(action),
        bill=action.ask.campaign.bill,
    )


def writer_of(action: Action) -> merge_fields.Writer:
    """With everything a letter may say of them."""
    return writer_from(writer_details(action))


def writer_from(typed: Mapping[str, str]) -> merge_fields.Writer:
    return merge_fields.Writer(
        **{one.name: typed.get(one.name, "") for one in fields(merge_fields.Writer)}
    )


def writer_details(action: Action) -> dict[str, str]:
    """What a letter may say of its writer: what they typed, and of somebody under 18 no street
    (docs/safety.md F3).
    """
    typed = typed_details(action)
    return {**typed, "street": ""} if is_young(action) else typed


def is_young(action: Action) -> bool:
    """Whether its writer is under 18, by this form or by one before it."""
    return action.writer.is_minor or bool(action.entry.get("is_minor"))


def typed_details(action: Action) -> dict[str, str]:
    """What the writer typed about themselves: with the action until their mailbox answers, with the
    supporter afterwards.
    """
    return action.entry or {name: getattr(action.writer, name) for name in WRITER_FIELDS}
