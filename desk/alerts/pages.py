"""Alerts of a campaign at the desk: written, counted, tried, let go, paused, stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import proofs
from accounts.models import User
from actions.mailings import sending
from actions.mailings.mail import test_envelope, words_for
from actions.models import Alert
from campaigns.models import Campaign
from desk.access import needs
from desk.alerts.forms import AlertForm, WhenForm, so_far
from desk.alerts.sending import ALERTS, recount
from desk.form_drafts.keeping import Thing
from desk.mailings.deeds import SOMEBODY_WAS_QUICKER, do, facts
from desk.newer_version import in_turn, meet
from desk.organizing import mails_to_oneself
from desk.organizing.campaign_page import (
    campaign_or_404,
    language_or_404,
    render_campaign,
    render_form,
    say_saved,
)
from desk.schedules.wall_time import twice
from desk.supporters.filters import Filter
from supporters.mail import ALERTS_LANE
from worker.engine.pace import pace_of
from worker.models import Hold, Lane

RIGHT = "send_updates"
# Nobody can act any more.
OVER = (Campaign.State.CLOSED, Campaign.State.WON, Campaign.State.ARCHIVED)
WHY_NOT = {
    "age": gettext_lazy("Under 18, or nobody knows their age"),
    "mailbox": gettext_lazy("Their mailbox wants no mail, takes none, or never answered"),
    "consent": gettext_lazy("Did not say yes to the newsletter"),
    "acted": gettext_lazy("Acted in this campaign already"),
    "unsure": gettext_lazy("Their district is not certain"),
    "elsewhere": gettext_lazy("Represented by none of the seats that it writes to or calls"),
    "shares": gettext_lazy("Share a mailbox with somebody who gets it"),
}
DEEDS: dict[str, tuple[Callable[..., None], Any]] = {
    "call-back": (sending.call_back, gettext_lazy("Called back: nobody got it.")),
    "pause": (sending.pause, gettext_lazy("Paused: nothing more leaves until you go on.")),
    "go-on": (sending.go_on, gettext_lazy("It goes on.")),
    "stop": (sending.stop, gettext_lazy("Stopped: what has not left yet never will.")),
}


@needs(RIGHT)
def alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked of people so far."""
    campaign = campaign_or_404(slug)
    rows = Alert.objects.filter(campaign=campaign).prefetch_related("words")
    found = [(row, words_for(row, settings.LANGUAGE_CODE)) for row in rows]
    is_over = campaign.state in OVER
    return render_campaign(
        request, "../alerts/list.html", campaign, "alerts", alerts=found, is_over=is_over
    )


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def write(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new one, or the list and words of one that nobody has let go yet."""
    campaign = campaign_or_404(slug)
    alert = alert_or_404(campaign, pk) if pk else None
    if alert and not alert.is_open:
        messages.error(request, _("Its words are fixed. Call it back first, while you can."))
        return redirect("desk:alert", slug, alert.pk)
    if campaign.state in OVER:
        messages.error(request, _("This campaign is over: there is nothing to call people to."))
        return redirect("desk:alerts", slug)
    initial = so_far(alert) if alert else {}
    thing = f"alert:{pk or 'new'}"
    meeting = meet(
        request,
        lambda data: AlertForm(data, alert=alert, user=user_of(request), initial=initial),
        Thing(thing, campaign),
    )
    if meeting.may_be_saved:
        author = user_of(request).email
        alert = alert or Alert.objects.create(campaign=campaign, author=author)
        meeting.form.save_to(alert)
        recount(alert)
        meeting.forget_draft()
        say_saved(request, meeting)
        return redirect("desk:alert", slug, alert.pk)
    return render_form(
        request, "../alerts/write.html", campaign, "alerts", meeting, thing=thing, alert=alert
    )


@needs(RIGHT)
def alert(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One alert as its readers get it, who they are, and what became of its mail."""
    campaign = campaign_or_404(slug)
    found = alert_or_404(campaign, pk)
    form = WhenForm(campaign=campaign, initial={"counted": counted(found)})
    return shown(request, campaign, found, form)


def shown(
    request: HttpRequest, campaign: Campaign, found: Alert, form: WhenForm, status: int = 200
) -> HttpResponse:
    on_its_way = found.state in (Alert.State.SENDING, Alert.State.POSTED)
    context: dict[str, Any] = facts(found) | {
        "alert": found,
        "list": Filter.from_json(found.filters).said(),
        "left_out": [
            (WHY_NOT[why], found.left_out[why]) for why in WHY_NOT if why in found.left_out
        ],
        "form": form,
        "is_over": campaign.state in OVER,
        "is_counting": found.is_open and not found.counted_at,
        "is_refreshed": (found.is_open and not found.counted_at) or found.state == "sending",
        "hold": on_its_way and Hold.objects.filter(key=found.scope_key).first(),
        "pace": pace_for(found.addressed),
    }
    return render_campaign(
        request, "../alerts/alert.html", campaign, "alerts", status=status, **context
    )


@require_POST
@needs(RIGHT)
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let it go at its time. Asks for a fresh proof first: it writes to many people."""
    campaign = campaign_or_404(slug)
    found = alert_or_404(campaign, pk)
    # A stolen session could write to everybody who trusts us.
    if not proofs.is_fresh(request):
        return proofs.ask_again(page_of(found))
    if campaign.state in OVER:
        messages.error(request, _("This campaign is over: there is nothing to call people to."))
        return redirect(page_of(found))
    form = WhenForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return shown(request, campaign, found, form, status=422)
    if not found.counted_at or form.cleaned_data["counted"] != counted(found):
        # Also where a colleague wrote other words meanwhile: each save counts anew.
        said = _("It was changed or counted anew meanwhile. Look at it once more.")
        messages.error(request, said)
        return redirect(page_of(found))
    try:
        zone = form.cleaned_data["zone"]
        ALERTS.approve(found, author=user_of(request).email, goes_at=form.instant, zone=zone)
    except sending.NotReady as why:
        told = {
            "words": _("It has no English words yet."),
            "nobody": _("Nobody gets it: see below why."),
        }
        messages.error(request, told[str(why)])
    except sending.TooLate:
        messages.error(request, SOMEBODY_WAS_QUICKER)
    else:
        messages.success(request, _("It goes at its time. Until then you can call it back."))
        for time in twice([form.cleaned_data["goes_at"]], zone):
            said = _("Clocks show %(time)s twice that night: the first is meant.")
            messages.info(request, said % {"time": time})
    return redirect(page_of(found))


@require_POST
@needs(RIGHT)
def count(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Count a draft anew: people came and went since."""
    found = alert_or_404(campaign_or_404(slug), pk)
    if found.is_open:
        recount(found)
    return redirect(page_of(found))


@require_POST
@needs(RIGHT)
def test(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Its mail in one language to whoever asks, and to nobody else."""
    found = alert_or_404(campaign_or_404(slug), pk)
    user, words = (
        user_of(request),
        words_for(found, language_or_404(request.POST.get("language", ""))),
    )
    page = settings.SITE_URL + page_of(found)
    mails_to_oneself.post(
        request,
        lambda: test_envelope(
            found, words, to=user.email, sender_key=mails_to_oneself.key_of(user), page=page
        ),
    )
    return redirect(page_of(found))


@require_POST
@needs(RIGHT)
def deed(request: HttpRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Call it back, pause it, let it go on, stop it."""
    found = alert_or_404(campaign_or_404(slug), pk)
    if deed not in DEEDS:
        raise Http404
    do(request, found, *DEEDS[deed])
    return redirect(page_of(found))


@require_POST
@needs(RIGHT)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A draft is gone for good; anything else stays."""
    found = alert_or_404(campaign_or_404(slug), pk)
    gone = do(request, found, sending.remove, _("The draft is gone."))
    return redirect("desk:alerts", slug) if gone else redirect(page_of(found))


def pace_for(mails: int) -> dict[str, int] | None:
    """Mails a minute, and how many minutes that takes; None: as fast as it goes."""
    lane = Lane.objects.filter(name=ALERTS_LANE).first() or Lane(name=ALERTS_LANE)
    pace = pace_of(lane)
    return {"a_minute": pace.per_minute, "minutes": mails // pace.per_minute} if pace else None


def counted(alert: Alert) -> str:
    """By which a form says what it was looking at."""
    return alert.counted_at.isoformat() if alert.counted_at else ""


def page_of(found: Alert) -> str:
    """Its address."""
    return reverse("desk:alert", args=[found.campaign.slug, found.pk])


def alert_or_404(campaign: Campaign, pk: int) -> Alert:
    """An alert of this campaign, with its words."""
    rows = Alert.objects.select_related("campaign").prefetch_related("words")
    return get_object_or_404(rows, campaign=campaign, pk=pk)


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in (desk.access)."""
    assert isinstance(request.user, User)
    return request.user
