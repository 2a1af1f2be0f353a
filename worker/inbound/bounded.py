"""Mail is parsed up to a number of parts and fields, and no further.

A megabyte holds ninety thousand empty parts, each of which costs a Python object with everything
that hangs on it: what has more than any real report was made to keep us busy.
"""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes
from email.message import Message
from typing import Any

BYTES = 1024 * 1024
PARTS = 100
FIELDS = 1_000
# The standard library takes apart the parameters of fields such as Content-Type in time with the
# square of their number.
CONTENT_BYTES = 4 * 1024
# Where a boundary would begin a part, in a mail or in one that a provider packed into JSON.
PART_BEGINS = re.compile(rb"(?:\n|\\n)--")


class TooMuch(ValueError):
    """More parts or fields than any mail that tells us something."""


class Bounded(email.policy.Compat32):
    """The standard library's own policy, which counts. One object for each mail."""

    def __init__(self, **kw: Any) -> None:
        counted = {"parts": 0, "fields": 0}
        super().__init__(message_factory=lambda policy: self.part(), **kw)
        # A policy's own __setattr__ refuses every name but its options.
        object.__setattr__(self, "counted", counted)

    def part(self) -> Message:
        """A new part. Raises TooMuch."""
        self.count("parts", PARTS)
        return Message(policy=self)

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A new field. Raises TooMuch."""
        self.count("fields", FIELDS)
        has_parameters = sourcelines[0].lower().startswith("content-")
        if has_parameters and sum(len(line) for line in sourcelines) > CONTENT_BYTES:
            raise TooMuch(f"a field of more than {CONTENT_BYTES} bytes")
        return super().header_source_parse(sourcelines)

    def count(self, what: str, most: int) -> None:
        self.counted[what] += 1  # type: ignore[attr-defined]
        if self.counted[what] > most:  # type: ignore[attr-defined]
            raise TooMuch(f"more than {most} {what}")


def message_of(content: bytes) -> Message:
    """The mail in the first megabyte. Raises TooMuch."""
    return message_from_bytes(content[:BYTES], policy=Bounded())


def may_have_too_many_parts(content: bytes) -> bool:
    """A look from outside, for parsers that are not ours."""
    # Ten times as many: signatures and quoted mails begin lines in this way too.
    return sum(1 for _ in PART_BEGINS.finditer(content)) > PARTS * 10
