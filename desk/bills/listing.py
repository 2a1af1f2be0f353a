"""Every bill, with filters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.bills.keeping import jurisdictions
from campaigns.bills.naming import normalized
from campaigns.models import Bill, BillSponsor, Issue, Stage
from desk.access import needs

ON_A_PAGE = 50
ORDER = ("jurisdiction", "-session", "normalized", "id")


@needs("run_campaigns")
@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """By whose they are, where they stand, our stance, or the issue of their campaigns."""
    asked = {
        # PostgreSQL takes no NUL in a text.
        name: request.GET.get(name, "").replace("\0", "")
        for name in ("q", "whose", "stage", "stance", "issue")
    }
    found = narrowed(asked).prefetch_related("campaign_links__campaign__words")
    in_doubt = Count("sponsors", filter=~Q(sponsors__doubt=""), distinct=True)
    # What is counted loses the order of its model.
    ordered = found.annotate(in_doubt=in_doubt).order_by(*ORDER)
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    names = dict(jurisdictions())
    used = set(Bill.objects.values_list("jurisdiction", flat=True))
    context: dict[str, Any] = {
        "page": page,
        "rows": [described(bill, names) for bill in page],
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "whose": [row for row in jurisdictions() if row[0] in used],
        "stages": Stage.choices,
        "stances": [*Bill.Stance.choices, ("none", _("None"))],
        "issues": [
            (issue.slug, words.of(issue).name) for issue in Issue.objects.prefetch_related("words")
        ],
        "doubts": BillSponsor.objects.exclude(doubt="").count(),
    }
    return render(request, "desk/bills/list.html", context)


def narrowed(asked: dict[str, str]) -> QuerySet[Bill]:
    found: QuerySet[Bill] = Bill.objects.all()
    if text := asked["q"].strip():
        named = Q(title__icontains=text) | Q(sponsors__name__icontains=text)
        if name := normalized(text):
            named |= Q(normalized__startswith=name)
        found = found.filter(named)
    if asked["whose"]:
        found = found.filter(jurisdiction=asked["whose"])
    if asked["stage"]:
        found = found.filter(stage=asked["stage"])
    if asked["stance"]:
        found = found.filter(stance="" if asked["stance"] == "none" else asked["stance"])
    if asked["issue"]:
        found = found.filter(campaigns__issue__slug=asked["issue"])
    return found.distinct()


def described(bill: Bill, names: dict[str, str]) -> dict[str, Any]:
    campaigns = [link.campaign for link in bill.campaign_links.all()]
    return {
        "bill": bill,
        "whose": names.get(bill.jurisdiction, bill.jurisdiction),
        "campaigns": [(one.slug, words.of(one).title or one.slug) for one in campaigns],
    }
