"""An ask's numbers as the rows say, counted by the database: by no code that following uses."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate, TruncHour

from actions.breakdowns.evidence import evidence_of
from actions.breakdowns.facts import Numbers, divisions_of, hour_of, oldest_hour
from actions.models import Action, Call, Letter, Submission
from campaigns.models import Ask, Metric, Side
from legislators.models import LAYERS

# As `evidence_of` takes them, and the lane.
GROUPS = (
    "route",
    "waits",
    "delivery__state",
    "delivery__channel",
    "delivery__rehearsal",
    "delivery__lane",
)


def true_numbers(ask: Ask) -> Numbers:
    """All but young voices, and what no row tells. A full look at the ask: for the night."""
    numbers: Numbers = Counter()
    verified = Action.objects.counted().filter(ask=ask)
    add_rows(numbers, verified, Metric.VERIFIED)
    add_words(numbers, verified)
    add_choices(numbers, verified)
    for at_once, metric in ((False, Metric.PENDING), (True, Metric.UNVERIFIED)):
        silent = Submission.objects.silent().filter(ask=ask, counts_at_once=at_once)
        add_rows(numbers, silent, metric)
        add_waiting(numbers, silent, metric)
    add_offices(numbers, ask)
    add_districts(numbers, ask)
    add_letters(numbers, ask)
    add_told(numbers, ask)
    return Counter({key: n for key, n in numbers.items() if n})


def counted(rows: QuerySet[Any], *by: str) -> list[tuple[Any, ...]]:
    return list(rows.order_by().values_list(*by).annotate(n=Count("pk")))


def add_rows(numbers: Numbers, rows: QuerySet[Any], metric: str) -> None:
    """What every row has."""
    sides = ((Side.STATE, "us_state"), (Side.SOURCE, "source"), (Side.LANGUAGE, "language"))
    for side, column in sides:
        for value, n in counted(rows, column):
            numbers[side, value, metric] += n
    for value, n in counted(rows.exclude(country=""), "country"):
        numbers[Side.COUNTRY, value, metric] += n
    for day, n in counted(rows.annotate(day=TruncDate("created_at")), "day"):
        numbers[Side.DAY, day.isoformat(), metric] += n
    since = dt.datetime.strptime(oldest_hour() + "+0000", "%Y-%m-%dT%H%z")
    lately = rows.filter(created_at__gte=since)
    for hour, n in counted(lately.annotate(hour=TruncHour("created_at", tzinfo=dt.UTC)), "hour"):
        numbers[Side.HOUR, hour_of(hour), metric] += n


def add_words(numbers: Numbers, verified: QuerySet[Any]) -> None:
    untouched = Q(own_words="", statement_edited=False)
    whose = Case(When(untouched, then=Value("ours")), default=Value("own"))
    for words, n in counted(verified.annotate(whose=whose), "whose"):
        numbers[Side.WORDS, words, Metric.VERIFIED] += n


def add_choices(numbers: Numbers, verified: QuerySet[Any]) -> None:
    """In a list in the row, of those whom their ask asked something."""
    for answers in verified.exclude(answers=[]).values_list("answers", flat=True).iterator():
        # Once for each, as whoever follows counts them.
        made = {f"{one['question']}:{key}" for one in answers for key in one["keys"]}
        numbers.update((Side.CHOICE, choice, Metric.VERIFIED) for choice in made)


def add_waiting(numbers: Numbers, silent: QuerySet[Any], metric: str) -> None:
    """Whom they address stands in a list in the row: what waits is few."""
    all_seats = [set(map(int, seats)) for seats in silent.values_list("seats", flat=True)]
    if all_seats:
        numbers[Side.WORDS, "ours", metric] += len(all_seats)
    divisions = divisions_of(set().union(*all_seats))
    for seats in all_seats:
        numbers.update((Side.OFFICE, str(seat), metric) for seat in seats)
        theirs = {divisions[seat] for seat in seats if seat in divisions}
        numbers.update((side, division, metric) for side, division in theirs)


def add_offices(numbers: Numbers, ask: Ask) -> None:
    """Each action once for a seat, by letter, by call or by both."""
    confirmed = {"action__ask": ask, "action__state": Action.State.CONFIRMED}
    written = Letter.objects.filter(action=OuterRef("action"), seat=OuterRef("seat"))
    calls = Call.objects.filter(~Exists(written), **confirmed)
    for rows in (Letter.objects.filter(**confirmed), calls):
        for seat, n in counted(rows, "seat"):
            numbers[Side.OFFICE, str(seat), Metric.VERIFIED] += n


def add_districts(numbers: Numbers, ask: Ask) -> None:
    """Each action once for a district, however many seats it has."""
    confirmed = {"action__ask": ask, "action__state": Action.State.CONFIRMED}
    whole_state = Q(seat__division=F("seat__jurisdiction__division")) & ~Q(seat__chamber="us_house")
    same = {
        "seat__division": OuterRef("seat__division"),
        "seat__chamber": OuterRef("seat__chamber"),
    }
    written = Letter.objects.filter(action=OuterRef("action"), **same)
    calls = Call.objects.filter(~Exists(written), **confirmed)
    for rows in (Letter.objects.filter(**confirmed), calls):
        found = rows.filter(~whole_state, seat__chamber__in=LAYERS).order_by()
        by = found.values_list("seat__chamber", "seat__division")
        for chamber, division, n in by.annotate(n=Count("action", distinct=True)):
            numbers[LAYERS[chamber], division, Metric.VERIFIED] += n


def add_letters(numbers: Numbers, ask: Ask) -> None:
    """Also of actions that were taken back: what had left, had left."""
    decided = [Action.State.CONFIRMED, Action.State.WITHDRAWN]
    letters = Letter.objects.filter(action__ask=ask, action__state__in=decided)
    # Since when a letter waits for a roster is no group: only whether.
    waits = Case(When(awaits_roster_since=None, then=Value(False)), default=Value(True))
    for *columns, lane, n in counted(letters.annotate(waits=waits), *GROUPS):
        evidence = evidence_of(*columns)
        numbers[Side.EVIDENCE, evidence, Metric.LETTERS] += n
        if lane:
            numbers[Side.HOST, lane, evidence] += n


def add_told(numbers: Numbers, ask: Ask) -> None:
    confirmed = {"action__ask": ask, "action__state": Action.State.CONFIRMED}
    letters = Letter.objects.filter(**confirmed).exclude(reported_at=None)
    calls = Call.objects.filter(**confirmed).exclude(outcome="")
    for rows, column in ((letters, "reported_as"), (calls, "outcome")):
        for what, state, n in counted(rows, column, "action__us_state"):
            numbers[Side.TOLD, what or Letter.Report.FORM.value, Metric.TOLD] += n
            if what != Call.Outcome.NO_ANSWER:
                numbers[Side.STATE, state, Metric.TOLD] += n
