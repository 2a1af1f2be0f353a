"""How fast the letters of a lane leave, and whether they do."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now


class LaneQuerySet(models.QuerySet["Lane"]):
    def open(self) -> LaneQuerySet:
        """Whose circuit is open now: nothing real leaves there."""
        return self.filter(open_until__gt=Now())


class Lane(models.Model):
    """How a lane's real letters leave: worker.engine.pace and worker.engine.circuit.

    A lane has a row once delivery is on and something was to go.
    """

    name = models.CharField(max_length=80, primary_key=True)
    per_minute = models.PositiveIntegerField(
        null=True, blank=True, help_text="Set by staff; blank: what the settings say"
    )
    burst = models.PositiveIntegerField(
        null=True, blank=True, help_text="Set by staff: so many at once"
    )
    paid_until = models.DateTimeField(
        null=True, blank=True, help_text="Each letter moves it on by the distance between two."
    )
    wake_at = models.DateTimeField(
        null=True,
        blank=True,
        db_column="ring_at",
        help_text="When what waits for the pace or the circuit may be looked at",
    )
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Troubles in a row with the way out"
    )
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when its circuit is not closed"
    )
    open_until = models.DateTimeField(
        null=True, blank=True, help_text="Nothing leaves before; then one letter tries."
    )
    opened_because = models.TextField(blank=True, help_text="The other side's words")

    objects: ClassVar[Any] = LaneQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
