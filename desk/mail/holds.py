"""Pausing deliveries: everything, one campaign, one office or one lane; and letting them go."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from campaigns import words
from campaigns.models import Campaign
from desk.access import needs
from worker.channels.mime import squeeze
from worker.engine import holds
from worker.models import Delivery, Hold


def things() -> list[tuple[str, str]]:
    """What may be paused, as (scope|key, words). An office is paused from one of its deliveries."""
    campaigns = Campaign.objects.exclude(state=Campaign.State.DRAFT).prefetch_related("words")
    lanes = Delivery.objects.unsettled().order_by("lane").values_list("lane", flat=True).distinct()
    return [
        ("everything|", _("Everything")),
        *(
            (f"campaign|campaign:{campaign.pk}", _("Campaign: %s") % words.of(campaign).title)
            for campaign in campaigns
        ),
        *((f"lane|{lane}", _("Lane: %s") % lane) for lane in lanes),
    ]


class HoldForm(forms.Form):
    what = forms.ChoiceField(label=gettext_lazy("What"), choices=things)
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=200)


class OfficeHoldForm(forms.Form):
    office = forms.CharField(max_length=80, widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=200)


@needs("see_outbox")
def paused(request: HttpRequest) -> HttpResponse:
    """What is paused, by whom and why, and a form to pause more."""
    return _answer(request, HoldForm())


@require_POST
@needs("hold_deliveries")
def place(request: HttpRequest) -> HttpResponse:
    """Pause it. 422 without a reason, or for what there is not; twice is once."""
    # The first is a button on a delivery's page, the second this page's own form.
    form = OfficeHoldForm(request.POST) if "office" in request.POST else HoldForm(request.POST)
    if not form.is_valid():
        return _answer(request, form if isinstance(form, HoldForm) else HoldForm(), status=422)
    scope, key = (
        ("office", form.cleaned_data["office"])
        if "office" in form.cleaned_data
        else form.cleaned_data["what"].split("|", 1)
    )
    author = request.user.get_username()
    with transaction.atomic():
        holds.place(scope, key, reason=form.cleaned_data["reason"], author=author)
        audit.record(
            author, "hold placed", f"{scope} {key}".strip(), reason=form.cleaned_data["reason"]
        )
    return redirect("desk:holds")


@require_POST
@needs("hold_deliveries")
def lift(request: HttpRequest) -> HttpResponse:
    """Let it go; nothing happens if somebody else just did."""
    scope, key = (squeeze(request.POST.get(name, "")) for name in ("scope", "key"))
    author = request.user.get_username()
    with transaction.atomic():
        if holds.lift(scope, key):
            audit.record(author, "hold lifted", f"{scope} {key}".strip())
    return redirect("desk:holds")


def _answer(request: HttpRequest, form: HoldForm, status: int = 200) -> HttpResponse:
    named = dict(things())
    paused = [
        # An office, or a lane that has nothing left, is not among the things; its hold still
        # stands.
        (hold, named.get(f"{hold.scope}|{hold.key}") or f"{hold.get_scope_display()}: {hold.key}")
        for hold in Hold.objects.all()
    ]
    return render(request, "desk/holds.html", {"form": form, "holds": paused}, status=status)
