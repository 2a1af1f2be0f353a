"""The organization's words as a supporter first reads them: filled with what is known by now."""

from __future__ import annotations

from actions.offices import holder_name
from actions.pages.addressees import FirstStep, Found
from campaigns import letters
from campaigns.models import Ask


def opening_words(first: FirstStep) -> dict[str, str]:
    """`subject` and `statement` of a letter; each legislator's own fields are filled as letters are
    sealed.
    """
    ask = first.ask
    if ask.kind != Ask.Kind.LETTER:
        return {}
    known = {**shared_by_all(first.found), "bill": ask.campaign.bill}
    if first.address:
        known |= {"city": first.address.city, "zip": first.address.zip}
    # What is not known stays a field in braces: it is filled later, or the person fills it.
    known = {name: value for name, value in known.items() if value}
    return {
        "subject": letters.fill(ask.letter_subject, known),
        "statement": letters.fill(ask.letter_body, known),
    }


def shared_by_all(found: Found) -> dict[str, str]:
    """What is the same in every letter of this person, such as the state; with one office to write
    to, its title and name too.
    """
    each = [
        letters.values(seat=place.seat, holder_name=holder_name(place), writer=letters.Writer())
        for place in found.places
    ]
    if not each:
        return {}
    return {
        name: value
        for name, value in each[0].items()
        if all(other[name] == value for other in each)
    }


def same_lines(text: str) -> str:
    """As it compares: browsers change how lines end, and people leave spaces."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
