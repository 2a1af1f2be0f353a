"""A draft as its real page, for whoever may see it before it is public.

It is the page itself: the same address step, lookup, letters and checks. A campaign with a
`preview` takes nothing, and what says so stands where something would be taken
(actions.pages.steps, actions.pages.write, actions.take).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions.pages import page_context
from actions.pages.campaign import show_ask
from actions.pages.private_link import mark_private
from actions.screening import origin, rates
from campaigns import preview_links
from campaigns.models import Ask, Campaign
from campaigns.preview import Preview


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def linked(request: HttpRequest, token: str, position: int | None = None) -> HttpResponse:
    """What a colleague sees who was given a link (campaigns.preview_links); once the campaign is
    public, its page.

    The same answer for a link that ended, was taken back or never was.
    """
    wait_s = rates.seconds_to_wait(request, "preview")
    if wait_s:
        return mark_private(rates.too_many(request, wait_s))
    try:
        link = preview_links.find(token)
    except preview_links.BadLink:
        return mark_private(render(request, "actions/preview_ended.html", status=404))
    campaign = link.campaign
    if campaign.state != Campaign.State.DRAFT:
        return mark_private(HttpResponseRedirect(page_context.first_url(campaign)))
    shown = Preview(reverse("actions:preview", args=[token]), ends_at=link.expires_at)
    try:
        return show_draft(request, campaign, position, shown)
    except Http404:
        return mark_private(render(request, "actions/preview_ended.html", {"is_empty": True}))


def show_draft(
    request: HttpRequest, campaign: Campaign, position: int | None, shown: Preview
) -> HttpResponse:
    """Its page, or the step that was posted to it. Raises Http404 where it asks nothing yet."""
    asks = Ask.objects.filter(campaign=campaign)
    try:
        ask = page_context.pick(
            page_context.with_words(asks), position, request.POST.get("of_ask", "")
        )
    except page_context.TakenBack as gone:
        ask = gone.first
    # Each has read its campaign for itself.
    for each in page_context.siblings_of(ask):
        each.campaign.preview = shown
    return mark_private(show_ask(request, ask))
