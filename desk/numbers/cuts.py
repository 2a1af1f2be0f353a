"""The tables of a page: its numbers cut by day, hour, state, country, source, language, question
and campaign. What became of letters: desk.numbers.letter_cuts.

Whose hour, district, office or source it was could single somebody out: there no small cell is
shown, to anybody. To partners none is shown at all (`Scope.is_strict`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaigns import words
from campaigns.abroad.countries import country_name
from campaigns.models import Campaign, Metric, Question, Side, Tally
from desk.numbers.reading import DAYS, Numbers, Scope
from desk.numbers.small_cells import shown
from desk.numbers.tables import OTHERS, Line, Table, day_label, table

PEOPLE = (Metric.VERIFIED, Metric.PENDING)
BEFORE = "before"
TOLD: dict[str, Any] = {
    "form": gettext_lazy("Letters sent by the office's form or site"),
    "mailed": gettext_lazy("Letters put in the mail"),
    "talked": gettext_lazy("Calls in which they talked to somebody"),
    "voicemail": gettext_lazy("Calls in which they left a message"),
    "no_answer": gettext_lazy("Calls that nobody answered (not counted)"),
}


def people_of(numbers: Numbers) -> tuple[str, ...]:
    """The columns that count people, rare ones only where there are any."""
    rare = (Metric.UNVERIFIED, Metric.ANONYMOUS)
    return (*PEOPLE, *(metric for metric in rare if numbers.total(metric)))


def by_day(numbers: Numbers, scope: Scope) -> Table:
    """The last 30 days, quiet ones too, after a first row for all earlier ones: together they are
    every action there is.
    """
    days = [numbers.today - dt.timedelta(days=DAYS - 1 - n) for n in range(DAYS)]
    found: dict[Any, Counter[str]] = {day: numbers.of(Side.DAY, day.isoformat()) for day in days}
    metrics = (*people_of(numbers), Metric.VIEWS, Metric.STARTS)
    # Not read day by day: a campaign may be years old.
    found[BEFORE] = rest(numbers, found.values(), metrics)
    lines = [(BEFORE, _("Before"), ""), *((day, day_label(day), "") for day in days)]
    return table(
        "days",
        _("By day"),
        _("Day"),
        metrics,
        lines,
        found,
        protects=scope.is_strict,
        note=_("By the day on which they were begun."),
    )


def by_hour(numbers: Numbers) -> Table:
    """Of today and yesterday, in the site's time."""
    zone = timezone.get_current_timezone()
    yesterday = numbers.today - dt.timedelta(days=1)
    begin = dt.datetime.combine(yesterday, dt.time(), zone).astimezone(dt.UTC)
    lines: list[Line] = []
    found: dict[Any, Counter[str]] = {}
    groups: dict[Any, Any] = {}
    for n in range(50):
        # In UTC no hour comes twice, or never.
        hour = begin + dt.timedelta(hours=n)
        local = hour.astimezone(zone)
        if local.date() > numbers.today or hour > timezone.now():
            break
        key = hour.strftime("%Y-%m-%dT%H")
        lines.append((key, date_format(local, "DATETIME_FORMAT"), ""))
        found[key] = numbers.of(Side.HOUR, key)
        # A day's total is told elsewhere: each day protects its own hours.
        groups[key] = local.date()
    return table(
        "hours",
        _("By hour"),
        _("Hour"),
        (*PEOPLE, Metric.STARTS, Metric.VIEWS),
        lines,
        found,
        protects=True,
        groups=groups,
    )


def by_state(
    numbers: Numbers, scope: Scope, names: dict[str, str], url: Callable[[str], str]
) -> Table:
    """Most people first; with its own page where it is a state that we know."""
    metrics = people_of(numbers)
    if numbers.total(Metric.TOLD):
        metrics += (Metric.TOLD,)
    found: dict[Any, Counter[str]] = {
        code: row
        for code, row in numbers.sides.get(Side.STATE, {}).items()
        if any(row[metric] for metric in metrics)
    }

    elsewhere = _("Outside the states, or not told")
    lines = [
        (code, names.get(code, code) or elsewhere, url(code) if code in names else "")
        for code in found
    ]
    lines.sort(key=lambda line: (-found[line[0]][Metric.VERIFIED], line[1]))
    return table(
        "states",
        _("By state"),
        _("State"),
        metrics,
        lines,
        found,
        protects=scope.is_strict,
        is_ranked=True,
    )


def by_country(numbers: Numbers) -> list[Table]:
    """Of those outside the United States; none where nobody is."""
    language = get_language() or "en"
    found: dict[Any, Counter[str]] = dict(numbers.sides.get(Side.COUNTRY, {}))
    lines = [(code, country_name(str(code), language), "") for code in found]
    lines.sort(key=lambda line: (-found[line[0]][Metric.VERIFIED], line[1]))
    if not lines:
        return []
    made = table(
        "countries",
        _("By country"),
        _("Country"),
        PEOPLE,
        lines,
        found,
        protects=True,
        is_ranked=True,
        note=_("Outside the United States."),
    )
    return [made]


def by_source(numbers: Numbers) -> Table:
    """By the ?source= of the link they came by, those that brought most first."""
    metrics = (*PEOPLE, Metric.STARTS, Metric.VIEWS)
    found: dict[Any, Counter[str]] = dict(numbers.sides.get(Side.SOURCE, {}))
    order = sorted(found, key=lambda code: (-found[code][Metric.VERIFIED], str(code)))
    lines = [(code, str(code) or _("None given"), "") for code in order]
    # Also those that a page leaves out count into the total by which a cell could be told.
    found[OTHERS] = rest(numbers, found.values(), metrics)
    if any(found[OTHERS].values()):
        lines.append((OTHERS, _("All others"), ""))
    return table(
        "sources",
        _("By source"),
        _("Source"),
        metrics,
        lines,
        found,
        protects=True,
        is_ranked=True,
    )


def by_language(numbers: Numbers, scope: Scope) -> Table:
    named = dict(settings.LANGUAGES)
    found: dict[Any, Counter[str]] = dict(numbers.sides.get(Side.LANGUAGE, {}))
    order = sorted(found, key=lambda code: -found[code][Metric.VERIFIED])
    lines = [(code, str(named.get(str(code), code)), "") for code in order]
    return table(
        "languages",
        _("By language"),
        _("Language"),
        (*PEOPLE, Metric.VIEWS),
        lines,
        found,
        protects=scope.is_strict,
        is_ranked=True,
    )


def by_word(numbers: Numbers, scope: Scope) -> Table:
    """What confirmed supporters say they did themselves. Nobody can check it."""
    found: dict[Any, Counter[str]] = dict(numbers.sides.get(Side.TOLD, {}))
    lines = [(key, str(label), "") for key, label in TOLD.items() if found.get(key)]
    return table(
        "told",
        _("By the supporters' word"),
        _("What they say"),
        (Metric.TOLD,),
        lines,
        found,
        protects=scope.is_strict,
    )


def by_ask(campaign: Campaign, scope: Scope) -> Table:
    asks = list(campaign.asks.prefetch_related("words").order_by("position"))
    lines = [(ask.pk, f"{ask.position}. {words.of(ask).heading}", "") for ask in asks]
    found = tallied(scope, "ask")
    return table("asks", _("By ask"), _("Ask"), PEOPLE, lines, found, protects=scope.is_strict)


def by_campaign(
    campaigns: Iterable[Campaign], scope: Scope, url: Callable[[Campaign], str]
) -> Table:
    lines = [(one.pk, words.of(one).title, url(one)) for one in campaigns]
    found = tallied(scope, "ask__campaign")
    lines.sort(key=lambda line: -found.get(line[0], Counter())[Metric.VERIFIED])
    return table(
        "campaigns",
        _("By campaign"),
        _("Campaign"),
        PEOPLE,
        lines,
        found,
        protects=scope.is_strict,
        is_ranked=True,
    )


def by_question(campaign: Campaign, numbers: Numbers) -> list[Table]:
    """A table for each question that has choices: how many verified people chose which. What is
    offered no more stands below.
    """
    rows = Question.objects.filter(ask__campaign=campaign).order_by("ask__position", "position")
    return [choices_table(question, numbers) for question in rows if question.has_choices]


def choices_table(question: Question, numbers: Numbers) -> Table:
    now = question.words(get_language() or "en").choices
    past = {key: text for key, text in question.past_choices.items() if key not in now}
    found = {key: numbers.of(Side.CHOICE, f"{question.pk}:{key}") for key in {**now, **past}}
    lines = [(key, text, "") for key, text in now.items()]
    # Said still, where somebody chose it: the numbers add up to what was answered.
    gone = _("%(choice)s (offered no more)")
    lines += [(key, gone % {"choice": past[key]}, "") for key in past if found[key]]
    return table(
        f"question-{question.pk}",
        question.text,
        _("Choice"),
        (Metric.VERIFIED,),
        lines,
        found,
        protects=True,
        note=_("One person may have chosen several.") if is_several(question) else "",
    )


def is_several(question: Question) -> bool:
    return question.kind == Question.Kind.SEVERAL


def tallied(scope: Scope, by: str) -> dict[Any, Counter[str]]:
    """From the tallies: the same numbers as on public pages."""
    rows = Tally.objects.filter(ask__in=scope.asks).values(by)
    sums: Any = rows.annotate(verified=Sum("verified"), pending=Sum("pending"))
    return {
        row[by]: Counter({Metric.VERIFIED: row["verified"], Metric.PENDING: row["pending"]})
        for row in sums
    }


def own_words_percent(numbers: Numbers) -> int | None:
    """Of verified letters and signatures, how many have words of their own; None for so few that
    it would tell of somebody.
    """
    parts = {key: numbers.of(Side.WORDS, key)[Metric.VERIFIED] for key in ("own", "ours")}
    # A share of few people is their number in other words.
    found, total = shown(parts), sum(parts.values())
    if not total or found is None or any(cell.number is None for cell in found.values()):
        return None
    return round(parts["own"] * 100 / total)


def rest(numbers: Numbers, told: Iterable[Counter[str]], metrics: Iterable[str]) -> Counter[str]:
    """What is left of everybody."""
    rows, left = list(told), Counter[str]()
    for metric in metrics:
        everybody = (
            numbers.of(Side.WHOLE)[metric]
            if metric in (Metric.VIEWS, Metric.STARTS)
            else numbers.total(metric)
        )
        left[metric] = max(0, everybody - sum(row[metric] for row in rows))
    return left
