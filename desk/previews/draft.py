"""A draft as its real page, for whoever may edit it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.pages.preview import show_draft
from actions.screening import origin
from campaigns.models import Campaign
from campaigns.preview import Preview
from desk.access import needs
from desk.organizing.campaign_page import campaign_or_404


# Its forms are the public page's, which have no CSRF token: where they come from is looked at.
@origin.public_post  # type: ignore[arg-type]
@needs("run_campaigns")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, position: int | None = None) -> HttpResponse:
    """The page and its steps, in the language of the address; once it is public, the real one."""
    campaign = campaign_or_404(slug)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("actions:act", slug)
    shown = Preview(
        reverse("drafts:page", args=[slug]),
        back_url=reverse("desk:campaign", args=[slug]),
        is_beside="beside" in request.GET,
    )
    try:
        return show_draft(request, campaign, position, shown)
    except Http404:
        messages.info(request, _("This campaign asks nothing yet: add what it asks, then look."))
        return redirect("desk:campaign_asks", slug)
