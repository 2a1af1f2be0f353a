"""Where people land after signing in: what each of them may do here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from campaigns import counts, words
from campaigns.models import Campaign
from desk.access import needs
from desk.mail import addresses, lanes, needs_person, printing, review

TILES = [
    (
        "desk:campaigns",
        "run_campaigns",
        _("Campaigns"),
        _("Make, launch and watch what we ask of people."),
    ),
    (
        "desk:supporters",
        "see_supporters",
        _("Supporters"),
        _("Who stands with us, by campaign, state and consent."),
    ),
    (
        "desk:quarantine",
        "see_supporters",
        _("Held for a look"),
        _("Actions that look like a machine's: let them count, or not."),
    ),
    (
        "desk:exports",
        "export_supporters",
        _("Exports"),
        _("Take a list away, with a reason that is kept."),
    ),
    (
        "desk:petitions",
        "export_supporters",
        _("Petitions to hand over"),
        _("The cover to print and the list of who signed."),
    ),
    (
        "desk:outbox",
        "see_outbox",
        _("Outbox"),
        _("What left, what waits, and what each mail server said."),
    ),
    (
        "desk:uncertain",
        "see_outbox",
        _("Needs a person"),
        _("Letters in doubt or refused: say what you know, or send them again."),
    ),
    (
        "desk:printing",
        "see_outbox",
        _("Letters on paper"),
        _("What waits to be printed, and each batch until it is mailed."),
    ),
    (
        "desk:review",
        "see_outbox",
        _("To review"),
        _("Letters whose office changed hands, or its address, while they waited."),
    ),
    (
        "desk:addresses",
        "see_outbox",
        _("Addresses to mend"),
        _("Offices whose e-mail address takes no mail, and how many letters wait."),
    ),
    (
        "desk:rosters",
        "see_outbox",
        _("Rosters"),
        _("Who sits where according to whom, how old that is, and what changed."),
    ),
    (
        "desk:brand",
        "edit_brand",
        _("Organization"),
        _("Name, logo, colours and links on every page."),
    ),
]


@needs()
def home(request: HttpRequest) -> HttpResponse:
    allowed = [tile for tile in TILES if request.user.has_perm(f"accounts.{tile[1]}")]
    now = {
        "desk:outbox": lanes.in_words,
        "desk:uncertain": needs_person.in_words,
        "desk:printing": printing.in_words,
        "desk:review": review.in_words,
        "desk:addresses": addresses.in_words,
    }
    tiles = [
        {"url": url, "title": title, "about": about, "now": now.get(name, str)()}
        for name, _right, title, about in allowed
        if (url := _address(name))
    ]
    context = {
        "tiles": tiles,
        "has_role": request.user.groups.exists(),
        "running": [] if tiles else running(),
    }
    return render(request, "desk/home.html", context)


def running() -> list[dict[str, Any]]:
    """Live campaigns and their counts, for those whose role opens no page of the desk yet: what
    everybody may see.
    """
    campaigns = list(Campaign.objects.live().prefetch_related("words"))
    tallied = counts.by_campaign(campaigns)
    return [
        {
            "url": reverse("actions:act", args=[campaign.slug]),
            "title": words.of(campaign).title,
            "count": tallied[campaign.pk],
        }
        for campaign in campaigns
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
