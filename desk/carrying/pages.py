"""Make a campaign again, as it is or in another state; then look at what became of its words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaigns import words
from campaigns.bills.keeping import jurisdictions
from campaigns.carrying.carry import SameState, carry, home_of
from campaigns.carrying.copying import clone
from campaigns.carrying.leftovers import confirm, leftovers
from campaigns.models import Bill, Campaign, Carry
from desk.access import needs
from desk.newer_version import in_turn
from desk.organizing.campaign_page import campaign_or_404, posted_data, render_campaign
from legislators.state_words import state_name
from legislators.states import UNITED_STATES


class CloneForm(forms.Form):
    title = forms.CharField(max_length=120, label=gettext_lazy("Title of the new one"))


class CarryForm(forms.Form):
    from_state = forms.ChoiceField(label=gettext_lazy("From"))
    to_state = forms.ChoiceField(label=gettext_lazy("To"))
    known = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Its bill there"),
        help_text=gettext_lazy("Those that are known of the state that you chose."),
    )
    identifier = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Or type it"),
        help_text=gettext_lazy("HB 17. Leave both empty while there is none yet."),
    )

    def __init__(self, *args: Any, to_state: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        states = [row for row in jurisdictions() if row[0] != UNITED_STATES.code]
        for name in ("from_state", "to_state"):
            self.fields[name].choices = [("", "–"), *states]  # type: ignore[attr-defined]
        there = Bill.objects.filter(jurisdiction=to_state) if to_state else Bill.objects.none()
        bills = [(str(one.pk), f"{one.identifier} {one.session}".strip()) for one in there]
        self.fields["known"].choices = [("", "–"), *bills]  # type: ignore[attr-defined]
        if not bills:
            self.fields["known"].widget = forms.HiddenInput()


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def clone_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of the same words, asks, targets and settings under another title."""
    campaign = campaign_or_404(slug)
    form = CloneForm(posted_data(request), initial={"title": words.of(campaign, "en").title})
    if form.is_valid():
        made = clone(campaign, author=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("A draft with all of it. Nobody sees it before you go live."))
        return redirect("desk:campaign", made.slug)
    status = 422 if form.errors else 200
    return render_campaign(request, "clone.html", campaign, "overview", form=form, status=status)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def carry_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """First the state, by a GET, so that its bills can be chosen from; then the rest."""
    campaign = campaign_or_404(slug)
    asked = request.POST.get("to_state", request.GET.get("to_state", ""))
    to_state = asked if asked in dict(jurisdictions()) else ""
    home = request.GET.get("from_state") or home_of(campaign)
    first = {"from_state": home, "to_state": to_state}
    form = CarryForm(posted_data(request), initial=first, to_state=to_state)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = carry(
                campaign,
                typed["to_state"],
                from_state=typed["from_state"],
                author=request.user,  # type: ignore[arg-type]
                bill=Bill.objects.filter(pk=typed["known"]).first() if typed["known"] else None,
                identifier=typed["identifier"],
            )
        except SameState:
            form.add_error("to_state", _("It is there already."))
        else:
            return redirect("desk:campaign_carried", made.slug)
    context: dict[str, Any] = {"form": form, "is_second": bool(to_state)}
    status = 422 if form.errors else 200
    return render_campaign(request, "carry.html", campaign, "overview", status=status, **context)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def carried(request: HttpRequest, slug: str) -> HttpResponse:
    """Every word that was swapped, what was left out, and what still looks like the old state."""
    campaign = campaign_or_404(slug)
    row = get_object_or_404(Carry.objects.select_related("source"), campaign=campaign)
    if request.method == "POST":
        confirm(campaign, request.POST.getlist("meant"), author=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Kept."))
        return redirect("desk:campaign_carried", slug)
    context: dict[str, Any] = {
        "row": row,
        "from_name": state_name(row.from_state),
        "to_name": state_name(row.to_state),
        "leftovers": [
            {"left": one, "url": reverse(one.page[0], args=one.page[1])}
            for one in leftovers(campaign)
        ],
        "swaps": [one | {"where": place_of(one["place"])} for one in row.swaps],
    }
    return render_campaign(request, "carried.html", campaign, "overview", **context)


def place_of(place: str) -> str:
    """Where a text stands, for people: "words:es", "ask:2:letter"."""
    kind, *rest = place.split(":")
    if kind == "words":
        return _("The words (%s)") % rest[0]
    if kind == "picture":
        return _("Picture %s") % rest[0]
    label = {"letter": _("letter"), "version": _("letter"), "words": _("words")}
    return f"{rest[0]}. {label.get(rest[1], '')} {' '.join(rest[2:])}".strip()
