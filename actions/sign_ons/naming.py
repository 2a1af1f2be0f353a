"""An organization's name and website, as two spellings of one are compared."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from supporters.people import canonical_name

# Of "The Arc of Franklin, Inc." and "Arc of Franklin" one is meant.
NO_NAME = {"the", "and", "inc", "incorporated", "llc", "ltd", "corp", "corporation", "co"}


def plain_name(organization: str) -> str:
    """Without case, accents, articles and legal forms."""
    text = unicodedata.normalize("NFKC", organization).casefold().replace("&", " and ")
    parts = re.sub(r"[.'\u2019]", "", text)
    names = [part for part in re.split(r"[\W_]+", parts) if part and part not in NO_NAME]
    return canonical_name("".join(names) or text)[:160]


def domain_of(site: str) -> str:
    """Of an organization's website, without "www."; "" for none."""
    try:
        host = urlsplit(site).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").rstrip(".")
