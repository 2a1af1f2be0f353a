"""Paragraphs of a letter that its writer may add by a tick: those that begin with "[ ]"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

MARKED = "[ ]"
MARK = re.compile(r"^\s*\[ \][ \t]+")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def optional_paragraphs(body: str) -> dict[str, str]:
    """Key -> paragraph without its mark, in their order. A changed paragraph has another key."""
    marked = (part for part in paragraphs(body) if MARK.match(part))
    return {key_of(text): text for part in marked if (text := MARK.sub("", part).strip())}


def with_chosen(body: str, chosen: Collection[str] = ()) -> str:
    """The letter with the paragraphs of these keys in their places, and without the others."""
    if not any(MARK.match(part) for part in paragraphs(body)):
        return body
    kept = []
    for part in paragraphs(body):
        text = MARK.sub("", part).strip()
        if not MARK.match(part) or key_of(text) in chosen:
            kept.append(text)
    return "\n\n".join(kept)


def paragraphs(body: str) -> list[str]:
    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    return [part for part in BLANK_LINES.split(plain) if part.strip()]


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
