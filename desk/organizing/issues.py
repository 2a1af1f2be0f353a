"""Issues: the policy areas that campaigns belong to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.models import Issue
from campaigns.pages.issue import issue_page
from desk.access import needs
from desk.organizing.campaign_forms import IssueForm
from desk.publishing.beginning import new_page
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


def _begin(request: HttpRequest, issue: Issue) -> None:
    issue.position = Issue.objects.count() + 1
    if request.POST.get("do") == "draft":
        issue.publish_at = None


def _go_on(_request: HttpRequest, issue: Issue) -> HttpResponse:
    """To the campaign it was wanted for; of a draft to its times."""
    if issue.publish_at is None:
        return redirect("desk:issue_times", issue.slug)
    return redirect("desk:campaign_new")


new_issue = new_page(KIND, _("New issue"), then=_go_on, named_by="name", begin=_begin)
