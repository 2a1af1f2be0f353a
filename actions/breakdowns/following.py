"""The numbers of an ask follow the people of whom something changed.

Each person's facts are read anew and compared with the ledger; the difference is added. So it may
run twice, late, or over more people than changed: it comes to the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left

from actions.breakdowns.adding import AT_ONCE, add
from actions.breakdowns.evidence import evidence_of
from actions.breakdowns.facts import Divisions, Facts, Numbers, divisions_of, numbers_of, rounded
from actions.models import Action, Call, Counted, Letter, Submission
from actions.models.typed import choices_in
from campaigns.models import Ask, Metric, Side

# The one number that no row tells any more: who was asked and never answered.
NEVER_ANSWERED = (Side.WHOLE, "", Metric.UNANSWERED)
NOT_READ = [
    f"submission__{name}"
    for name in ("statement", "versions", "own_words", "answers", "entry", "seats")
]
NOT_READ += [
    f"action__{name}" for name in ("statement", "versions", "own_words", "answers", "entry")
]
BY_ROW = ("us_state", "country", "source", "language", "created_at")
OF_LETTER = ("action", "seat", "route", "awaits_roster_since", "reported_at", "reported_as")
OF_DELIVERY = tuple(f"delivery__{name}" for name in ("state", "channel", "rehearsal", "lane"))
DECIDED = (Action.State.CONFIRMED, Action.State.WITHDRAWN)
COPY = "COPY actions_counted (ask_id, person, action_id, facts) FROM STDIN"
# Who was erased counts on as nobody: by their action's id, since they have no key.
NOBODY = "nobody:"
PERSON = Coalesce("supporter__key", Concat(Value(NOBODY), Cast("pk", CharField())))


class Acted(NamedTuple):
    """What is read of a decided action; of its own words only whether there are any."""

    pk: int
    person: str
    state: str
    begins_with: str
    statement_edited: bool
    answers: list[dict[str, Any]]
    us_state: str
    country: str
    source: str
    language: str
    created_at: dt.datetime


class OfLetter(NamedTuple):
    action: int
    seat: int
    route: str
    awaits_roster_since: dt.datetime | None
    reported_at: dt.datetime | None
    reported_as: str
    # Of its delivery, if it has one.
    state: str | None
    channel: str | None
    rehearsal: bool | None
    lane: str | None


def follow_fresh(ask: Ask, actions: QuerySet[Action]) -> None:
    """As `follow` of those who did these of an ask's actions. Many are written down at once where
    nobody was counted before, as while its ledger is built. The caller holds the ask.
    """
    rows = acted(actions.filter(state__in=DECIDED))
    # Asked by what chose the actions, and not by two thousand of them each time.
    counted = Counted.objects.filter(ask=ask)
    known = set(counted.filter(action__in=actions.values("pk")).values_list("action", flat=True))
    keys = [row.person for row in rows]
    known_keys = set(counted.filter(person__in=keys).values_list("person", flat=True))
    fresh = [row for row in rows if row.pk not in known and row.person not in known_keys]
    now = facts_of(fresh, [], of=actions.values("pk"))
    divisions = divisions_of({seat for _, _, facts in now.values() for seat in facts.seats})
    add(ask, total((facts for _, _, facts in now.values()), divisions))
    write_all_down(ask, now)
    others = actions.exclude(pk__in=[row.pk for row in fresh]) if len(fresh) < len(rows) else None
    undecided = actions.exclude(state__in=DECIDED)
    for left in (undecided, others):
        if left is not None:
            follow(ask, list(left.annotate(person=PERSON).values_list("person", flat=True)))


def follow(ask: Ask, people: Collection[str]) -> int:
    """Of these keys and of everybody who was counted by one of their rows. The caller holds the
    ask. Returns how many were counted otherwise than before.
    """
    wanted, changed = sorted(set(people)), 0
    for start in range(0, len(wanted), AT_ONCE):
        changed += _follow(ask, set(wanted[start : start + AT_ONCE]))
    return changed


def changed_people(ask: Ask, since: dt.datetime) -> set[str]:
    """Whose action or submission changed since then, or who was counted and is no more."""
    lately = {"ask": ask, "changed_at__gte": since}
    gone = Counted.objects.filter(ask=ask, action=None, submission=None)
    acted = Action.objects.filter(**lately).annotate(person=PERSON)
    return {
        *acted.values_list("person", flat=True),
        *Submission.objects.filter(**lately).values_list("supporter_key", flat=True),
        *gone.values_list("person", flat=True),
    }


def _follow(ask: Ask, people: set[str]) -> int:
    actions, submissions = rows_of(ask, people)
    before = known_before(ask, people, actions, submissions)
    others = set().union(*map(keys_of, before)) - people
    if others:
        return _follow(ask, people | others)

    now = facts_of(actions, submissions)
    known = {row.person: row for row in before}
    changed = [person for person in people if differs(known.get(person), now.get(person))]
    was = {person: Facts.of(known[person].facts) for person in changed if person in known}
    is_ = {person: now[person][2] for person in changed if person in now}
    divisions = divisions_of(
        {seat for facts in (*was.values(), *is_.values()) for seat in facts.seats}
    )
    changes = total(is_.values(), divisions)
    changes.subtract(total(was.values(), divisions))
    never = sum(is_forgotten(known[person]) for person in was if person not in is_)
    changes[NEVER_ANSWERED] += never
    add(ask, changes)
    write_down(ask, changed, known, now)
    return len(changed)


def known_before(
    ask: Ask, people: set[str], actions: list[Acted], submissions: list[Submission]
) -> list[Counted]:
    """As these people, or by one of these rows: a person's key may have changed since."""
    ledger = Counted.objects.filter(ask=ask).select_related("action__supporter", "submission")
    # One after the other, each by its own index: joined by OR, the whole ledger would be read.
    ways: tuple[dict[str, Any], ...] = (
        {"person__in": people},
        {"action__in": [row.pk for row in actions]},
        {"submission__in": [row.pk for row in submissions]},
    )
    found = {row.pk: row for way in ways for row in ledger.filter(**way).defer(*NOT_READ)}
    return list(found.values())


def person_of(action: Action) -> str:
    """As `PERSON`, of a row with its supporter."""
    return action.supporter.key if action.supporter else f"{NOBODY}{action.pk}"


def keys_of(row: Counted) -> set[str]:
    """Then, and today."""
    today = {person_of(row.action)} if row.action else set()
    today |= {row.submission.supporter_key} if row.submission else set()
    return {row.person, *today}


Now = tuple[int | None, int | None, Facts]  # action, submission, facts


def differs(before: Counted | None, now: Now | None) -> bool:
    if before is None or now is None:
        return before is not now
    rows = (before.action_id, before.submission_id)
    return rows != now[:2] or Facts.of(before.facts) != now[2]


def is_forgotten(before: Counted) -> bool:
    """Waited for their mailbox, which never said yes: their submission is no more."""
    waited = before.facts[0] in (Metric.PENDING, Metric.UNVERIFIED)
    return waited and before.action_id is None and before.submission_id is None


def rows_of(ask: Ask, people: set[str]) -> tuple[list[Acted], list[Submission]]:
    """Decided actions and all that was sent: these decide who is counted as what."""
    decided = Action.objects.filter(ask=ask, state__in=DECIDED)
    # By every state, so that the index finds them: what is decided names whom it was counted for.
    sent = Submission.objects.filter(
        ask=ask, supporter_key__in=people, state__in=Submission.State.values
    )
    actions = acted(decided.filter(supporter__key__in=people))
    # By themselves, each by its own index: joined by OR, the whole ask would be read.
    if ids := [int(person.removeprefix(NOBODY)) for person in people if person.startswith(NOBODY)]:
        actions += acted(decided.filter(supporter=None, pk__in=ids))
    columns = ("ask", "state", "supporter_key", "counts_at_once", "seats", *BY_ROW)
    of_submission = sent.only(*columns)
    return actions, list(of_submission.order_by("-pk"))


def acted(actions: QuerySet[Action]) -> list[Acted]:
    read = actions.annotate(person=PERSON, begins_with=Left("own_words", 1))
    return [Acted(*row) for row in read.values_list(*Acted._fields)]


def facts_of(
    actions: list[Acted], submissions: list[Submission], *, of: Any = None
) -> dict[str, Now]:
    """By person. One is counted once, whatever they sent (SubmissionQuerySet.silent). `of`: a
    question for the actions' ids, where they are too many to be named.
    """
    now: dict[str, Now] = {}
    # The newest first: of several the first one sent is what stays.
    waiting = (row for row in submissions if row.state == Submission.State.WAITING)
    for submission in waiting:
        now[submission.supporter_key] = None, submission.pk, of_submission(submission)
    ids = [row.pk for row in actions] if of is None else of
    letters, calls = of_letters(ids), of_calls(ids)
    for action in actions:
        facts = of_action(action, letters[action.pk], calls[action.pk])
        now[action.person] = action.pk, None, facts
    return now


def of_submission(row: Submission) -> Facts:
    metric = Metric.UNVERIFIED if row.counts_at_once else Metric.PENDING
    return Facts(
        metric=metric.value,
        at=rounded(row.created_at),
        state=row.us_state,
        source=row.source,
        language=row.language,
        has_own_words=False,  # told of what is verified only: much of this is forgotten
        told=[],
        seats=sorted(map(int, row.seats)),
        letters=[],
        country=row.country,
    )


def of_action(row: Acted, letters: list[OfLetter], calls: list[Call]) -> Facts:
    is_counted = row.state == Action.State.CONFIRMED
    told = [letter.reported_as or Letter.Report.FORM for letter in letters if letter.reported_at]
    told += [call.outcome for call in calls if call.outcome]
    return Facts(
        metric=Metric.VERIFIED.value if is_counted else "",
        at=rounded(row.created_at),
        state=row.us_state,
        source=row.source,
        language=row.language,
        has_own_words=bool(row.begins_with) or row.statement_edited,
        told=sorted(map(str, told)),
        seats=sorted({letter.seat for letter in letters} | {call.seat_id for call in calls}),
        letters=sorted([str(evidence_of_letter(letter)), letter.lane or ""] for letter in letters),
        choices=sorted(choices_in(row.answers)),
        country=row.country,
    )


def evidence_of_letter(letter: OfLetter) -> str:
    by_delivery = (letter.state, letter.channel, letter.rehearsal)
    return evidence_of(letter.route, letter.awaits_roster_since, *by_delivery)


def of_letters(actions: Any) -> dict[int, list[OfLetter]]:
    found: dict[int, list[OfLetter]] = defaultdict(list)
    rows = Letter.objects.filter(action__in=actions)
    for row in rows.values_list(*OF_LETTER, *OF_DELIVERY):
        found[row[0]].append(OfLetter(*row))
    return found


def of_calls(actions: Any) -> dict[int, list[Call]]:
    found: dict[int, list[Call]] = defaultdict(list)
    for call in Call.objects.filter(action__in=actions):
        found[call.action_id].append(call)
    return found


def total(all_facts: Iterable[Facts], divisions: Divisions) -> Numbers:
    numbers: Numbers = Counter()
    for facts in all_facts:
        numbers.update(numbers_of(facts, divisions))
    return numbers


def write_down(
    ask: Ask, people: Iterable[str], known: dict[str, Counted], now: dict[str, Now]
) -> None:
    """As what these were counted just now."""
    people = list(people)
    # Replaced, not updated: a row may pass from one person to another, and is in here once.
    old = [known[person].pk for person in people if person in known]
    Counted.objects.filter(pk__in=old).delete()
    Counted.objects.bulk_create(
        Counted(
            ask=ask,
            person=person,
            action_id=now[person][0],
            submission_id=now[person][1],
            facts=list(now[person][2]),
        )
        for person in people
        if person in now
    )


def write_all_down(ask: Ask, now: dict[str, Now]) -> None:
    """Nobody of them was counted before."""
    if connection.vendor != "postgresql":
        write_down(ask, now, {}, now)
        return
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for person, (action, _submission, facts) in now.items():
            copy.write_row((ask.pk, person, action, json.dumps(facts)))
