"""The questions of an ask: their order, and which are asked."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from campaigns import kept
from campaigns.models import Ask, Question
from campaigns.models.question import key_of_choice


class TooMany(Exception):
    """An ask has a handful of questions, and no more."""


def asked_now(ask: Ask) -> list[Question]:
    """Those of this ask, as they were a moment ago (campaigns.kept): nobody may change them."""
    found: list[Question] = kept.of(("questions", ask.pk), lambda: list(ask.asked))
    return found


@transaction.atomic
def save(question: Question) -> Question:
    """A new one comes last; one that was removed is asked again. Call it under the campaign's lock.

    Raises TooMany. A choice that is offered no more stays known, since people chose it.
    """
    others = question.ask.asked.exclude(pk=question.pk)
    if others.count() >= Question.MOST:
        raise TooMany
    before = Question.objects.filter(pk=question.pk).first()
    if before is None or before.removed_at:
        question.position = 1 + max([other.position for other in others], default=0)
    # Numbers have keys only: what a key meant must outlive the choice.
    offered = {key_of_choice(text): text for text in question.choices}
    known = {key_of_choice(text): text for text in before.choices} if before else {}
    past = {**question.past_choices, **known}
    question.past_choices = {key: text for key, text in past.items() if key not in offered}
    question.removed_at = None
    question.save()
    return question


@transaction.atomic
def move(question: Question, step: int) -> None:
    """One place up (-1) or down (1); at the end it stays. Call it under the campaign's lock."""
    rows = list(question.ask.asked)
    # Another organizer may have taken it away since this page was drawn.
    old = next((at for at, row in enumerate(rows) if row.pk == question.pk), None)
    if old is None or not 0 <= old + step < len(rows):
        return
    rows[old], rows[old + step] = rows[old + step], rows[old]
    for position, row in enumerate(rows, start=1):
        Question.objects.filter(pk=row.pk).update(position=position)


def remove(question: Question) -> None:
    """Ask it no more. What was answered stays with those who answered, and in the numbers."""
    Question.objects.filter(pk=question.pk, removed_at=None).update(removed_at=timezone.now())
