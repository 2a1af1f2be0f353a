"""Who held an ask's seats when somebody last looked, and what had changed since the time before."""

from __future__ import annotations

from django.db import models

from campaigns.models.ask import Ask


class TargetsSeen(models.Model):
    """The last look at an ask's seats."""

    ask = models.OneToOneField(Ask, models.CASCADE, related_name="targets_seen")
    seen_on = models.DateField()
    rules = models.CharField(max_length=64, help_text="Digest of its rules: edits are no turnover")
    holders = models.JSONField(
        default=dict, help_text="Seat's id -> its holder's id; 0 where nobody is known"
    )


class TargetTurnover(models.Model):
    """What one look found changed; none where nothing had.

    `changes` are rows of campaigns.turnover.SeatChange.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="turnovers")
    before_on = models.DateField()
    seen_on = models.DateField()
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["ask", "-seen_on"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "seen_on"], name="one_turnover_per_ask_and_day")
        ]
