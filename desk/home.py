"""Where people land after signing in: what waits for them, what is live, what is paused."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actions.models import Action
from campaigns import counts, words
from campaigns.models import Campaign
from desk.access import needs
from desk.at_most import counted
from desk.mail import holds
from desk.monitoring.alarms import alarms
from desk.to_do import KINDS, to_do
from legislators.deadlines import first_map_end
from legislators.holders import office_day
from worker.models import Delivery, Hold, State

CAMPAIGNS_SHOWN = 20


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """By role, in the same number of queries however much there is."""
    user = request.user
    assert isinstance(user, User)
    today = office_day()
    sees_outbox = user.holds("see_outbox")
    context = {
        "to_do": to_do(user),
        # Whoever may do none of it is not told that nothing waits.
        "has_duties": any(user.holds(kind.right) for kind in KINDS),
        "alarms": [
            {"alarm": one, "days_left": one.days_left(today), "url": reverse(one.page)}
            for one in (alarms(today) if sees_outbox else [])
        ],
        "has_role": user.groups.exists(),
        "lacks_second_factor": user.lacks_second_factor,
        # The campaigns issue gives partners theirs; until then they are told that they have none.
        "is_partner": any(group.name == "partner" for group in user.groups.all()),
        "live": live_campaigns(sees_campaigns=user.holds("see_campaigns")),
        "live_total": Campaign.objects.live().count(),
    }
    if sees_outbox:
        context |= {
            "holds": holds.named(Hold.objects.order_by("placed_at")[:CAMPAIGNS_SHOWN]),
            "on_their_way": on_their_way(),
            "map_ends_on": first_map_end(),
        }
    return render(request, "desk/home.html", context)


def live_campaigns(*, sees_campaigns: bool) -> list[dict[str, Any]]:
    """The newest, with their counts and what came today; for whoever may not open a campaign's
    page, as everybody sees them.
    """
    campaigns = list(Campaign.objects.live().prefetch_related("words")[:CAMPAIGNS_SHOWN])
    tallied = counts.by_campaign(campaigns)
    today = actions_today(campaigns) if sees_campaigns else {}
    return [
        {
            "url": reverse("desk:campaign", args=[campaign.slug])
            if sees_campaigns
            else reverse("actions:act", args=[campaign.slug]),
            "title": words.of(campaign).title,
            "count": tallied[campaign.pk],
            "today": today.get(campaign.pk, 0),
        }
        for campaign in campaigns
    ]


def actions_today(campaigns: list[Campaign]) -> dict[int, int]:
    """Verified ones by campaign id, of those that were begun today: the numbers page's own rule."""
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
    rows = Action.objects.counted().filter(ask__campaign__in=campaigns, created_at__gte=midnight)
    return dict(rows.order_by().values_list("ask__campaign").annotate(Count("pk")))


def on_their_way() -> dict[str, str]:
    """Letters and mail that nobody has to do anything for, by what keeps them."""
    return {
        "in_line": counted(Delivery.objects.filter(state=State.QUEUED)),
        "unconfirmed": counted(Delivery.objects.filter(state=State.WAITING, waits_for="")),
    }
