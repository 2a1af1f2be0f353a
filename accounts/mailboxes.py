"""A mailbox as somebody typed or pasted it; and one spelling of it, by which every limit and every
suppression counts.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DOTLESS = {"gmail.com", "googlemail.com"}
# The wide letters of Asian keyboards, and their full stops.
NARROW = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
NARROW |= {0x3002: ".", 0xFF61: ".", 0xFE6B: "@", 0x3000: " "}
# Letters by name, but nothing to see: fillers, an empty Braille cell, what only chooses a glyph.
UNSEEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0\u2800\ufe00-\ufe0f]")
BRACKETS = '<>[]()"\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2329\u232a\u3008\u3009'
# From a mail program: Nora <nora@example.org>, "North, Nora" <nora@example.org>.
WITH_NAME = re.compile(r"([^<>]*)<\s*([^<>]*?)\s*>")


def cleaned_mailbox(typed: str) -> str:
    """The address in what was typed, as far as that is certain: without what nobody can see, wide
    letters, brackets, a name before it, mailto:, or a comma behind it.

    It may still be no address: whoever takes it looks. Raises ValidationError, in words for whoever
    typed it, where it could be one of two, or words stand beside it.
    """
    text = "".join(map(seen, UNSEEN.sub("", typed).translate(NARROW)))
    text = text.strip().rstrip(",;:. ")
    if named := WITH_NAME.fullmatch(text):
        name, text = named[1].strip(BRACKETS + " '"), named[2]
        if "@" in name and name.casefold() != text.casefold():
            raise ValidationError(several())
    before = None
    while text != before:
        before, text = text, re.sub(r"(?i)^mailto:", "", text.strip(BRACKETS + " ").rstrip(",;:."))
    if len(text) > 2 and text[0] in "'\u2018" and text[-1] in "'\u2019":
        text = text[1:-1]
    text = re.sub(r"\s*@\s*", "@", text)
    if text.count("@") > 1:
        raise ValidationError(several())
    if "@" in text and re.search(r"\s", text):
        raise ValidationError(_("There is a space in this address. Please type the address alone."))
    return text


def several() -> str:
    return _("This looks like more than one e-mail address. Please type one.")


def seen(character: str) -> str:
    """A line end as a space; what has no width, or changes direction, not at all."""
    kind = unicodedata.category(character)
    return " " if kind in ("Cc", "Zl", "Zp", "Zs") else "" if kind in ("Cf", "Cs") else character


def canonical_email(email: str) -> str:
    """Lower case, ASCII domain, no +tag, and no dots where the host ignores them.

    Takes anything that somebody typed and never raises; what is no address stays what it is.
    """
    local, _, domain = folded(email).rpartition("@")
    domain = domain.rstrip(".")
    local = local.split("+", 1)[0] or local
    if not domain.isascii():
        with suppress(UnicodeError):  # a label that is empty or too long: no domain at all
            domain = domain.encode("idna").decode()
    if domain in DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def folded(text: str) -> str:
    """Alike for all that some database or mail server takes for the same letters.

    Upper case first: it is what PostgreSQL compares by, and the only way by which a long s and an i
    without its dot become the letters that they pass for.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    return unicodedata.normalize("NFKC", plain.upper().casefold())
