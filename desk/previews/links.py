"""Looking at a draft, and links that show it to somebody without an account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from campaigns import preview_links
from campaigns.models import Campaign, PreviewLink
from desk.access import needs
from desk.organizing.campaign_page import campaign_or_404, render_campaign
from supporters.forms import LineField


class LinkForm(forms.Form):
    note = LineField(
        label=gettext_lazy("For whom?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("So that you know later which link is whose."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@needs("run_campaigns")
@require_safe
def looking(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a draft is seen as its page, and the links to it that are open."""
    campaign = campaign_or_404(slug)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("desk:campaign", slug)
    return show(request, campaign, LinkForm())


@needs("run_campaigns")
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows the new link, this once: it is kept nowhere."""
    campaign = campaign_or_404(slug)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("desk:campaign", slug)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return show(request, campaign, form, status=422)
    author = request.user
    assert isinstance(author, User)
    try:
        link, token = preview_links.make(campaign, author, form.cleaned_data["note"])
    except preview_links.TooMany:
        form.add_error(None, _("Twenty links are open already: take one back first."))
        return show(request, campaign, form, status=422)
    url = settings.SITE_URL + reverse("actions:preview", args=[token])
    return show(request, campaign, LinkForm(), made=link, url=url)


@needs("run_campaigns")
@require_POST
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    link = get_object_or_404(PreviewLink, campaign__slug=slug, pk=pk)
    author = request.user
    assert isinstance(author, User)
    preview_links.take_back(link, author)
    messages.success(request, _("The link is taken back: it opens nothing any more."))
    return redirect("desk:campaign_preview", slug)


def show(
    request: HttpRequest,
    campaign: Campaign,
    form: LinkForm,
    *,
    made: PreviewLink | None = None,
    url: str = "",
    status: int = 200,
) -> HttpResponse:
    return render_campaign(
        request,
        "looking.html",
        campaign,
        "preview",
        form=form,
        links=preview_links.open_links(campaign),
        made=made,
        url=url,
        status=status,
    )
