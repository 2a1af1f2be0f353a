"""One bill: what it is, where it stands and stood, who sponsors it, and its campaigns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from campaigns import words
from campaigns.bills import keeping, stages
from campaigns.bills.attaching import attach
from campaigns.bills.keeping import AlreadyThere, StillUsed, jurisdictions
from campaigns.bills.telling import tell
from campaigns.models import Bill, Campaign
from desk.access import needs
from desk.bills.forms import BillForm, StageForm
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, last_in_log, meet
from desk.organizing.campaign_page import say_saved


@needs("run_campaigns")
@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Bill, pk=pk)
    return show(request, found, StageForm(bill=found, initial={"stage": found.stage}))


def show(
    request: HttpRequest, found: Bill, form: StageForm, *, doubt: str = "", status: int = 200
) -> HttpResponse:
    """The page, with the form of its next stage; `doubt` is what to ask before that is noted."""
    campaigns = Campaign.objects.filter(bill_links__bill=found).prefetch_related("words")
    context: dict[str, Any] = {
        "bill": found,
        "whose": dict(jurisdictions()).get(found.jurisdiction, found.jurisdiction),
        "history": found.history.all(),
        "sponsors": found.sponsors.select_related("legislator"),
        "campaigns": [(one, words.of(one).title or one.slug) for one in campaigns],
        "form": form,
        "doubt": doubt,
    }
    return render(request, "desk/bills/bill.html", context, status=status)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A bill; asked for from a campaign's page it belongs to that campaign at once."""
    campaign = Campaign.objects.filter(
        slug=request.GET.get("campaign", "").replace("\0", "")
    ).first()
    asked_for = {"identifier": request.GET.get("identifier")}
    meeting = meet(request, lambda data: BillForm(data, initial=asked_for), Thing("bill:new"))
    form = meeting.form
    if meeting.may_be_saved:
        author = request.user.get_username()
        try:
            with transaction.atomic():
                made = keeping.keep(Bill(), form.cleaned_data, author=author)
                tell(made, issues=form.cleaned_data["issues"], words=form.words())
                if campaign:
                    attach(campaign, made)
                    campaign.changes.create(deed="bills", author=author, note=made.identifier)
        except AlreadyThere as there:
            form.add_error("identifier", link_to(there.bill))
        else:
            meeting.forget_draft()
            if campaign:
                return redirect("desk:campaign_bills", campaign.slug)
            return redirect("desk:bill", made.pk)
    context = {"form": form, "meeting": meeting, "opened_with": meeting.opened_with}
    context["campaign"] = campaign
    return render(request, "desk/bills/new.html", context, status=422 if form.errors else 200)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Bill)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is called and whose it is; its campaigns' letters name it so from now on."""
    found = get_object_or_404(Bill, pk=pk)
    meeting = meet(request, lambda data: BillForm(data, bill=found), Thing(f"bill:{pk}"))
    if meeting.may_be_saved:
        try:
            form = meeting.form
            with transaction.atomic():
                keeping.keep(found, form.cleaned_data, author=request.user.get_username())
                tell(found, issues=form.cleaned_data["issues"], words=form.words())
        except AlreadyThere as there:
            meeting.form.add_error("identifier", link_to(there.bill))
            found.refresh_from_db()
        else:
            say_saved(request, meeting)
            return redirect("desk:bill", pk)
    context = {
        "bill": found,
        "form": meeting.form,
        "meeting": meeting,
        "opened_with": meeting.opened_with,
    }
    template = "desk/bills/edit.html"
    if meeting.differences:
        template = "desk/newer_version.html"
        context["last"] = last_in_log("bill.change", subject=f"bill {pk}")
    return render(request, template, context, status=meeting.status)


def link_to(there: Bill) -> str:
    """An error that leads to the bill that is there already."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("This bill is here already:"),
        reverse("desk:bill", args=[there.pk]),
        f"{there} {there.session}",
    )


@needs("run_campaigns")
@require_POST
def note_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands now; back only with a tick below the question."""
    found = get_object_or_404(Bill, pk=pk)
    form = StageForm(request.POST, bill=found)
    if not form.is_valid():
        return show(request, found, form, status=422)
    author = request.user.get_username()
    try:
        with transaction.atomic():
            moved = stages.note(
                found, author=author, is_sure="sure" in request.POST, **form.cleaned_data
            )
            stage = form.cleaned_data["stage"]
            audit.record(author, "bill.stage", f"bill {pk}", bill=str(found), stage=stage)
    except stages.Doubtful as doubtful:
        return show(request, found, form, doubt=str(doubtful), status=409)
    said = _("It stands at “%s” now.") % found.get_stage_display()
    kept = _("Noted in its history; it stands where it stood.")
    messages.success(request, said if moved else kept)
    return redirect("desk:bill", pk)


@needs("run_campaigns")
@require_POST
def strike_stage(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """A line that was a mistake."""
    found = get_object_or_404(Bill, pk=pk)
    row = get_object_or_404(found.history, pk=line)
    with transaction.atomic():
        stages.strike(row)
        author = request.user.get_username()
        audit.record(author, "bill.stage struck", f"bill {pk}", bill=str(found), stage=row.stage)
    messages.success(request, _("The line is struck out."))
    return redirect("desk:bill", pk)


@needs("run_campaigns")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """One that no campaign is about."""
    found = get_object_or_404(Bill, pk=pk)
    try:
        keeping.remove(found, author=request.user.get_username())
    except StillUsed:
        messages.error(request, _("A campaign is about it: take it off there first."))
        return redirect("desk:bill", pk)
    messages.success(request, _("%s is removed.") % found)
    return redirect("desk:bills")
