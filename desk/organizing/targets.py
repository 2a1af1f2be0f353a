"""Whom an ask addresses: groups of seats by chamber, party and state, counted while they are
chosen.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actions.letters.coverage import cover
from campaigns import targeting
from campaigns.models import Ask, Campaign, TargetRule
from campaigns.publishing import NotReady
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.ask_forms import RuleForm
from desk.organizing.campaign_page import (
    ask_or_404,
    noted_in_history,
    render_form,
    saved,
    would_break,
)
from desk.organizing.sure import ask_whether_sure, is_sure, lost_seats, posted_fields
from legislators.holders import in_turnover
from legislators.models import Chamber, Seat, Term
from legislators.office_day import office_day

SHOWN = 20


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def targets(request: HttpRequest, slug: str, pk: int, rule_pk: int | None = None) -> HttpResponse:
    """One group to edit (the first, the one named, or a new one) under the list of all.

    "Count" shows without saving.
    """
    ask = ask_or_404(slug, pk, *Ask.TARGETED)
    rule = chosen_rule(ask, rule_pk, is_new="new" in request.GET)
    sides = ("states", "chambers", "parties", "seats")
    so_far = {side: getattr(rule, side) for side in sides}
    thing = f"ask:{ask.pk}:targets:{rule.pk or 'new'}"
    meeting = meet(
        request, lambda data: RuleForm(data, initial=so_far), Thing(thing, ask.campaign, ask)
    )
    form = meeting.form
    counting = request.POST.get("do") == "count"
    if meeting.may_be_saved and not counting:
        others = [other for other in ask.rules.all() if other.pk != rule.pk]
        loss = lost_seats(ask, [*others, form.rule(rule)])
        if loss and not is_sure(request):
            return ask_whether_sure(request, ask, loss, fields=posted_fields(request))
        if saved(
            request,
            ask.campaign,
            meeting,
            lambda: form.rule(rule).save(),
            deed="targets",
            detail=f"{ask.kind} {ask.position}",
            thing=thing,
        ):
            return redirect("desk:ask_targets", slug, pk)
    if counting:
        # Only looked at: what a colleague saved meanwhile is met when it is saved.
        meeting.differences = []
        meeting.opened_with = request.POST.get("opened_with", meeting.opened_with)
    shown = counted(form, rule) if counting else None
    # The script that counts while somebody ticks wants this part of the page only.
    if counting and request.headers.get("X-Part") == "count":
        return render(
            request,
            "desk/campaigns/_seats.html",
            {"shown": shown, "form": form, "live": True, "ask": ask},
        )
    # Each group by itself; together they may be fewer, where they name the same seats.
    rules = [(saved, described(saved), targeting.count([saved])) for saved in ask.rules.all()]
    context: dict[str, Any] = {
        "ask": ask,
        "rule": rule,
        "rules": rules,
        "shown": shown,
        "saved": seats_shown(list(ask.rules.all())),
    }
    return render_form(
        request, "targets.html", ask.campaign, "asks", meeting, thing=thing, **context
    )


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def remove_rule(request: HttpRequest, slug: str, pk: int, rule_pk: int) -> HttpResponse:
    """Take one group away; letters written already stay. While the campaign is live only with a
    typed word, and never the last group.
    """
    ask = ask_or_404(slug, pk, *Ask.TARGETED)
    rule = get_object_or_404(ask.rules.all(), pk=rule_pk)
    loss = lost_seats(ask, [other for other in ask.rules.all() if other.pk != rule.pk])
    # The last group is refused below, whatever is typed.
    if loss and loss.left and not is_sure(request):
        return ask_whether_sure(request, ask, loss)
    note = f"{ask.kind} {ask.position}: group removed"
    try:
        with noted_in_history(request, ask.campaign, "targets", note):
            rule.delete()
    except NotReady as refusal:
        for finding in refusal.findings:
            messages.error(request, would_break(finding))
    return redirect("desk:ask_targets", slug, pk)


def chosen_rule(ask: Ask, rule_pk: int | None, *, is_new: bool) -> TargetRule:
    if rule_pk is not None:
        return get_object_or_404(TargetRule, ask=ask, pk=rule_pk)
    first = None if is_new else ask.rules.order_by("pk").first()
    return first or TargetRule(ask=ask)


def counted(form: RuleForm, rule: TargetRule) -> dict[str, object] | None:
    return seats_shown([form.rule(rule)]) if form.is_valid() else None


def seats_shown(rules: list[TargetRule]) -> dict[str, object]:
    """How many seats these rules address, how letters would go there, and the first of them with
    whoever sits there today.
    """
    current = Term.objects.current(office_day()).select_related("legislator")
    seats = (
        targeting.matching(rules)
        .select_related("jurisdiction")
        .prefetch_related(Prefetch("terms", current, to_attr="current_terms"))
    )
    ordered = seats.order_by("jurisdiction__name", "chamber", "district", "position")
    first = list(ordered[:SHOWN])
    holders = {seat.pk: seat.current_terms[0] for seat in first if seat.current_terms}
    new_terms = in_turnover(first, holders)
    coverage = cover(targeting.matching(rules))
    return {
        "count": coverage.seats,
        "coverage": coverage,
        "first": [
            {"seat": seat, "term": holders.get(seat.pk), "is_open": seat.pk in new_terms}
            for seat in first
        ],
        "is_open": bool(new_terms),
        "by_party": any(rule.parties for rule in rules),
    }


def described(rule: TargetRule) -> list[str]:
    """The sides of a rule in words, as a line of text each."""
    if rule.seats:
        return sorted(Seat.objects.filter(pk__in=rule.seats).values_list("district", flat=True))
    labels = dict(Chamber.choices)
    chambers = ", ".join(str(labels.get(chamber, chamber)) for chamber in rule.chambers)
    return [
        chambers or _("All chambers"),
        ", ".join(rule.parties) or _("all parties"),
        ", ".join(rule.states) or _("all states"),
    ]
