"""A month of taking part: who did which ask when, and what became of it.

Rows only; no mail is posted for the past.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from actions.models import Action, Call, Submission, Voice
from campaigns.models import Ask
from demo import letterbox, permissions
from demo.crowd import Crowd
from demo.taking import Plan, Taken, made_up_id, take
from legislators.contacts import reach
from supporters.models import Supporter

# How many people did each ask: campaign and position.
TURNOUT = {
    ("a-lawyer-before-the-questions", 1): 520,
    ("a-lawyer-before-the-questions", 2): 820,
    ("tell-it-once", 1): 430,
    ("tell-it-once", 2): 150,
    ("ratify-the-convention", 1): 2140,
    ("somebody-to-ask", 1): 190,
    ("breakfast-before-the-bell", 1): 410,
    ("test-the-fountains", 1): 340,
    ("tell-it-once-in-havenmoor", 1): 260,
    ("breakfast-in-tallgrass", 1): 230,
    ("two-thirds-of-the-senate", 1): 140,
    ("sign-the-second-look", 1): 110,
    ("an-hour-with-somebody", 1): 40,
}
# Petitions to people in Franklin interest its own neighbours.
LOCAL = {"test-the-fountains"}
YOUNG_VOICES = {"ratify-the-convention": 46}
OUTCOMES = {Call.Outcome.TALKED: 5, Call.Outcome.VOICEMAIL: 4, Call.Outcome.NO_ANSWER: 2}


def make(asks: Iterable[Ask], crowd: Crowd, dice: random.Random) -> None:
    """Submissions, actions, letters, calls, voices and permissions of a month, in few inserts."""
    taken = []
    for ask in asks:
        plan = Plan.of(ask)
        near = ask.has_targets or ask.campaign.slug in LOCAL
        people = dice.sample(
            crowd.neighbours if near else crowd.everybody, TURNOUT[ask.campaign.slug, ask.position]
        )
        taken += [take(plan, person, dice) for person in people]
        raise_voices(plan, dice)
    Submission.objects.bulk_create(
        [one.submission() for one in taken if not one.is_answered], batch_size=500
    )
    taken = [one for one in taken if one.is_answered]
    save_people(taken)
    Action.objects.bulk_create([one.action for one in taken], batch_size=500)
    letterbox.fill([one for one in taken if one.action.ask.kind == Ask.Kind.LETTER], dice)
    report_calls([one for one in taken if one.action.ask.kind == Ask.Kind.CALL], dice)
    permissions.write(taken, dice)
    backdate_people()


def raise_voices(plan: Plan, dice: random.Random) -> None:
    """Children under 13: a day and nothing else."""
    number = YOUNG_VOICES.get(plan.ask.campaign.slug, 0)
    days = [timezone.localdate(plan.days.moment(dice)) for _ in range(number)]
    Voice.objects.bulk_create(
        [Voice(ask=plan.ask, idempotency_key=made_up_id(dice), raised_on=day) for day in days]
    )


def save_people(taken: Sequence[Taken]) -> None:
    """Those who did something, each once.

    A mailbox is proven by the first action that it confirmed.
    """
    for one in taken:
        supporter, answered_at = one.action.writer, one.action.confirmed_at
        if answered_at:
            supporter.proven_at = min(supporter.proven_at or answered_at, answered_at)
    # Many did several asks: the key makes each of them one row.
    people = {one.action.writer.key: one.action.writer for one in taken}
    Supporter.objects.bulk_create(people.values(), batch_size=500)


def report_calls(taken: Sequence[Taken], dice: random.Random) -> None:
    """Most people call every office they were given, some only the first."""
    made = []
    for one in taken:
        offices = [
            place.seat
            for place in one.places
            if place.holder and reach(place.holder.legislator).phone
        ]
        for seat in offices if dice.random() < 0.7 else offices[:1]:
            [outcome] = dice.choices(list(OUTCOMES), list(OUTCOMES.values()))
            made.append(
                Call(
                    action=one.action, seat=seat, outcome=outcome, reported_at=one.action.created_at
                )
            )
    Call.objects.bulk_create(made, batch_size=500)


def backdate_people() -> None:
    """The database wrote down today as the day on which everybody came."""
    first = (
        Action.objects.filter(supporter=OuterRef("pk"))
        .order_by()
        .values("supporter")
        .annotate(at=Min("created_at"))
        .values("at")
    )
    Supporter.objects.filter(is_demo=True).update(created_at=Subquery(first))
