"""Whom an ask addresses: groups of seats, counted while they are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Prefetch
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actions.letters.coverage import cover
from campaigns import targeting
from campaigns.models import Ask, Campaign, SeatRule, TargetRule
from campaigns.publishing import NotReady
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import Meeting, as_texts, in_turn, meet, opened_anew
from desk.organizing.campaign_page import (
    ask_or_404,
    noted_in_history,
    render_form,
    saved,
    would_break,
)
from desk.organizing.seat_search import labelled
from desk.organizing.sure import ask_whether_sure, is_sure, lost_seats, posted_fields
from desk.organizing.target_forms import ROLES, SIDES, Rule, RuleForm
from legislators.holders import in_turnover, office_day
from legislators.models import Chamber, Committee, Seat, Term

SHOWN = 20
NAMED = 5  # seats of a group by name, in the list of groups
LOOKS = ("count", "add", "find")


@dataclass
class OpenGroup:
    """A group of targets while somebody has its form open. `is_gone`: removed meanwhile; what they
    chose makes a new one.
    """

    ask: Ask
    rule: TargetRule
    thing: str
    meeting: Meeting
    is_gone: bool
    is_looking: bool

    @property
    def others(self) -> list[TargetRule]:
        return [other for other in self.ask.rules.all() if other.pk != self.rule.pk]


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def targets(request: HttpRequest, slug: str, pk: int, rule_pk: int | None = None) -> HttpResponse:
    """One group to edit (the first, the one named, or a new one) under the list of all.

    "Count" shows without saving. A group that was removed while somebody had it open is shown with
    what they chose (409), and makes a new one when it is saved.
    """
    group = opened(request, ask_or_404(slug, pk, *Ask.TARGETED), rule_pk)
    if group.is_gone and not group.meeting.form.is_bound:
        messages.warning(request, _("This group was removed. These are the groups there are now."))
        return redirect("desk:ask_targets", slug, pk)
    if group.meeting.may_be_saved and not group.is_looking and not group.is_gone:
        answer = save(request, group)
        if answer is not None:
            return answer
    return look(request, group) if group.is_looking else show(request, group)


def opened(request: HttpRequest, ask: Ask, rule_pk: int | None) -> OpenGroup:
    """With what was typed in it, and what a colleague saved meanwhile."""
    rule = chosen_rule(ask, rule_pk, is_new="new" in request.GET)
    is_gone = rule_pk is not None and rule.pk is None
    so_far = {side: getattr(rule, side) for side in (*SIDES, "excludes")}
    thing = f"ask:{ask.pk}:targets:{rule_pk or rule.pk or 'new'}"
    meeting = (opened_anew if is_gone else meet)(
        request,
        lambda data: RuleForm(data, initial=so_far, **searched(request, ask)),
        Thing(thing, ask.campaign, ask),
    )
    is_looking = request.POST.get("do") in LOOKS
    return OpenGroup(ask, rule, thing, meeting, is_gone, is_looking)


def searched(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    """What a form of targets wants to know besides what was chosen."""
    return {"ask": ask, "searched": request.POST.get("find-seats", "")}


def save(request: HttpRequest, group: OpenGroup) -> HttpResponse | None:
    """Where to go once it is saved, or the question before; None where somebody was quicker."""
    ask, form = group.ask, group.meeting.form
    loss = lost_seats(ask, [*group.others, form.rule(group.rule)])
    if loss and not is_sure(request):
        return ask_whether_sure(request, ask, loss, fields=posted_fields(request))
    is_saved = saved(
        request,
        ask.campaign,
        group.meeting,
        lambda: form.rule(group.rule).save(),
        deed="targets",
        detail=f"{ask.kind} {ask.position}",
        thing=group.thing,
    )
    return redirect("desk:ask_targets", ask.campaign.slug, ask.pk) if is_saved else None


def look(request: HttpRequest, group: OpenGroup) -> HttpResponse:
    """What these targets come to; nothing is saved."""
    meeting, form = group.meeting, group.meeting.form
    # Only looked at: what a colleague saved meanwhile is met when it is saved.
    meeting.differences = []
    meeting.opened_with = request.POST.get("opened_with", meeting.opened_with)
    chosen = as_chosen(form, group.rule, group.others)
    # Who is still choosing has done nothing wrong.
    if form.errors.keys() == {NON_FIELD_ERRORS}:
        values = {name: form[name].value() for name in form.fields}
        meeting.form = RuleForm(initial=values, **searched(request, group.ask))
    # The script that counts while somebody chooses wants these parts of the page only.
    if request.headers.get("X-Part") == "count":
        context = shown_of(group, chosen) | {"form": meeting.form}
        return render(request, "desk/campaigns/_counted.html", context)
    return show(request, group, chosen)


def show(
    request: HttpRequest, group: OpenGroup, chosen: dict[str, object] | None = None
) -> HttpResponse:
    """The page; `chosen` are the seats of what is looked at."""
    rules = list(group.ask.rules.all())
    answer = render_form(
        request,
        "targets.html",
        group.ask.campaign,
        "asks",
        group.meeting,
        thing=group.thing,
        **shown_of(group, chosen),
        rules=listed(rules),
    )
    if group.is_gone and request.method == "POST" and not group.is_looking:
        answer.status_code = 409
    return answer


def shown_of(group: OpenGroup, chosen: dict[str, object] | None) -> dict[str, Any]:
    """What the page and its counted part both want."""
    return {
        "ask": group.ask,
        "rule": group.rule,
        "shown": chosen or seats_shown(list(group.ask.rules.all())),
        "live": group.is_looking,
        "nothing": group.is_looking and chosen is None,
        "is_gone": group.is_gone,
    }


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
    note, thing = f"{ask.kind} {ask.position}: group removed", f"ask:{ask.pk}:targets:{rule.pk}"
    try:
        with noted_in_history(
            request, ask.campaign, "targets", note, thing=thing, says=lambda: sides_of(ask, rule_pk)
        ):
            rule.delete()
    except NotReady as refusal:
        for finding in refusal.findings:
            messages.error(request, would_break(finding))
    return redirect("desk:ask_targets", slug, pk)


def sides_of(ask: Ask, rule_pk: int) -> dict[str, str]:
    """For the history: what a group names, by its form's fields; {} once it is gone."""
    rule = ask.rules.filter(pk=rule_pk).first()
    return as_texts(RuleForm(ask=ask, initial=model_to_dict(rule))) if rule else {}


def chosen_rule(ask: Ask, rule_pk: int | None, *, is_new: bool) -> TargetRule:
    if rule_pk is not None:
        return ask.rules.filter(pk=rule_pk).first() or TargetRule(ask=ask)
    first = None if is_new else ask.rules.order_by("pk").first()
    return first or TargetRule(ask=ask)


def as_chosen(
    form: RuleForm, rule: TargetRule, others: list[TargetRule]
) -> dict[str, object] | None:
    """All groups together as they would be with this one; None while nothing is chosen in it."""
    if not form.is_valid():
        return None
    chosen = form.rule(rule)
    return {**seats_shown([*others, chosen]), "of_group": targeting.count_each([chosen])[0]}


def seats_shown(rules: list[TargetRule]) -> dict[str, object]:
    """How many seats these rules address together, how letters would go there, and the first of
    them with whoever sits there today.
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
        "by_holder": any(rule.parties or rule.committees or rule.roles for rule in rules),
    }


def listed(rules: Sequence[Rule]) -> list[tuple[Rule, str, int]]:
    """Each with its sides in words and the number of seats that it names by itself.

    Together they may be fewer, where they name the same seats. Four queries at the most.
    """
    named = {seat for rule in rules for seat in rule.seats[:NAMED]}
    names = dict(labelled(Seat.objects.filter(pk__in=named))) if named else {}
    codes = {code for rule in rules for code in rule.committees}
    committees = dict(Committee.objects.filter(key__in=codes).values_list("key", "name"))
    numbers = targeting.count_each(rules)
    return [
        (rule, " · ".join(described(rule, names, committees)), number)
        for rule, number in zip(rules, numbers, strict=True)
    ]


def described(
    rule: SeatRule, names: Mapping[int, str], committees: Mapping[str, str]
) -> Iterator[str]:
    """The sides of a rule in words, each as a line of text."""
    if rule.seats:
        yield from (names[seat] for seat in rule.seats[:NAMED] if seat in names)
        if more := len(rule.seats[NAMED:]):
            yield ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
        return
    labels = dict(Chamber.choices)
    yield ", ".join(str(labels.get(one, one)) for one in rule.chambers) or _("All chambers")
    yield ", ".join(rule.parties) or _("all parties")
    yield ", ".join(rule.states) or _("all states")
    if rule.committees:
        yield ", ".join(committees.get(code, code) for code in rule.committees)
    if rule.roles:
        roles = dict(ROLES)
        yield ", ".join(str(roles.get(role, role)) for role in rule.roles)
