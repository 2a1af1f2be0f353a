"""What supporters answered to an ask's questions, for whoever may see personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actions.models.typed import Typed
from campaigns.models import Question


@dataclass(frozen=True)
class Answer:
    """`question` is its id; `asked` and `said` are the words that were read and given, in their
    reader's language.
    """

    question: int
    asked: str
    said: tuple[str, ...]

    @property
    def text(self) -> str:
        """In one line, as a table has it."""
        return "; ".join(self.said)


def answers_of(typed: Typed) -> list[Answer]:
    """Of a submission or an action, in the order in which they were asked. Never a minor's: those
    are kept nowhere.
    """
    return [Answer(one["question"], one["asked"], tuple(one["said"])) for one in typed.answers]


def columns(asks: Iterable[int]) -> list[tuple[int, str]]:
    """For a table of what was answered: (a question's id, its heading in English), those of these
    asks that are asked no more last.
    """
    rows = Question.objects.filter(ask__in=list(asks)).order_by("ask", "position", "pk")
    # What is asked no more was answered all the same.
    in_order = sorted(rows, key=lambda question: question.removed_at is not None)
    return [(question.pk, question.text) for question in in_order]
