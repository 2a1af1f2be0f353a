"""Which help a page of the console has: its own, or that of the page above it in the address.

The texts stand in the files beside this one, by who reads them; every page that somebody can open
has one.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve

from accounts.models import User
from desk.help import (
    campaigns,
    figures,
    heroes,
    letters,
    mailings,
    offices,
    people,
    questions,
    sign_ons,
    stories,
    supporters,
)
from desk.help.text import Help
from desk.navigation import MAIN, OVERVIEW, TABS, Entry, open_to

# Their addresses begin those of many pages that have nothing else in common.
NOT_LENT = (OVERVIEW, "desk:outbox")
HELP: dict[str, Help] = (
    people.HELP
    | campaigns.HELP
    | mailings.HELP
    | questions.HELP
    | figures.HELP
    | sign_ons.HELP
    | heroes.HELP
    | stories.HELP
    | supporters.HELP
    | letters.HELP
    | offices.HELP
)


def help_for(path: str) -> Help | None:
    """Of the page at this address, or of the nearest one above it that has a text."""
    parts = path.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        try:
            name = resolve(f"/{'/'.join(parts[:length])}/").view_name
        except Resolver404:
            continue
        if name in HELP and (length == len(parts) or name not in NOT_LENT):
            return HELP[name]
    return None


def pages_then(found: Help, user: User | AnonymousUser) -> list[Entry]:
    """Those of its next pages that this person may open."""
    entries = [entry for rows in (*MAIN.values(), *TABS.values()) for entry in rows]
    # A menu and its tabs name the same page: the tab's label says more.
    by_name = {entry.url_name: entry for entry in entries}
    return open_to(user, [by_name[name] for name in found.then])
