"""Issues: the policy areas that campaigns belong to."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from campaigns import words
from campaigns.models import Issue, IssueWords
from campaigns.starting import free_slug
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, last_in_log, meet
from desk.organizing.campaign_forms import IssueForm
from desk.organizing.campaign_page import language_or_404, say_saved
from desk.sorting import Column, Table

COLUMNS = [
    Column("issue", _("Issue"), by=lambda row: row["words"].name.lower()),
    Column("summary", _("Summary")),
    Column(
        "campaigns", _("Campaigns"), by=lambda row: row["campaigns"], is_number=True, falls=True
    ),
    # As on the public site.
    Column("place", _("Place"), by=lambda row: row["issue"].position, is_number=True),
]


@needs("run_campaigns")
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue, with how many campaigns it has."""
    found = Issue.objects.prefetch_related("words", "campaigns")
    rows = [
        {"issue": issue, "words": words.of(issue), "campaigns": len(issue.campaigns.all())}
        for issue in found
    ]
    context = Table(request, COLUMNS, usual="place").by_number(rows)
    return render(request, "desk/campaigns/issues.html", context)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def new_issue(request: HttpRequest) -> HttpResponse:
    """An issue in English; on to the campaign it was wanted for."""
    meeting = meet(
        request,
        lambda data: IssueForm(data, instance=IssueWords(language="en")),
        Thing("issue:new"),
    )
    form = meeting.form
    if meeting.may_be_saved:
        with transaction.atomic():
            form.instance.issue = Issue.objects.create(
                slug=free_slug(form.cleaned_data["name"], Issue), position=Issue.objects.count() + 1
            )
            form.save()
            meeting.forget_draft()
            audit.record(request.user.get_username(), "issue.begin", form.instance.issue.slug)
        return redirect("desk:campaign_new")
    context = {"form": form, "meeting": meeting, "opened_with": meeting.opened_with}
    return render(request, "desk/campaigns/issue.html", context, status=meeting.status)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Issue)
def issue(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """An issue's words in one language."""
    found, language = get_object_or_404(Issue, slug=slug), language_or_404(language)
    row = found.words.filter(language=language).first() or IssueWords(
        issue=found, language=language
    )
    meeting = meet(
        request,
        lambda data: IssueForm(data, instance=row),
        Thing(f"words:{language}", issue=found),
    )
    if meeting.may_be_saved:
        meeting.form.save()
        say_saved(request, meeting)
        # Last: until this transaction ends, everybody else waits to write into the log.
        audit.record(request.user.get_username(), "issue.words", found.slug, language=language)
        return redirect(request.path)
    context = {
        "issue": found,
        "title": words.of(found).name,
        "form": meeting.form,
        "meeting": meeting,
        "opened_with": meeting.opened_with,
        "language": language,
    }
    template = "desk/campaigns/issue.html"
    if meeting.differences:
        template = "desk/newer_version.html"
        context["last"] = last_in_log("issue.words", subject=found.slug, detail__language=language)
    return render(request, template, context, status=meeting.status)
