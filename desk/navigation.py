"""The console's menus: every entry with the address it opens and the right it wants.

Templates print them with `{% navigation %}` (desk.templatetags.console); the overview makes its
tiles of the same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

MAIN, OUTBOX, OFFICIALS, PEOPLE = "main", "outbox", "officials", "people"
OVERVIEW = "desk:home"


@dataclass(frozen=True)
class Entry:
    """One page in a menu. `right` is one of accounts.User, blank for everybody signed in."""

    section: str
    label: Any
    url_name: str
    right: str = ""
    title: Any = ""
    """On the overview's tile, where the menu's label is too short."""
    about: Any = ""
    """What one does there. Without it there is no tile."""
    within: tuple[str, ...] = ()
    """Other addresses under which its pages lie."""

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        # Held, proven or not: the page itself asks for the second factor.
        return not self.right or (isinstance(user, User) and user.holds(self.right))

    def reaches(self, path: str) -> int:
        """How much of this address is this entry's: 0 when the page belongs to another."""
        # Its address begins every other one: it would reach all pages of the console.
        if self.url_name == OVERVIEW:
            return len(path) if path == self.url else 0
        starts = (self.url, *(reverse(name) for name in self.within))
        return max((len(start) for start in starts if path.startswith(start)), default=0)


ENTRIES = [
    Entry(MAIN, _("Overview"), OVERVIEW),
    Entry(
        MAIN,
        _("Campaigns"),
        "desk:campaigns",
        "see_campaigns",
        about=_("What we ask of people, and how many answered."),
        within=("desk:issues",),
    ),
    Entry(
        MAIN,
        _("Supporters"),
        "desk:supporters",
        "see_supporters",
        about=_("Who stands with us, by campaign, state and consent."),
    ),
    Entry(
        MAIN,
        _("Exports"),
        "desk:exports",
        "export_supporters",
        about=_("Take a list away, with a reason that is kept."),
    ),
    Entry(
        MAIN,
        _("Hand over"),
        "desk:petitions",
        "export_supporters",
        title=_("Petitions to hand over"),
        about=_("The cover to print and the list of who signed."),
    ),
    Entry(
        MAIN,
        _("Set aside"),
        "desk:quarantine",
        "see_supporters",
        title=_("Set aside for a look"),
        about=_("Actions that look like a machine's: let them count, or not."),
    ),
    Entry(
        MAIN,
        _("No mail"),
        "desk:suppressed",
        "see_supporters",
        title=_("No mail to these"),
        about=_("Mailboxes we do not write to, and why; lift what was a mistake."),
    ),
    Entry(
        MAIN,
        _("Outbox"),
        "desk:outbox",
        "see_outbox",
        about=_("What left, what waits, and what each mail server said."),
    ),
    Entry(OUTBOX, _("Caught mail"), "desk:outbox", "see_outbox"),
    Entry(OUTBOX, _("Deliveries"), "desk:deliveries", "see_outbox", within=("desk:lane",)),
    Entry(
        OUTBOX,
        _("Needs a person"),
        "desk:uncertain",
        "see_outbox",
        about=_("Letters in doubt or refused: say what you know, or send them again."),
        within=("desk:resend",),
    ),
    Entry(
        MAIN,
        _("Letters on paper"),
        "desk:printing",
        "see_outbox",
        about=_("What waits to be printed, and each batch until it is mailed."),
    ),
    Entry(
        OUTBOX,
        _("To review"),
        "desk:review",
        "see_outbox",
        about=_("Letters whose office changed hands, or its address, while they waited."),
    ),
    Entry(
        OUTBOX,
        _("Addresses"),
        "desk:addresses",
        "see_outbox",
        title=_("Addresses to correct"),
        about=_("Offices whose e-mail address takes no mail, and how many letters wait."),
    ),
    Entry(OUTBOX, _("Ways"), "desk:ladders", "see_outbox"),
    Entry(OUTBOX, _("Paused"), "desk:holds", "see_outbox"),
    Entry(
        MAIN,
        _("Rosters"),
        "desk:rosters",
        "see_outbox",
        about=_("Who sits where according to whom, how old that is, and what changed."),
    ),
    Entry(
        MAIN,
        _("Officials"),
        "desk:approvals",
        "manage_officials",
        title=_("Officials"),
        about=_("Who holds an office and how it is reached, where we know better than a roster."),
    ),
    Entry(OFFICIALS, _("To approve"), "desk:approvals", "manage_officials"),
    Entry(OFFICIALS, _("Holders"), "desk:holders", "manage_officials"),
    Entry(OFFICIALS, _("Offices of our own"), "desk:custom_offices", "manage_officials"),
    Entry(
        MAIN,
        _("People"),
        "desk:people",
        "manage_people",
        title=_("People who work here"),
        about=_("Invite somebody, give roles, and read who did what."),
    ),
    Entry(PEOPLE, _("Everybody"), "desk:people", "manage_people"),
    Entry(PEOPLE, _("Audit log"), "desk:audit_log", "manage_people"),
    Entry(
        MAIN,
        _("Organization"),
        "desk:brand",
        "edit_brand",
        title=_("Organization"),
        about=_("Name, logo, colours and links on every page."),
    ),
]


def open_entries(user: User | AnonymousUser, section: str = "") -> list[Entry]:
    """Those that this person may open, in the order of the menu; of one section, or of all."""
    return [
        entry
        for entry in ENTRIES
        if (not section or entry.section == section) and entry.is_open_to(user)
    ]


def entry_of(path: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry that the page at this address belongs to: the one that says most of it."""
    found = max(entries, key=lambda entry: entry.reaches(path), default=None)
    return found if found and found.reaches(path) else None
