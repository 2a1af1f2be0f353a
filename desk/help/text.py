"""The shape of a page's help."""

from __future__ import annotations

from typing import Any, NamedTuple


class Help(NamedTuple):
    """Two to six plain sentences: what the page is for and what can go wrong. `then` are pages of
    the menus to go on to, by their names.
    """

    text: Any
    then: tuple[str, ...] = ()
