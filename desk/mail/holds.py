"""Pausing deliveries: everything, one campaign, one office or one lane; and letting them go."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from actions.followup import campaign_end
from actions.mailings.mail import words_for
from actions.models import Alert
from actions.offices import office_name
from campaigns import words
from campaigns.models import Campaign
from desk.access import needs
from desk.mail.destinations import destination
from legislators.models import Seat
from worker.channels.mime import squeeze
from worker.engine import holds
from worker.lane_numbers import unsettled_lanes
from worker.models import Hold


def things() -> list[tuple[str, str]]:
    """What may be paused, as (scope|key, words). An office is paused from one of its deliveries."""
    campaigns = Campaign.objects.exclude(state=Campaign.State.DRAFT).prefetch_related("words")
    return [
        ("everything|", _("Everything")),
        *(
            (f"campaign|campaign:{campaign.pk}", _("Campaign: %s") % words.of(campaign).title)
            for campaign in campaigns
        ),
        *((f"lane|{lane}", _("To: %s") % destination(lane)) for lane in unsettled_lanes()),
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
    """Let it go; nothing happens if somebody else just did, nor for what an end that may be undone
    needs: its letters would leave.
    """
    scope, key = (squeeze(request.POST.get(name, "")) for name in ("scope", "key"))
    if campaign_end.needs_hold(key):
        messages.error(
            request,
            _("This campaign ended a moment ago. Undo that on its page, and its letters go on."),
        )
        return redirect("desk:holds")
    author = request.user.get_username()
    with transaction.atomic():
        if holds.lift(scope, key):
            audit.record(author, "hold lifted", f"{scope} {key}".strip())
    return redirect("desk:holds")


def _answer(request: HttpRequest, form: HoldForm, status: int = 200) -> HttpResponse:
    paused = named(Hold.objects.order_by("placed_at"))
    return render(request, "desk/holds.html", {"form": form, "holds": paused}, status=status)


def named(found: Iterable[Hold]) -> list[tuple[Hold, str]]:
    """Each with what it pauses, in words. Four queries, however many there are."""
    found = list(found)
    campaigns = Campaign.objects.prefetch_related("words").in_bulk(keys_of(found, "campaign"))
    seats = Seat.objects.select_related("jurisdiction").in_bulk(keys_of(found, "seat"))
    titles = {f"campaign:{pk}": words.of(one).title for pk, one in campaigns.items()}
    names = {f"seat:{pk}": office_name(seat) for pk, seat in seats.items()}
    alerts = Alert.objects.prefetch_related("words").in_bulk(keys_of(found, Alert.KIND))
    names |= {
        one.scope_key: words_for(one, settings.LANGUAGE_CODE).subject for one in alerts.values()
    }
    return [(hold, in_words(hold, titles | names)) for hold in found]


def keys_of(found: list[Hold], kind: str) -> list[int]:
    """The ids of keys like "campaign:7"."""
    parts = [hold.key.partition(":") for hold in found if hold.scope != Hold.Scope.LANE]
    return [int(number) for name, _colon, number in parts if name == kind and number.isdecimal()]


def in_words(hold: Hold, names: dict[str, str]) -> str:
    """Of what has been deleted since, its key is all there is to say."""
    if hold.scope == Hold.Scope.EVERYTHING:
        return _("Everything")
    is_lane = hold.scope == Hold.Scope.LANE
    # All mail of one alert, by the column that a campaign's letters have its key in.
    if hold.key in names and hold.key.startswith(f"{Alert.KIND}:"):
        return _("Alert: %s") % names[hold.key]
    name = destination(hold.key) if is_lane else names.get(hold.key, hold.key)
    return {
        Hold.Scope.CAMPAIGN: _("Campaign: %s"),
        Hold.Scope.OFFICE: _("Office: %s"),
        Hold.Scope.LANE: _("To: %s"),
    }[Hold.Scope(hold.scope)] % name
