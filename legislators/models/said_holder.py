"""Who holds a seat as somebody here says, with what the roster says of it kept beside.

legislators/by_hand/holders.py has what is done with it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SaidHolderQuerySet(models.QuerySet["SaidHolder"]):
    def standing(self) -> SaidHolderQuerySet:
        """Nobody took them back. Their last day may have passed."""
        return self.filter(ended_at=None)

    def in_force(self, on: dt.date) -> SaidHolderQuerySet:
        """Those of them that no roster of this day may undo."""
        return self.standing().filter(Q(until=None) | Q(until__gt=on))


class SaidHolder(models.Model):
    """Somebody here says who holds a seat, or that it is vacant. No roster undoes it.

    Ended with who ended it and why, never deleted.
    """

    seat = models.ForeignKey("legislators.Seat", models.PROTECT, related_name="said")
    legislator = models.ForeignKey(
        "legislators.Legislator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="None: the seat is vacant",
    )
    party = models.CharField(max_length=60, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(
        null=True, blank=True, help_text="First day on which they no longer hold it."
    )
    source = models.CharField(max_length=500, help_text="How it is known: a link, or words")
    said_by = models.CharField(max_length=254)
    said_at = models.DateTimeField()

    # What the last roster that covers the seat says: nobody, where there is no legislator.
    roster = models.ForeignKey(
        "legislators.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    roster_as_of = models.DateField(null=True, blank=True)
    roster_legislator = models.ForeignKey(
        "legislators.Legislator", models.PROTECT, null=True, blank=True, related_name="+"
    )
    roster_party = models.CharField(max_length=60, blank=True)
    roster_started_on = models.DateField(null=True, blank=True)
    roster_ended_on = models.DateField(null=True, blank=True)

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=254, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = SaidHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ended_at=None), name="one_said_holder_per_seat"
            )
        ]
        ordering = ["-said_at", "-pk"]

    def __str__(self) -> str:
        return self.legislator.name if self.legislator else "vacant"

    @property
    def roster_says(self) -> str:
        """The name there; "" for nobody."""
        return self.roster_legislator.name if self.roster_legislator else ""

    @property
    def roster_is_newer(self) -> bool:
        """Whether the roster was taken when this was known, or later."""
        known_on = self.since or timezone.localdate(self.said_at)
        return self.roster_as_of is not None and self.roster_as_of >= known_on
