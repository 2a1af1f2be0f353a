"""The bills of one campaign, in order: found among those that are known, or new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.typed_numbers import typed_number
from campaigns.bills.attaching import attach, detach, put_first
from campaigns.models import Bill, Campaign
from campaigns.publishing import NotReady
from desk.access import needs
from desk.bills.listing import narrowed
from desk.newer_version import in_turn
from desk.organizing.campaign_page import (
    campaign_or_404,
    noted_in_history,
    render_campaign,
    would_break,
)

FOUND_AT_MOST = 20
DEEDS = {"attach": attach, "detach": detach, "first": put_first}


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def campaign_bills(request: HttpRequest, slug: str) -> HttpResponse:
    """The first is what letters name."""
    campaign = campaign_or_404(slug)
    if request.method == "POST":
        change(request, campaign)
        return redirect("desk:campaign_bills", slug)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:80]
    bills = list(Bill.objects.of_campaign(campaign.pk))
    found = narrowed({"q": query, "whose": "", "stage": "", "stance": "", "issue": ""})
    context: dict[str, Any] = {
        "bills": bills,
        "query": query,
        "found": list(found.exclude(pk__in=[bill.pk for bill in bills])[:FOUND_AT_MOST])
        if query
        else [],
    }
    return render_campaign(request, "bills.html", campaign, "bills", **context)


def change(request: HttpRequest, campaign: Campaign) -> None:
    """What would break a live campaign is refused in words."""
    deed = DEEDS.get(request.POST.get("do", ""))
    bill = Bill.objects.filter(pk=typed_number(request.POST.get("bill"))).first()
    if deed is None or bill is None:
        return
    try:
        note = f"{request.POST['do']} {bill}"
        with noted_in_history(request, campaign, "bills", note):
            deed(campaign, bill)
    except NotReady as refusal:
        for finding in refusal.findings:
            messages.error(request, would_break(finding))
    else:
        messages.success(request, _("Saved."))
