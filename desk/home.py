"""Where people land after signing in: what each of them may do here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from desk import uncertain
from desk.doors import needs

TILES = [
    ("desk:campaigns", "run_campaigns", _("Campaigns"), _("Make, launch and watch what we ask of people.")),
    ("desk:supporters", "see_supporters", _("Supporters"), _("Who stands with us, by campaign, state and consent.")),
    ("desk:quarantine", "see_supporters", _("Held for a look"), _("Actions that look like a machine's: let them count, or not.")),
    ("desk:exports", "export_supporters", _("Exports"), _("Take a list away, with a reason that is kept.")),
    ("desk:petitions", "export_supporters", _("Petitions to hand over"), _("The cover to print and the list of who signed.")),
    ("desk:outbox", "see_outbox", _("Outbox"), _("What left, what waits, and what each mail server said.")),
    ("desk:uncertain", "see_outbox", _("Needs a person"), _("Letters in doubt or refused: say what you know, or send them again.")),
    ("desk:rosters", "see_outbox", _("Rosters"), _("Who sits where according to whom, how old that is, and what changed.")),
    ("desk:brand", "edit_brand", _("Organization"), _("Name, logo, colours and links on every page.")),
]


@needs()
def home(request: HttpRequest) -> HttpResponse:
    allowed = [tile for tile in TILES if request.user.has_perm(f"accounts.{tile[1]}")]
    now = {"desk:uncertain": uncertain.in_words}
    tiles = [
        {"url": url, "title": title, "about": about, "now": now.get(name, str)()}
        for name, _right, title, about in allowed
        if (url := _address(name))
    ]
    return render(request, "desk/home.html", {"tiles": tiles})


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
