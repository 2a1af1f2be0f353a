"""Every bill with a public page, and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.bills.kinds import way_of
from campaigns.bills.looks import look_of
from campaigns.bills.numbers import numbers
from campaigns.bills.sentence import sentence
from campaigns.markdown import render as markdown
from campaigns.models import Bill, BillWords, Campaign, Issue, Stage
from campaigns.pages.bill_list import bill_list, wanted
from campaigns.pages.cards import cards, with_words
from campaigns.pages.pieces import pieces_of, with_cache_headers
from campaigns.pages.state_map import state_url
from legislators.holders import office_day
from legislators.models import Term
from legislators.states import UNITED_STATES

# A bill may have a hundred; the rest stands on the legislature's own page.
MOST_SPONSORS = 40
MOST_CAMPAIGNS = 6


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """With filters in the address. An issue that is not public narrows to nothing."""
    asked = wanted(request.GET)
    issue = None
    issues = Issue.objects.public().prefetch_related("words")
    if asked.issue:
        issue = get_object_or_404(issues, slug=asked.issue)
    found, page = bill_list(asked, issue, numbers(issue)), asked.page
    context = {
        "list": found,
        "previous": found.address(page - 1) if page > 1 else "",
        "further": found.address(page + 1) if found.has_more else "",
        "issues": [(one.slug, words.of(one)) for one in issues],
        "issue": issue,
    }
    return with_cache_headers(render(request, "campaigns/pages/bills.html", context))


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands and stood, who stands behind it, our position, and what one can do."""
    found = get_object_or_404(Bill.objects.public().prefetch_related("words"), pk=pk)
    about = Campaign.objects.public().filter(bill_links__bill=found)
    shown = cards(with_words(about)[: 2 * MOST_CAMPAIGNS])
    pieces = pieces_of("bill", found)
    its_words = words_of(found)
    context = {
        "bill": found,
        "said": sentence(found),
        "look": look_of(found.stage),
        "words": its_words,
        "reason": markdown(its_words.reason),
        "track": track(found),
        "history": found.history.order_by(F("happened_on").asc(nulls_first=True), "id"),
        "sponsors": sponsors(found),
        "live": [card for card in shown if card["campaign"].is_open][:MOST_CAMPAIGNS],
        "past": [card for card in shown if not card["campaign"].is_open][:MOST_CAMPAIGNS],
        "issues": [
            (one, words.of(one))
            for one in Issue.objects.public().filter(bills=found).prefetch_related("words")
        ],
        "state_url": state_url(found.jurisdiction) if found.jurisdiction else "",
        "is_federal": found.jurisdiction == UNITED_STATES.code,
        "pieces": pieces,
    }
    return with_cache_headers(render(request, "campaigns/pages/bill.html", context), pieces)


def words_of(bill: Bill) -> BillWords:
    """In the reader's language, else English, else an empty row."""
    rows = {row.language: row for row in bill.words.all()}
    return rows.get(get_language() or "en") or rows.get("en") or BillWords(language="en")


def track(bill: Bill) -> list[tuple[Any, str]]:
    """(step, "done", "here" or "ahead") of the way to a law, or of a treaty to its ratification. Of
    one that did not get there what it had reached, and its end.
    """
    reached = {line.stage for line in bill.history.all()} | {bill.stage}
    way = way_of(bill)
    far = max((at for at, step in enumerate(way) if reached & step.stages), default=-1)
    ended = look_of(bill.stage).key == "over"
    steps = [
        (
            labelled(bill, step.stage),
            "done" if at < far or (ended and at == far) else "here" if at == far else "ahead",
        )
        for at, step in enumerate(way)
    ]
    if ended:
        kept = [step for step in steps if step[1] == "done"]
        return [*kept, (Stage(bill.stage).label, "ended")]
    return steps


def labelled(bill: Bill, step: Stage) -> Any:
    """A resolution is adopted and never becomes law; Congress is no legislature of a state."""
    if step == Stage.LAW and bill.stage == Stage.ADOPTED:
        return Stage.ADOPTED.label
    if step == Stage.PASSED and bill.jurisdiction == UNITED_STATES.code:
        return _("Passed Congress")
    return step.label


def sponsors(bill: Bill) -> dict[str, Any]:
    """The first of them with the seats that they hold today: two queries."""
    rows = list(
        bill.sponsors.select_related("legislator").order_by("-role", "name", "id")[
            : MOST_SPONSORS + 1
        ]
    )
    terms = Term.objects.current(office_day()).filter(
        legislator__in=[row.legislator_id for row in rows if row.legislator_id]
    )
    seats = {term.legislator_id: term for term in terms.select_related("seat")}
    lines = [(row, seats.get(row.legislator_id or 0)) for row in rows[:MOST_SPONSORS]]
    return {"lines": lines, "has_more": len(rows) > MOST_SPONSORS}
