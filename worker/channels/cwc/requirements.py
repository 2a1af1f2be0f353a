"""What Congress requires of a message, said to the person who can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree

from worker.channels.cwc.message import PREFIXES, Constituent, lines, one_line

# The same lengths as in grammar/message.rng; said here in words, before it is asked.
SUBJECT, TEXT = (6, 500), (6, 10_000)
LEAST = {"street": 3, "city": 3, "given_name": 1, "family_name": 1}
EMAIL = re.compile(r"[^@\s]+@[^@.\s]+(\.[^@.\s]+)+")
ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?")


def problems(
    constituent: Constituent, *, subject: str, statement: str, own_words: str
) -> dict[str, str]:
    """What the person would have to mend before Congress takes this, by the field they typed it in;
    empty when nothing.
    """
    return dict(
        found for found in (*about_person(constituent), *about_text(subject, statement, own_words))
    )


def about_person(person: Constituent) -> Iterator[tuple[str, str]]:
    if person.prefix not in PREFIXES:
        yield (
            "prefix",
            _("Choose how Congress should address you: its offices require one of these."),
        )
    for name, least in LEAST.items():
        if len(one_line(getattr(person, name))) < least:
            yield name, too_short(name)
    if person.state not in states():
        yield "state", _("Congress has no office for this state.")
    if not ZIP.fullmatch(person.zip):
        yield "zip", _("A ZIP code has five digits.")
    email = one_line(person.email)
    if not EMAIL.fullmatch(email) or len(email) > 254:
        yield "email", _("Congress does not take this e-mail address.")


@cache
def states() -> frozenset[str]:
    """The codes a constituent may live under: of the grammar, which is both chambers'."""
    codes = etree.parse(Path(__file__).parent / "grammar" / "message.rng").xpath(
        "//*[local-name()='value']/text()"
    )
    return frozenset(code for code in map(str, codes) if re.fullmatch("[A-Z]{2}", code))


def too_short(name: str) -> str:
    return {
        "street": _("Congress answers constituents only: type your street address."),
        "city": _("Congress wants the whole name of your city, three letters at least."),
        "given_name": _("Type your first name."),
        "family_name": _("Type your last name."),
    }[name]


def about_text(subject: str, statement: str, own_words: str) -> Iterator[tuple[str, str]]:
    if not SUBJECT[0] <= len(one_line(subject)) <= SUBJECT[1]:
        yield (
            "subject",
            _("For Congress a subject needs %(least)d to %(most)d characters.")
            % {
                "least": SUBJECT[0],
                "most": SUBJECT[1],
            },
        )
    texts = {"statement": lines(statement), "own_words": lines(own_words)}
    if not any(texts.values()):
        yield "own_words", _("The letter is empty. Write a line, here or in your own words.")
    for name, text in texts.items():
        if text and not TEXT[0] <= len(text) <= TEXT[1]:
            yield (
                name,
                _("For Congress this needs %(least)d to %(most)d characters.")
                % {
                    "least": TEXT[0],
                    "most": TEXT[1],
                },
            )
