"""Rosters: where our knowledge of who holds which seat comes from, how old it is, what changed, and
where sources disagree.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from desk.access import needs
from desk.sorting import Column, Table
from legislators.by_hand.contacts import BY_HAND
from legislators.deadlines import deadlines
from legislators.models import STALE_AFTER, Chamber, Disagreement, Source, TurnoverReport

COLUMNS = [
    Column("source", _("Source"), by=lambda row: row["source"].name.lower()),
    Column("taken", _("Taken on"), by=lambda row: row["source"].as_of),
    Column("age", _("Age")),
    Column("covers", _("Covers"), by=lambda row: row["chambers"], falls=True),
    Column("changed", _("What it changed")),
]
SHOWN_OF_A_KIND = 1000
REPORTS_SHOWN = 5
KINDS = {
    "new": (_("New"), _("Holds a seat now")),
    "gone": (_("Gone"), _("Holds none any more")),
    "moved": (_("Moved"), _("Holds another seat")),
    "vacant": (_("Vacant"), _("Nobody holds it now")),
    "contact": (_("Contacts"), _("Reached in other ways")),
}


@require_safe
@needs("see_outbox")
def rosters(request: HttpRequest) -> HttpResponse:
    """Every source, its age and what it changed; where two of them disagree."""
    reports = TurnoverReport.objects.defer("refused").order_by("-pk")
    sources = (
        # What people typed in comes from no roster, and is never old.
        Source.objects.exclude(key=BY_HAND)
        .order_by("name")
        .prefetch_related(Prefetch("reports", reports))
    )
    found = Disagreement.objects.select_related("jurisdiction", "believed", "other")
    table = Table(request, COLUMNS, usual="source")
    context = table.by_number([_described(source) for source in sources]) | {
        "deadlines": deadlines(),
        "stale_days": STALE_AFTER.days,
        "disagreements": [(row, _chamber(row.chamber)) for row in found.filter(settled_on=None)],
        "settled": [
            (row, _chamber(row.chamber))
            for row in found.exclude(settled_on=None).order_by("-settled_on")[:20]
        ],
    }
    return render(request, "desk/rosters.html", context)


@require_safe
@needs("see_outbox")
def turnover(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report, by kind of change."""
    report = get_object_or_404(TurnoverReport.objects.select_related("source"), pk=report_id)
    kinds = []
    for kind, (title, about) in KINDS.items():
        found = [
            row | {"chamber": _chamber(row["chamber"])}
            for row in report.changes
            if row["kind"] == kind
        ]
        if found:
            kinds.append(
                {
                    "key": kind,
                    "title": title,
                    "about": about,
                    "rows": found[:SHOWN_OF_A_KIND],
                    "total": len(found),
                }
            )
    return render(request, "desk/turnover.html", {"report": report, "kinds": kinds})


def _described(source: Source) -> dict[str, Any]:
    reports = list(source.reports.all())[:REPORTS_SHOWN]
    return {
        "source": source,
        "states": len({state for state, _ in source.covers}),
        "chambers": len(source.covers),
        "reports": [(report, _counted(report)) for report in reports],
    }


def _counted(report: TurnoverReport) -> list[tuple[Any, int]]:
    numbers = {kind: sum(row["kind"] == kind for row in report.changes) for kind in KINDS}
    return [(KINDS[kind][0], number) for kind, number in numbers.items() if number]


def _chamber(key: str) -> str:
    # Reports keep the key of their day: a chamber that is no more must not break an old one.
    return str(Chamber(key).label) if key in Chamber.values else key
