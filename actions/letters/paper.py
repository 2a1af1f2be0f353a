"""A letter as it will be printed: addressed to the office's postal address, with the words that
every other route carries too.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import format as date_in_words

from actions.offices import holder_name
from campaigns import merge_fields
from campaigns.models import Brand
from legislators.lookup import Place
from legislators.postal import Mailing, NoMailingAddress, mailing
from worker.channels import lob
from worker.paper.laid_out import MOST_LINES, MOST_PAGES, lines_of
from worker.paper.printed_letter import Postal, PrintedLetter

log = logging.getLogger("actions.letters.paper")

OURSELVES, LOB = "print", "lob"
# The form counts what was typed; greetings, and names in place of braces, come to it.
OURS = 20


class TooLong(ValueError):
    """More lines or pages than anybody should print, or an office would read."""


def is_offered() -> bool:
    """Whether letters leave on paper: somebody prints them, and what cannot be delivered has an
    address to come back to.
    """
    who_prints = settings.PAPER_BY == OURSELVES or (
        settings.PAPER_BY == LOB and lob.is_configured()
    )
    return who_prints and return_address() is not None


def return_address() -> Mailing | None:
    """The organization's postal address, read for an envelope; None while it has none that can
    be.
    """
    brand = Brand.objects.defer("logo").first()
    try:
        return mailing(brand.name, brand.postal_address) if brand else None
    except NoMailingAddress:
        return None


def can_be_addressed(postal_address: str) -> bool:
    """Whether an envelope can be addressed with it, read as when a letter is sealed."""
    return not why_not_addressed(postal_address)


def why_not_addressed(postal_address: str) -> str:
    """What about it is missing or in doubt, to the people here; "" where nothing is."""
    try:
        mailing("", postal_address)
    except NoMailingAddress as fault:
        return str(fault)
    return ""


def letter_to(
    place: Place, address: str, *, subject: str, text: str, writer: merge_fields.Writer
) -> PrintedLetter | None:
    """A finished letter that is known to fit an envelope and to have a glyph for every character;
    None where there can be none.

    The letter then takes the next route of its ladder.
    """
    from worker.paper.typeset import (  # the typesetter is loaded by those who print
        CannotPrint,
        print_letter,
    )

    sender = return_address()
    if sender is None or place.holder is None:
        return None
    try:
        to = mailing(place.holder.legislator.name, address, title=place.seat.title)
        letter = compose(place, to, sender, subject=subject, text=text, writer=writer)
        insist_on_length(letter.text)
        # Printed once and thrown away: what can't be set must not be found out in a batch.
        insist_on_pages(sum(print_letter(letter).pages))
    except (NoMailingAddress, CannotPrint, TooLong) as fault:
        log.warning("seat %s: no letter can be printed: %s", place.seat.pk, fault)
        return None
    if settings.PAPER_BY == LOB and (refusal := lob.why_not(letter)):
        log.warning("seat %s: no letter can be printed: %s", place.seat.pk, refusal)
        return None
    return letter


def insist_on_length(text: tuple[str, ...]) -> None:
    """Raises TooLong for what the form would have refused, before it is set."""
    lines = lines_of(text)
    if lines > MOST_LINES + OURS:
        raise TooLong(f"{lines} lines")


def insist_on_pages(pages: int) -> None:
    """Raises TooLong."""
    if pages > MOST_PAGES:
        raise TooLong(f"{pages} pages")


def compose(
    place: Place,
    to: Mailing,
    sender: Mailing,
    *,
    subject: str,
    text: str,
    writer: merge_fields.Writer,
) -> PrintedLetter:
    """From the organization, for its writer."""
    brand = Brand.objects.defer("logo").get()
    return PrintedLetter(
        to=Postal(**asdict(to)),
        sender=Postal(**asdict(sender)),
        sender_name=brand.name,
        via=f"Sent for {writer.name} by {brand.name}",
        **words(place, subject=subject, text=text, writer=writer),
    )


def to_mail_oneself(
    place: Place, address: str, *, subject: str, text: str, writer: merge_fields.Writer
) -> PrintedLetter:
    """The same letter for its writer to sign and mail: from them, and to the name alone where the
    address can't be read.
    """
    holder = holder_name(place)
    try:
        to = Postal(**asdict(mailing(holder, address, title=place.seat.title)))
    except NoMailingAddress:
        to = Postal(f"{place.seat.title} {holder}".strip().upper(), "", "", "", "", "")
    sender = Postal(writer.name, "", writer.street, writer.city, writer.state, writer.zip)
    return PrintedLetter(
        to=to,
        sender=sender,
        sender_name=writer.name,
        via="",
        **words(place, subject=subject, text=text, writer=writer),
    )


def words(place: Place, *, subject: str, text: str, writer: merge_fields.Writer) -> dict[str, Any]:
    """`text` is the whole letter; what it closes with is set apart, so that a page never begins
    within it.
    """
    closing = merge_fields.closing(writer)
    holder = holder_name(place)
    text = text.replace("\r\n", "\n")  # as browsers send what was typed
    return {
        "addressee": f"{place.seat.title} {holder}".strip(),
        "writer": writer.name,
        "date": today(),
        "subject": subject or "To my representative",
        "text": tuple(
            part.strip("\n")
            for part in text.strip().removesuffix(closing).split("\n\n")
            if part.strip()
        ),
        "closing": tuple(line for line in closing.split("\n") if line),
    }


def today() -> str:
    """In English: it is the office that reads it."""
    with translation.override("en"):
        return date_in_words(timezone.localdate(), "F j, Y")
