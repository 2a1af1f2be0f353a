"""The pages of numbers: of a campaign or an issue, and of a state within it; each table as CSV too.

Nothing in them is personal, so none of it is an export that is written down (docs/safety.md F11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.models import Campaign, Issue, Metric, Side
from desk.access import needs
from desk.numbers import cuts, drawings, letter_cuts
from desk.numbers.in_a_state import State, layers_of, offices_table, part_of
from desk.numbers.reading import Numbers, Scope, is_being_counted, read, read_districts
from desk.numbers.small_cells import FEW
from desk.numbers.tables import Table, csv_of, told_apart
from desk.organizing.campaign_page import render_campaign, visible_campaigns, visible_or_404
from legislators.models import Jurisdiction
from legislators.states import STATES
from worker.models import Delivery
from worker.models import State as DeliveryState

MOST_STATES = 12  # in the table beside the map; the rest unfolds


@dataclass(frozen=True)
class Subject:
    """What the numbers are of: one campaign, or all of an issue that this person may see."""

    campaigns: tuple[Campaign, ...]
    scope: Scope
    title: str
    # The beginnings of addresses, as `desk:campaign_numbers`; and what stands in them.
    url_name: str
    slug: str
    issue: Issue | None = None

    def apart(self) -> list[Subject]:
        """Each campaign of an issue, as its own page has it."""
        if self.issue is None:
            return []
        return [
            replace(
                self,
                campaigns=(one,),
                scope=Scope.of([one], is_strict=self.scope.is_strict),
                url_name="campaign_numbers",
                slug=one.slug,
                issue=None,
            )
            for one in self.campaigns
        ]

    def url(self, *rest: str, part: str = "") -> str:
        return reverse(f"desk:{self.url_name}{part}", args=[self.slug, *rest])


def of_campaign(request: HttpRequest, slug: str) -> Subject:
    campaign = visible_or_404(request, slug)
    scope = Scope.of([campaign], is_strict=is_partner(request))
    return Subject((campaign,), scope, words.of(campaign).title, "campaign_numbers", slug)


def of_issue(request: HttpRequest, slug: str) -> Subject:
    issue = get_object_or_404(Issue.objects.prefetch_related("words"), slug=slug)
    # A draft has no numbers but those of whoever tried it.
    found = visible_campaigns(request).filter(issue=issue).prefetch_related("words")
    campaigns = tuple(found.exclude(state=Campaign.State.DRAFT).order_by("pk"))
    scope = Scope.of(campaigns, is_strict=is_partner(request))
    return Subject(campaigns, scope, words.of(issue).name, "issue_numbers", slug, issue)


def is_partner(request: HttpRequest) -> bool:
    """Of another organization: no small number at all, whatever else they may do."""
    return request.user.groups.filter(name="partner").exists()


@needs("see_campaigns")
@require_safe
def campaign_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign in numbers."""
    return show(request, of_campaign(request, slug), "numbers.html", overview)


@needs("see_campaigns")
@require_safe
def issue_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """All campaigns of an issue in numbers."""
    return show(request, of_issue(request, slug), "numbers.html", overview)


@needs("see_campaigns")
@require_safe
def campaign_state(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """One campaign inside one state."""
    return show(request, of_campaign(request, slug), "state.html", lambda of: inside(of, state))


@needs("see_campaigns")
@require_safe
def issue_state(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """An issue inside one state."""
    return show(request, of_issue(request, slug), "state.html", lambda of: inside(of, state))


@needs("see_campaigns")
@require_safe
def campaign_csv(request: HttpRequest, slug: str, name: str, state: str = "") -> HttpResponse:
    """One table of a campaign, as CSV."""
    return as_csv(of_campaign(request, slug), name, state)


@needs("see_campaigns")
@require_safe
def issue_csv(request: HttpRequest, slug: str, name: str, state: str = "") -> HttpResponse:
    """One table of an issue, as CSV."""
    return as_csv(of_issue(request, slug), name, state)


def show(
    request: HttpRequest,
    of: Subject,
    template: str,
    context_of: Callable[[Subject], dict[str, Any]],
) -> HttpResponse:
    context = {"of": of, "numbers_url": of.url(), **context_of(of)}
    if of.issue is None:
        return render_campaign(
            request, f"numbers/{template}", of.campaigns[0], "numbers", **context
        )
    context |= {"issue": of.issue, "title": of.title}
    return render(request, f"desk/campaigns/numbers/issue_{template}", context)


def overview(of: Subject) -> dict[str, Any]:
    numbers = read(of.scope)
    made = {each.name: each for each in tables_of(of, numbers)}
    names = state_names()
    days, hours, states = made["days"], made["hours"], made["states"]
    limits = drawings.bounds([row for row in states.rows if row.key])
    tiles = drawings.tiles(
        states.rows, names, {str(row.key): row.url for row in states.rows if row.url}
    )
    # Rare columns are there only where somebody is in them: their places differ.
    people = [at for at, name in enumerate(days.metrics) if name in ADDED_UP]
    return {
        "numbers": numbers,
        "count": headline(of, numbers),
        "made": made,
        "questions": [each for name, each in made.items() if name.startswith("question-")],
        # Without the first row, which is everything before.
        "day_bars": drawings.columns(days.rows[1:], people),
        "today": drawings.total(days.rows[-1].cells[at] for at in people),
        "yesterday": drawings.total(days.rows[-2].cells[at] for at in people),
        "best": best_of(days, people),
        "somebody_lately": any(cell.number != 0 for row in hours.rows for cell in row.cells[:2]),
        "shows_hours": any(row.cells[0].number for row in hours.rows),
        "hour_bars": drawings.columns(hours.rows),
        "tiles": tiles,
        "tiles_height": max(tile.y for tile in tiles) + drawings.TILE,
        "legend": drawings.legend(limits, [tile.cell for tile in tiles]),
        "top_states": states.rows[:MOST_STATES],
        "more_states": states.rows[MOST_STATES:],
        "own_words_percent": cuts.own_words_percent(numbers),
        "oldest_due": oldest_due(of),
        "is_being_counted": is_being_counted(of.scope),
    }


def headline(of: Subject, numbers: Numbers) -> dict[str, int | str]:
    """The totals; to a partner a small one is no number either."""
    totals = {name: numbers.total(name) for name in Metric.values}
    if not of.scope.is_strict:
        return dict(totals)
    return {name: f"<{FEW}" if 0 < number < FEW else number for name, number in totals.items()}


# What a day's column is as high as.
ADDED_UP = (Metric.VERIFIED, Metric.ANONYMOUS)


def tables_of(of: Subject, numbers: Numbers) -> list[Table]:
    """All but those of a state. Of an issue, what its campaigns' own pages do not tell is not told
    by them together.
    """
    found = own_tables(of, numbers)
    # Each page as somebody else reads it: they, and not the numbers, are what can be compared.
    each = [own_tables(one, read(one.scope)) for one in of.apart()]
    return [told_apart(made, named(made.name, each)) for made in found]


def named(name: str, each: Iterable[Iterable[Table]]) -> list[Table]:
    """The table of that name on each page that has it."""
    return [made for tables in each for made in tables if made.name == name]


def own_tables(of: Subject, numbers: Numbers) -> list[Table]:
    names, here, scope = state_names(), states_here(), of.scope

    def page_of_state(code: str) -> str:
        return of.url(code, part="_state") if code in here else ""

    found = [
        cuts.by_day(numbers, scope),
        cuts.by_hour(numbers),
        cuts.by_state(numbers, scope, names, page_of_state),
        *cuts.by_country(numbers),
        cuts.by_source(numbers),
        cuts.by_language(numbers, scope),
        letter_cuts.by_evidence(numbers, scope),
        letter_cuts.by_host(numbers, scope),
        cuts.by_word(numbers, scope),
    ]
    if of.issue:
        found.append(
            cuts.by_campaign(
                of.campaigns, scope, lambda one: reverse("desk:campaign_numbers", args=[one.slug])
            )
        )
    else:
        found.append(cuts.by_ask(of.campaigns[0], scope))
        # What we asked for ourselves is no partner's.
        found += [] if scope.is_strict else cuts.by_question(of.campaigns[0], numbers)
    return found


def best_of(days: Table, people: list[int]) -> tuple[str, int] | None:
    """The day of the last thirty that had most, where that may be said."""
    sums = [(drawings.total(row.cells[at] for at in people), row.label) for row in days.rows[1:]]
    known = [(number, label) for number, label in sums if number]
    number, label = max(known, default=(0, ""))
    return (label, number) if number else None


def oldest_due(of: Subject) -> Any:
    """Since when the letter waits that should have left first; None where none is late."""
    # As actions.letters.envelopes names them; the index on (scope_key, state) answers alone.
    keys = [f"campaign:{campaign.pk}" for campaign in of.campaigns]
    now = timezone.now()
    late = Delivery.objects.filter(scope_key__in=keys, state=DeliveryState.QUEUED)
    return late.filter(due_at__lte=now).aggregate(at=Min("due_at"))["at"]


def inside(of: Subject, code: str) -> dict[str, Any]:
    state = State.find(code)
    if state is None:
        raise Http404(code)
    everybody, numbers, layers, offices = inside_of(state, of.scope)
    each = [inside_of(state, one.scope) for one in of.apart()]
    layers = {
        side: told_apart(made, named(made.name, (one.layers.values() for one in each)))
        for side, made in layers.items()
    }
    whole = everybody.of(Side.STATE, code)
    people = {metric: whole[metric] for metric in (Metric.VERIFIED, Metric.PENDING)}
    return {
        "state": state,
        "state_csv": of.url(state.code, part="_state"),
        "parts": [part_of(state, side, made, numbers) for side, made in layers.items()],
        "offices": told_apart(offices, [one.offices for one in each]),
        # To a partner a small state is no number either.
        "people": {} if of.scope.is_strict else people,
    }


class Inside(NamedTuple):
    """What is told of a state, before other pages are thought of."""

    everybody: Numbers
    numbers: Numbers
    layers: dict[str, Table]
    offices: Table


def inside_of(state: State, scope: Scope) -> Inside:
    # The state's own total is what its districts leave open: who has none is told from it.
    everybody = read(scope)
    numbers = read_districts(scope, state.division, state.seats)
    layers = layers_of(state, everybody, numbers)
    return Inside(everybody, numbers, layers, offices_table(state, numbers, layers.values()))


def as_csv(of: Subject, name: str, state: str) -> HttpResponse:
    if state:
        told = inside(of, state)
        found = [*(part.table for part in told["parts"]), told["offices"]]
    else:
        found = tables_of(of, read(of.scope))
    # By name and not by place: an address that was bookmarked goes on to mean the same.
    made = next((each for each in found if each.name == name), None)
    if made is None:
        raise Http404(name)
    response = HttpResponse(csv_of(made), content_type="text/csv; charset=utf-8")
    # Two states' files do not replace each other in a folder of downloads.
    stem = "-".join(part for part in (of.slug, state.lower(), name) if part)
    response["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    return response


def state_names() -> dict[str, str]:
    """By code; made-up ones too, where they are loaded."""
    return {state.code: state.name for state in STATES.values()} | states_here()


def states_here() -> dict[str, str]:
    """Those that have seats here, and so a page."""
    return dict(Jurisdiction.objects.exclude(code="US").values_list("code", "name"))
