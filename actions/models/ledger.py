"""What each person was last counted as, so that a count only follows what changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from actions.models.action import Action
from actions.models.submission import Submission
from campaigns.models import Ask


class Ledger(models.Model):
    """How far an ask's people are written down; whole once all of them are."""

    ask = models.OneToOneField(Ask, models.CASCADE, primary_key=True, related_name="+")
    is_whole = models.BooleanField(default=False)
    counted_at = models.DateTimeField(help_text="By the database's clock: nothing older is missing")
    last_action = models.BigIntegerField(default=0, help_text="While it is not whole: up to where")
    last_submission = models.BigIntegerField(default=0)
    drifted_at = models.DateTimeField(
        null=True, blank=True, help_text="When a nightly count last found another number"
    )


class Counted(models.Model):
    """One person on one ask, as they were counted.

    With neither row left they are to be taken out again: `on_delete` leaves just that behind.
    """

    # No constraints: the release before deletes submissions without knowing of this table.
    GONE_IS_NULL: ClassVar[dict[str, Any]] = {
        "on_delete": models.SET_NULL,
        "null": True,
        "blank": True,
        "related_name": "+",
        "db_constraint": False,
    }

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="+", db_index=False)
    person = models.CharField(max_length=64, help_text="The supporter's key, as it was then")
    action = models.OneToOneField(Action, **GONE_IS_NULL)
    submission = models.OneToOneField(Submission, **GONE_IS_NULL)
    facts = models.JSONField(help_text="actions.breakdowns.facts.Facts, as a list")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "person"], name="one_count_per_person")
        ]
        indexes = [
            models.Index(
                fields=["ask"],
                condition=models.Q(action=None, submission=None),
                name="counted_and_gone",
            )
        ]


class Cursor(models.Model):
    """How far a job has read a table that only grows."""

    name = models.CharField(max_length=20, primary_key=True)
    position = models.BigIntegerField(default=0)
