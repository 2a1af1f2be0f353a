"""When a campaign opens and closes by itself: set, changed, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import Campaign, Schedule
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.campaign_page import campaign_or_404, noted_in_history, render_form, saved
from desk.schedules.forms import ScheduleForm, values_of

State = Campaign.State
# One that has ended opens and closes no more.
HAS_ONE = (State.DRAFT, State.LIVE, State.PAUSED)
THING = "schedule"


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Both times empty: none. 409 for a campaign that has ended."""
    campaign = campaign_or_404(slug)
    times = Schedule.objects.filter(campaign=campaign).first()
    may_tell = request.user.has_perm("accounts.send_updates")
    meeting = meet(
        request,
        lambda data: ScheduleForm(data, campaign=campaign, times=times, may_tell=may_tell),
        Thing(THING, campaign),
    )
    is_open = campaign.state in HAS_ONE
    if is_open and saved(
        request,
        campaign,
        meeting,
        lambda: keep(campaign, meeting.form, author=request.user.get_username()),
        deed=THING,
        detail="",
        thing=THING,
    ):
        for time in meeting.form.twice():
            said = _("Clocks show %(time)s twice that night: the first is meant.")
            messages.info(request, said % {"time": time})
        return redirect(request.path)
    return render_form(
        request,
        "schedule.html",
        campaign,
        "settings",
        meeting,
        thing=THING,
        is_refused=bool(meeting.form.errors),
        is_open=is_open,
        times=times,
    )


def keep(campaign: Campaign, form: ScheduleForm, *, author: str) -> None:
    """What was missed before is answered by whatever is saved now."""
    values = form.values() | {"author": author, "missed": "", "missed_because": []}
    Schedule.objects.update_or_create(campaign=campaign, defaults=values | {"missed_at": None})


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def take_away(request: HttpRequest, slug: str) -> HttpResponse:
    """It opens and closes by hand only."""
    campaign = campaign_or_404(slug)
    rows = Schedule.objects.filter(campaign=campaign)

    def says() -> dict[str, str]:
        found = values_of(campaign, rows.first()) if rows.exists() else {}
        return {name: str(found[name]) for name in ("opens_at", "closes_at") if found.get(name)}

    if campaign.state in HAS_ONE and rows.exists():
        with noted_in_history(request, campaign, THING, thing=THING, says=says):
            rows.delete()
        messages.success(request, _("Taken away: it opens and closes by hand."))
    return redirect("desk:campaign_schedule", slug)
