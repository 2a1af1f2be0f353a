"""A campaign's venues: opened from there with one press, ended by themselves or by a press."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from actions.models import Venue
from actions.screening import venues as keeping
from actions.screening.bursts import network_of
from actions.screening.marks import name_of_network
from campaigns import words
from campaigns.models import Campaign
from desk.access import needs
from desk.organizing.campaign_page import campaign_or_404

LOCAL_TIME = "%Y-%m-%dT%H:%M"
# What stands in the form before anybody types.
USUAL = dt.timedelta(hours=3)
SAID = {
    "over": gettext_lazy("It ends before it begins, or has ended already."),
    "long": gettext_lazy("Twelve hours are the most: open another one for the next day."),
    "far": gettext_lazy("That is more than a week ahead: come back nearer to the day."),
}


class VenueForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=80,
        help_text=gettext_lazy("For your colleagues: “Polk High School, assembly”."),
    )
    begins_at = forms.DateTimeField(
        label=gettext_lazy("From"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        input_formats=[LOCAL_TIME, "%Y-%m-%dT%H:%M:%S"],
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        input_formats=[LOCAL_TIME, "%Y-%m-%dT%H:%M:%S"],
        help_text=gettext_lazy("It ends by itself then. Twelve hours at most."),
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def venues(request: HttpRequest, slug: str) -> HttpResponse:
    """Open one for the network that this request came from; and those that there were. 409 for a
    campaign that takes nothing.
    """
    campaign = campaign_or_404(slug)
    address: str = request.client_ip  # type: ignore[attr-defined]
    form = VenueForm(request.POST or None, initial=usual_hours())
    is_open = campaign.state == Campaign.State.LIVE and bool(address)
    if request.method == "POST" and is_open and form.is_valid():
        try:
            opened(campaign, form, address, author=request.user.get_username())
        except keeping.NotThese as why:
            form.add_error("ends_at", SAID[str(why)])
        else:
            messages.success(request, _("There is room for this network in those hours."))
            return redirect(request.path)
    refused = 422 if form.errors else 200
    context = {
        "campaign": campaign,
        "title": words.of(campaign).title,
        "here": "overview",
        "form": form,
        "is_open": is_open,
        "network": name_of_network(network_of(address)),
        "room": keeping.ROOM,
        "now": timezone.now(),
        "venues": described(campaign),
    }
    status = 409 if request.method == "POST" and not is_open else refused
    return render(request, "desk/campaigns/venues.html", context, status=status)


def usual_hours() -> dict[str, dt.datetime]:
    now = timezone.localtime().replace(second=0, microsecond=0)
    return {"begins_at": now, "ends_at": now + USUAL}


@transaction.atomic
def opened(campaign: Campaign, form: VenueForm, address: str, *, author: str) -> None:
    """With a line in the audit log."""
    venue = keeping.open_venue(campaign, address=address, author=author, **form.cleaned_data)
    told = {"name": venue.name, "from": str(venue.begins_at), "until": str(venue.ends_at)}
    audit.record(author, "venue opened", campaign.slug, venue=venue.pk, **told)


def described(campaign: Campaign) -> list[tuple[Venue, str]]:
    found = Venue.objects.filter(campaign=campaign)
    return [(venue, name_of_network(venue.network)) for venue in found]


@require_POST
@needs("run_campaigns")
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Before its time."""
    author = request.user.get_username()
    venue = get_object_or_404(Venue, campaign__slug=slug, pk=pk)
    with transaction.atomic():
        if keeping.close(venue, author=author):
            audit.record(author, "venue closed", slug, venue=pk)
    return redirect("desk:venues", slug)
