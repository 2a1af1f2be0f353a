"""What other rooms put on the public pages of an issue, a bill or a state: publications, stories.

They stand above this one, so that the settings name their functions (PIECES_OF_PAGES). Each takes
the thing (an Issue, a Bill, a state's code) and gives a Piece, or None where there is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

# The counts on these pages are recounted every ten seconds (config/settings/schedule.py).
PUBLIC_S = 10


class Piece(NamedTuple):
    """A section of a page."""

    key: str
    """Its id in the page: "publications"."""
    heading: Any
    html: SafeString
    is_never_kept: bool = False
    """The whole page may then be stored by nobody and found by no search engine: it quotes
    somebody who may take that back.
    """


def pieces_of(place: str, thing: Any) -> list[Piece]:
    """`place` is "issue", "bill" or "state"."""
    found = (import_string(path)(thing) for path in settings.PIECES_OF_PAGES.get(place, ()))
    return [piece for piece in found if piece]


def with_cache_headers(response: HttpResponse, pieces: Sequence[Piece] = ()) -> HttpResponse:
    """For ten seconds, as counts are; where a piece says so, stored nowhere and found by nobody."""
    if any(piece.is_never_kept for piece in pieces):
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
    else:
        patch_cache_control(response, public=True, max_age=PUBLIC_S)
    return response
