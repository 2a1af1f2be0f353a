"""Where people land after signing in: what each of them may do here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from campaigns import counts, words
from campaigns.models import Campaign
from desk.access import needs
from desk.mail import addresses, lanes, needs_person, printing, review
from desk.monitoring.alarms import alarms
from desk.navigation import open_entries
from desk.officials import approvals, holders
from legislators.office_day import office_day


def officials_in_words() -> str:
    """What waits to be approved, and where rosters differ from what people here said."""
    parts = (approvals.approvals_in_words(), holders.differences_in_words())
    return ". ".join(part for part in parts if part)


# What each page of the menu wants of people right now, in a few words; blank when nothing.
NEWS: dict[str, Callable[[], str]] = {
    "desk:outbox": lanes.closed_lanes_in_words,
    "desk:uncertain": needs_person.trouble_in_words,
    "desk:printing": printing.unmailed_in_words,
    "desk:review": review.reviews_in_words,
    "desk:addresses": addresses.dead_addresses_in_words,
    "desk:approvals": officials_in_words,
}


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """A tile for each page that this person may open, with what it wants of them."""
    tiles = [
        {
            "url": entry.url,
            "title": entry.title or entry.label,
            "about": entry.about,
            "now": NEWS[entry.url_name]() if entry.url_name in NEWS else "",
        }
        for entry in open_entries(request.user)
        if entry.about
    ]
    today = office_day()
    context = {
        "tiles": tiles,
        "alarms": [
            {"alarm": one, "days_left": one.days_left(today), "url": reverse(one.page)}
            for one in (alarms(today) if request.user.has_perm("accounts.see_outbox") else [])
        ],
        "has_role": request.user.groups.exists(),
        "lacks_second_factor": getattr(request.user, "lacks_second_factor", False),
        # The campaigns issue gives partners theirs; until then they are told that they have none.
        "is_partner": any(group.name == "partner" for group in request.user.groups.all()),
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
