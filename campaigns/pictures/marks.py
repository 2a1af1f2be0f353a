"""Where a story shows a picture: {picture 2}, on a line of its own."""

from __future__ import annotations

import re

MARK = re.compile(r"\{\s*picture\s+(\d{1,4})\s*\}", re.IGNORECASE)
LINE = re.compile(rf"^[ \t]*{MARK.pattern}[ \t]*$", re.IGNORECASE | re.MULTILINE)


def mark(number: int) -> str:
    return f"{{picture {number}}}"


def placed(story: str) -> list[int]:
    """Numbers on lines of their own, in their order."""
    return [int(found[1]) for found in LINE.finditer(story)]


def within_lines(story: str) -> list[str]:
    """Marks that stand inside a line: people would read them as they stand."""
    return [found[0] for found in MARK.finditer(LINE.sub("", story))]
