"""The console's menus, as data: each page with its label, its address and the right it wants.

Templates print them with `{% navigation %}` (desk.templatetags.console).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

OVERVIEW = "desk:home"


class Entry(NamedTuple):
    """One page in a menu. `right` is one of accounts.User, blank for everybody signed in; `within`
    are other addresses under which its pages lie. Whoever has the right `unless` finds the same and
    more at another entry, and is not shown this one.
    """

    label: Any
    url_name: str
    right: str = ""
    within: tuple[str, ...] = ()
    unless: str = ""

    @property
    def url(self) -> str:
        return _address(self.url_name)

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        # Held, proven or not: the page itself asks for the second factor.
        if not self.right:
            return True
        has_more = bool(self.unless) and isinstance(user, User) and user.holds(self.unless)
        return isinstance(user, User) and user.holds(self.right) and not has_more

    def reaches(self, path: str) -> int:
        """How much of this address is this entry's: 0 when the page belongs to another."""
        # Its address begins every other one: it would reach all pages of the console.
        if self.url_name == OVERVIEW:
            return len(path) if path == self.url else 0
        starts = (self.url, *(_address(name) for name in self.within))
        return max((len(start) for start in starts if path.startswith(start)), default=0)


@cache
def _address(url_name: str) -> str:
    # A page asks some sixty times, and pages of the console have no language in their address.
    return reverse(url_name)


# The menu beside every page: groups, each under its heading.
MAIN: dict[Any, list[Entry]] = {
    "": [Entry(_("Overview"), OVERVIEW)],
    _("Campaigning"): [
        Entry(_("Our campaigns"), "desk:ours", "see_own_campaigns", unless="see_campaigns"),
        Entry(_("Campaigns"), "desk:campaigns", "see_campaigns"),
        Entry(_("Issues"), "desk:issues", "run_campaigns"),
        Entry(_("Bills"), "desk:bills", "run_campaigns"),
        Entry(_("Publications"), "desk:publications", "run_campaigns"),
        Entry(_("Sign-on letters"), "desk:sign_ons", "run_campaigns"),
        Entry(_("People who act"), "desk:heroes", "run_campaigns"),
        Entry(_("Impact figures"), "desk:figures", "run_campaigns"),
        Entry(_("Petitions"), "desk:petitions", "export_supporters"),
    ],
    _("Who stands with us"): [
        Entry(_("Supporters"), "desk:supporters", "see_supporters", within=("desk:segments",)),
        Entry(_("Stories"), "desk:stories", "review_stories"),
        Entry(_("Suspicious"), "desk:quarantine", "see_supporters"),
        Entry(_("Do not mail"), "desk:suppressed", "see_supporters"),
        Entry(_("Exports"), "desk:exports", "export_supporters"),
        Entry(_("Imports"), "desk:imports", "export_supporters"),
    ],
    _("Letters"): [
        Entry(_("Outbox"), "desk:outbox", "see_outbox"),
        Entry(_("Letters on paper"), "desk:printing", "see_outbox"),
    ],
    _("Whom we write to"): [
        Entry(_("Officials"), "desk:approvals", "manage_officials"),
        Entry(_("Rosters"), "desk:rosters", "see_outbox"),
    ],
    _("About us"): [
        Entry(_("People"), "desk:people", "manage_people"),
        Entry(_("Organization"), "desk:brand", "edit_brand"),
        Entry(_("Alarms"), "desk:alarms", "see_outbox"),
        Entry(_("Partners"), "desk:partners", "edit_brand"),
    ],
}

# Tabs on the pages of one entry of the menu.
TABS: dict[str, list[Entry]] = {
    "quarantine": [
        Entry(_("Set aside"), "desk:quarantine", "see_supporters"),
        Entry(_("Set others aside"), "desk:quarantine_counted", "see_supporters"),
        Entry(_("Unusual"), "desk:trends", "see_supporters"),
    ],
    "outbox": [
        Entry(_("Practice mail"), "desk:outbox", "see_outbox"),
        Entry(_("Deliveries"), "desk:deliveries", "see_outbox", within=("desk:lane",)),
        Entry(_("Failed or uncertain"), "desk:uncertain", "see_outbox", within=("desk:resend",)),
        Entry(_("To review"), "desk:review", "see_outbox"),
        Entry(_("Addresses to correct"), "desk:addresses", "see_outbox"),
        Entry(_("How letters go"), "desk:ladders", "see_outbox"),
        Entry(_("Paused"), "desk:holds", "see_outbox"),
    ],
    "officials": [
        Entry(_("To approve"), "desk:approvals", "manage_officials"),
        Entry(_("Who holds office"), "desk:holders", "manage_officials"),
        Entry(_("Offices of our own"), "desk:custom_offices", "manage_officials"),
    ],
    "supporters": [
        Entry(_("List"), "desk:supporters", "see_supporters"),
        Entry(_("Find somebody"), "desk:supporter_find", "see_supporters"),
        Entry(_("Perhaps one person"), "desk:supporter_pairs", "see_supporters"),
        Entry(_("Tags"), "desk:supporter_tags", "see_supporters"),
        Entry(_("Segments"), "desk:segments", "see_supporters"),
    ],
    "people": [
        Entry(_("Everybody"), "desk:people", "manage_people"),
        Entry(_("Who did what"), "desk:audit_log", "manage_people"),
    ],
}


def open_menu(user: User | AnonymousUser) -> list[tuple[Any, list[Entry]]]:
    """(heading, entries) of the groups in which this person may open something."""
    groups = [(heading, open_to(user, entries)) for heading, entries in MAIN.items()]
    return [(heading, entries) for heading, entries in groups if entries]


def open_to(user: User | AnonymousUser, entries: Sequence[Entry]) -> list[Entry]:
    """Those that this person may open, in their order."""
    return [entry for entry in entries if entry.is_open_to(user)]


def may_open(user: User | AnonymousUser, url_name: str) -> bool:
    """Whether a page that stands in a menu is open to them; of others nothing is known: True."""
    entries = [entry for group in (*MAIN.values(), *TABS.values()) for entry in group]
    named = [entry for entry in entries if entry.url_name == url_name]
    return not named or bool(open_to(user, named))


def entry_of(path: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry that the page at this address belongs to: the one that says most of it."""
    found = max(entries, key=lambda entry: entry.reaches(path), default=None)
    return found if found and found.reaches(path) else None
