"""Deleting a draft, after a look at what goes and a typed word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns import deleting
from campaigns.models import Campaign
from desk.access import needs
from desk.newer_version import in_turn
from desk.organizing.campaign_page import campaign_or_404, render_campaign
from desk.organizing.sure import is_sure

WORD = "delete"


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """409 for what was live once, or was acted on; 422 without the word."""
    campaign = campaign_or_404(slug)
    may_be = deleting.may_be_deleted(campaign)
    is_wrong = request.method == "POST" and may_be and not is_sure(request, WORD)
    if request.method == "POST" and may_be and not is_wrong:
        try:
            deleting.delete_draft(campaign, request.user)  # type: ignore[arg-type]
        except deleting.NotDeletable as why:
            messages.error(request, _("Nothing was changed. %(why)s") % {"why": why})
            may_be = False
        else:
            messages.success(request, _("The draft is deleted."))
            return redirect("desk:campaigns")
    return render_campaign(
        request,
        "delete.html",
        campaign,
        "overview",
        may_be=may_be,
        contents=deleting.contents(campaign),
        word=WORD,
        is_wrong=is_wrong,
        status=422 if is_wrong else 200 if may_be else 409,
    )
