"""What happened in a state lately: bills that moved, campaigns that began and were won. On its
page, and as an Atom feed (RFC 4287).
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import brand, words
from campaigns.bills.sentence import standing
from campaigns.for_machines import atom
from campaigns.models import Bill, Campaign
from campaigns.pages.of_state import campaigns_of
from campaigns.pages.pieces import with_cache_headers
from campaigns.pages.state_map import place_names, state_url

MOST = 12
IN_FEED = 40


class Entry(NamedTuple):
    at: dt.datetime
    title: str
    url: str
    """A path of this site."""
    key: str
    """The same as long as it says the same."""
    kind: str
    """ "bill", "began" or "won"."""


def lately(code: str, most: int = MOST) -> list[Entry]:
    """The newest first. Three queries, whatever there is."""
    entries = [*of_bills(code, most), *of_campaigns(code, most)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:most]


def of_bills(code: str, most: int) -> list[Entry]:
    """Where each stands since its last move."""
    found = Bill.objects.public().filter(jurisdiction=code, stage_on__isnull=False)
    return [
        Entry(
            noon(bill.stage_on),
            f"{bill.identifier} {standing(bill, with_day=False)}",
            reverse("campaigns:bill", args=[bill.pk]),
            f"bill:{bill.pk}:{bill.stage}",
            "bill",
        )
        for bill in found.order_by("-stage_on", "-id")[:most]
        if bill.stage_on
    ]


def of_campaigns(code: str, most: int) -> list[Entry]:
    entries = []
    for campaign in campaigns_of(code).prefetch_related("words")[:most]:
        title = words.of(campaign).title
        url = reverse("actions:act", args=[campaign.slug])
        if campaign.launched_at:
            said = _("A campaign began: %(title)s") % {"title": title}
            key = f"campaign:{campaign.pk}:launched"
            entries.append(Entry(campaign.launched_at, said, url, key, "began"))
        if campaign.state == Campaign.State.WON and campaign.closed_at:
            said = _("Won: %(title)s") % {"title": title}
            entries.append(
                Entry(campaign.closed_at, said, url, f"campaign:{campaign.pk}:won", "won")
            )
    return entries


def noon(day: dt.date) -> dt.datetime:
    """A day has no hour: noon of it is that day in every zone of the states."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Of one state, in the language of its address."""
    code = code.upper()
    names, entries = place_names(), lately(code, IN_FEED)
    if code not in names or not entries:
        raise Http404(code)
    told = [atom.Entry(one.key, one.title, one.url, one.at, one.at) for one in entries]
    answer = atom.feed(
        request,
        told,
        title=f"{names[code]} · {brand.current().name}",
        page=state_url(code),
        key=f"state:{code.lower()}",
    )
    return with_cache_headers(answer)
