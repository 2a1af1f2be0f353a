"""Lines that prove one another: each is JSON and names the SHA-256 of the line before.

Whoever kept yesterday's hash can tell whether any line up to there was changed since, with
`sha256sum` alone; nothing of ours is needed, so the hash has no key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Slug -> what is counted -> how many
Totals = Mapping[str, Mapping[str, int]]


class BrokenChain(Exception):
    """A line does not fit the ones before. The message says which, and why."""


@dataclass(frozen=True)
class Line:
    """`totals` are the campaigns whose numbers moved since they last stood in a line."""

    number: int
    day: dt.date
    previous: str
    totals: Totals

    @classmethod
    def read(cls, text: str) -> Line:
        """Raises BrokenChain if it is no line of ours."""
        try:
            found = json.loads(text)
            day = dt.date.fromisoformat(found["day"])
            line = cls(int(found["number"]), day, str(found["previous"]), dict(found["totals"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenChain(f"This is no line of daily totals: {text[:80]!r}") from error
        if line.text() != text:
            raise BrokenChain(f"Line {line.number} is not written as it was published.")
        return line

    def text(self) -> str:
        """Keys in their order and no blanks, so that the same numbers are the same bytes."""
        named = {
            "day": self.day.isoformat(),
            "number": self.number,
            "previous": self.previous,
            "totals": self.totals,
        }
        return json.dumps(named, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def checked(texts: Iterable[str], *, after: Line | None = None) -> list[Line]:
    """Each line, once it is known to follow the one before. `after`: what the first has to follow.

    Raises BrokenChain.
    """
    lines: list[Line] = []
    for text in texts:
        line, before = Line.read(text), lines[-1] if lines else after
        expected = (before.number + 1, hash_of(before.text())) if before else (1, "")
        if (line.number, line.previous) != expected:
            raise BrokenChain(f"Line {line.number} does not follow the one before it.")
        if before and line.day <= before.day:
            raise BrokenChain(f"Line {line.number} is of a day that was counted before.")
        lines.append(line)
    return lines
