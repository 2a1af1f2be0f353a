"""What touches a live campaign is asked about once more, in numbers, and wants a typed word."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from campaigns import counts, targeting
from campaigns.counts import Count
from campaigns.models import Ask, TargetRule
from desk.organizing.campaign_page import render_campaign

WORD = "remove"


@dataclass(frozen=True)
class Loss:
    """How many seats an ask addresses, and how many are left."""

    seats: int
    left: int


def lost_seats(ask: Ask, rules: list[TargetRule]) -> Loss | None:
    """What is left with these rules, if the campaign is live, or may be again, and it is less."""
    if not ask.campaign.is_guarded:
        return None
    now = set(targeting.seats(ask).values_list("pk", flat=True))
    left = now & set(targeting.matching(rules).values_list("pk", flat=True))
    return Loss(len(now), len(left)) if left < now else None


def is_sure(request: HttpRequest, word: str = WORD) -> bool:
    """Whether the word was typed."""
    return request.POST.get("sure", "").strip().lower() == word


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """A form as it was sent, to go along while its sender makes sure."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("sure", "csrfmiddlewaretoken")
    ]


def ask_whether_sure(
    request: HttpRequest,
    ask: Ask,
    loss: Loss | None = None,
    *,
    fields: list[tuple[str, str]] = [],  # noqa: B006 (read only)
) -> HttpResponse:
    """What it does to how many, and a field for the word. Without a `loss` the whole ask goes."""
    count: Count = counts.of_ask(ask)
    return render_campaign(
        request,
        "sure.html",
        ask.campaign,
        "asks",
        ask=ask,
        loss=loss,
        count=count,
        fields=fields,
        word=WORD,
        is_wrong="sure" in request.POST,
        status=422 if "sure" in request.POST else 409,
    )
