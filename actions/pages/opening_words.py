"""The organization's words as a supporter first reads them: filled with what is known by now, and
without what is said to one office only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from actions.letters.text import subject_of
from actions.offices import holder_name
from actions.pages.addressees import FirstStep
from campaigns import letters, words
from campaigns.models import Ask


@dataclass(frozen=True)
class Words:
    """A letter's words as its form sends them; `is_edited`: the statement is its writer's own."""

    subject: str
    statement: str
    is_edited: bool


def opening_words(first: FirstStep) -> dict[str, str]:
    """`subject` and `statement` of a letter, without a brace."""
    ask = first.ask
    if ask.kind != Ask.Kind.LETTER:
        return {}
    known = known_to_all(first)
    return {
        "subject": letters.complete(ask.letter_subject, known) or subject_of(ask),
        "statement": letters.complete(ask.letter_body, known),
    }


def translation(first: FirstStep) -> str:
    """The letter in the reader's language, to understand it by; "" where the campaign has none, and
    in English.
    """
    language = get_language() or "en"
    theirs = words.of(first.ask, language)
    if first.ask.kind != Ask.Kind.LETTER or language == "en" or theirs.language != language:
        return ""
    return letters.complete(theirs.text, known_to_all(first))


def known_to_all(first: FirstStep) -> dict[str, str]:
    """What is the same in every letter of this person, such as the state; with one office to write
    to, its title and name too.
    """
    address, bill = first.address, first.ask.campaign.bill
    writer = letters.Writer(
        city=address.city if address else "",
        state=first.found.state,
        zip=address.zip if address else "",
    )
    each = [
        letters.values(seat=place.seat, holder_name=holder_name(place), writer=writer, bill=bill)
        for place in first.found.readers
    ]
    if not each:
        return letters.general_values(writer, bill)
    return {
        name: value
        for name, value in each[0].items()
        if all(other[name] == value for other in each)
    }


def as_kept(first: FirstStep, typed: Mapping[str, str]) -> Words:
    """What the form sent. Words of ours that were left alone are kept with their fields, which each
    office's letter fills for itself.
    """
    ask, shown = first.ask, opening_words(first)
    ours = {"subject": ask.letter_subject, "statement": ask.letter_body}
    is_ours = {name: same_lines(typed[name]) == same_lines(shown[name]) for name in ours}
    kept = {name: text if is_ours[name] else typed[name] for name, text in ours.items()}
    return Words(**kept, is_edited=not is_ours["statement"])


def own_text(first: FirstStep, typed: Mapping[str, str]) -> str:
    """What they wrote themselves: their own words, and each line of ours that they changed."""
    shown = opening_words(first)
    ours = {line.strip() for text in shown.values() for line in text.splitlines()}
    lines = [*typed.get("subject", "").splitlines(), *typed.get("statement", "").splitlines()]
    changed = [line for line in lines if line.strip() not in ours]
    return "\n".join([typed.get("own_words", ""), *changed]).strip()


def says_more(first: FirstStep) -> bool:
    """Whether the letters say what the form does not show: each of them something of its office."""
    text = first.ask.letter_subject + first.ask.letter_body
    return len(first.found.readers) > 1 and letters.speaks_to_each(text)


def same_lines(text: str) -> str:
    """As it compares: browsers change how lines end, and people leave spaces."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
