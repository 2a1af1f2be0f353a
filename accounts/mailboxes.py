"""One mailbox, one spelling: the home of what every limit and every suppression counts by."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

DOTLESS = {"gmail.com", "googlemail.com"}


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
