"""All campaigns at a glance, one campaign at a glance, and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from actions.erasing import promised
from actions.followup.campaign_end import concerned
from campaigns import counts, promised_time, starting, words
from campaigns.carrying.lineage import lineage
from campaigns.models import Campaign, Issue
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.history.pages import headlines
from desk.newer_version import meet
from desk.organizing.campaign_forms import BeginForm
from desk.organizing.campaign_page import (
    render_campaign,
    visible_campaigns,
    visible_or_404,
    with_fix_link,
)
from desk.organizing.coverage import all_findings, turnovers_of, ways_of
from desk.sorting import Column, Table

ORDER = [state.value for state in Campaign.State]
COLUMNS = [
    Column("campaign", gettext_lazy("Campaign"), by=lambda row: row["title"].lower()),
    Column("state", gettext_lazy("State"), by=lambda row: ORDER.index(row["campaign"].state)),
    Column(
        "verified",
        gettext_lazy("Verified"),
        by=lambda row: row["count"].total,
        is_number=True,
        falls=True,
    ),
    Column(
        "waiting",
        gettext_lazy("Waiting to confirm"),
        by=lambda row: row["count"].pending,
        is_number=True,
        falls=True,
    ),
    Column("issue", gettext_lazy("Issue"), by=lambda row: row["issue"].lower()),
    Column("live", gettext_lazy("Live since"), by=lambda row: row["campaign"].launched_at),
    Column("begun", gettext_lazy("Begun"), by=lambda row: row["campaign"].pk, falls=True),
]


@needs("see_campaigns")
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign with its numbers; drafts to those who work on them."""
    found = list(
        visible_campaigns(request)
        .select_related("issue", "ending")
        .prefetch_related("words", "issue__words")
        .order_by("-id")
    )
    tallied = counts.by_campaign(found)
    rows = [
        {
            "campaign": c,
            "title": words.of(c).title,
            "issue": words.of(c.issue).name,
            "count": tallied[c.pk],
        }
        for c in found
    ]
    # Few enough to be sorted here, by words and numbers that stand in other tables.
    context = Table(request, COLUMNS, usual="-begun").by_number(rows)
    return render(request, "desk/campaigns/list.html", context)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A draft from a starter. Without an issue to put it under, first an issue."""
    if not Issue.objects.exists():
        messages.info(
            request, _("A campaign belongs to an issue. Write your first one, then come back.")
        )
        return redirect("desk:issue_new")
    meeting = meet(request, BeginForm, Thing("campaign:new"))
    form = meeting.form
    # Without scripts a state is added by a page of its own, on which nothing is wrong yet.
    if request.POST.get("do") == "add" and "states" not in form.errors:
        values = {name: form[name].value() for name in form.fields}
        form = meeting.form = BeginForm(initial=values)
    elif meeting.may_be_saved:
        campaign = starting.begin(author=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        meeting.forget_draft()
        return redirect("desk:campaign_words", campaign.slug, "en")
    context = {"form": form, "meeting": meeting, "opened_with": meeting.opened_with}
    return render(request, "desk/campaigns/new.html", context, status=meeting.status)


def time_promised(campaign: Campaign) -> dict[str, Any]:
    """Until when what people wrote is kept: a day where it has ended, or tonight and how many."""
    has_ended = campaign.state in promised_time.ENDED and campaign.closed_at
    if campaign.words_kept_days is None or not has_ended or campaign.is_demo:
        return {"kept_until": None}
    ends_at = promised_time.ends_at(campaign)
    is_over = ends_at <= timezone.now() and campaign.undoable is None
    return {"kept_until": ends_at, "tonight": promised.people_of(campaign) if is_over else None}


@needs("see_campaigns")
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign at a glance: its numbers; to those who run it what may be done, and who changed
    what.
    """
    found = visible_or_404(request, slug)
    return render_campaign(
        request,
        "overview.html",
        found,
        "overview",
        words=words.of(found),
        count=counts.of_campaign(found),
        asks=found.asks.prefetch_related("words"),
        to_mend=[with_fix_link(finding) for finding in all_findings(found) if not finding.ok],
        ways=ways_of(found),
        turnovers=turnovers_of(found),
        lineage=lineage(found, with_drafts=request.user.has_perm("accounts.run_campaigns")),
        **half_hour(found),
        **time_promised(found),
        changes=headlines(found, found.changes.all()[:20]),
    )


def half_hour(campaign: Campaign) -> dict[str, Any]:
    """For the countdown after a close or a win: what it did and whom it concerns; {} otherwise."""
    ending = campaign.undoable
    if ending is None:
        return {}
    left = max(0, int((ending.due_at - timezone.now()).total_seconds()))
    return {
        "ending": ending,
        "seconds_left": left,
        # The minute that runs counts whole, so that it never says nought while time is left.
        "minutes_left": -(-left // 60),
        "concerned": concerned(campaign),
    }
