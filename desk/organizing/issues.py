"""Issues: the policy areas that campaigns belong to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns import words
from campaigns.models import Issue, IssueWords
from campaigns.pages.issue import issue_page
from campaigns.starting import free_slug
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import meet
from desk.organizing.campaign_forms import IssueForm
from desk.publishing import pages
from desk.publishing.kinds import Kind
from desk.sorting import Column, Table

COLUMNS = [
    Column("issue", _("Issue"), by=lambda row: row["words"].name.lower()),
    Column("summary", _("Summary")),
    Column("standing", _("Public"), by=lambda row: row["issue"].standing),
    Column(
        "campaigns", _("Campaigns"), by=lambda row: row["campaigns"], is_number=True, falls=True
    ),
    # As on the public site.
    Column("place", _("Place"), by=lambda row: row["issue"].position, is_number=True),
]
KIND = Kind(
    name="issue",
    model=Issue,
    form=IssueForm,
    title=lambda issue: words.of(issue).name,
    page=issue_page,
    public_name="campaigns:issue",
    listing=("desk:issues", _("Issues")),
)


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
    """An issue in English; on to the campaign it was wanted for, or as a draft to its times."""
    meeting = meet(
        request,
        lambda data: IssueForm(data, instance=IssueWords(language="en")),
        Thing("issue:new"),
    )
    form = meeting.form
    if meeting.may_be_saved:
        issue = Issue(
            slug=free_slug(form.cleaned_data["name"], Issue), position=Issue.objects.count() + 1
        )
        is_draft = request.POST.get("do") == "draft"
        if is_draft:
            issue.publish_at = None
        pages.save_new(KIND, issue, form, author=request.user.get_username())
        meeting.forget_draft()
        return (
            redirect("desk:issue_times", issue.slug) if is_draft else redirect("desk:campaign_new")
        )
    context = {"form": form, "meeting": meeting, "opened_with": meeting.opened_with}
    return render(request, "desk/campaigns/issue.html", context, status=meeting.status)
