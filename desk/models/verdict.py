"""Many suspicious actions decided together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from actions.models import Submission


class Verdict(models.Model):
    """What somebody decided about many suspicious actions together, and how far that is
    (desk.quarantine.verdicts). Nothing is done before `begins_at`: until then it can be undone.
    """

    class Deed(models.TextChoices):
        ASIDE = "aside", "set aside"
        RELEASE = "release", "release"
        REFUSE = "refuse", "refuse"
        UNDO = "undo", "undo"

    # Whose result can be undone for a while afterwards.
    UNDOABLE: ClassVar[tuple[str, ...]] = (Deed.ASIDE, Deed.RELEASE, Deed.REFUSE)

    deed = models.CharField(max_length=7, choices=Deed)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="undoings"
    )
    chosen = models.JSONField(help_text="Which ones: desk.quarantine.chosen.Chosen")
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    found = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    letters_gone = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Had left before, and cannot be called back"
    )
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last one decided about")
    asked_at = models.DateTimeField(auto_now_add=True)
    begins_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=254, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]


class Decided(models.Model):
    """What one of them was before, so that it can be undone (desk.quarantine.undoing)."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="decided")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    before = models.CharField(max_length=12, help_text="Its state")
    because = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verdict", "submission"], name="decided_once")
        ]
