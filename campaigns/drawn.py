"""What is drawn once, with gaps where each reader's own goes: a page around its form, a mail around
its link.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

# Nobody can write it into a text: it is another in each process.
_EDGE = secrets.token_hex(16)


def gap(name: str) -> str:
    """What stands in the drawing where `name` goes; it needs no escaping anywhere."""
    return f"{_EDGE}{name}{_EDGE}"


@dataclass(frozen=True)
class Drawn:
    """What is drawn between the gaps, and their names, by turns."""

    parts: list[str]

    def filled(self, **own: str) -> str:
        """`own` is what goes into the gaps, finished: escaped where that is needed.

        Raises KeyError for a gap that nothing is given for.
        """
        return "".join([own[part] if at % 2 else part for at, part in enumerate(self.parts)])


def draw(template: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> Drawn:
    """This template; where `context` says so (by `gap`) it stays open."""
    return Drawn(render_to_string(template, dict(context), request).split(_EDGE))
