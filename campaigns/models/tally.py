"""The counts that pages show."""

from __future__ import annotations

from django.db import models

from campaigns.models.ask import Ask


class Tally(models.Model):
    """Counts per ask and state, recounted by a window job (actions.recount).

    Pages read only these.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="tallies")
    state = models.CharField(
        max_length=2, blank=True, help_text="Blank: outside the states, or not told"
    )
    verified = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    unverified = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Counted without their mailbox's word"
    )
    self_reported = models.PositiveIntegerField(default=0)
    anonymous = models.PositiveIntegerField(default=0)
    on_paper = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Signed on paper; part of no other number"
    )
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["ask", "state"], name="one_tally_per_ask_and_state")
        ]
