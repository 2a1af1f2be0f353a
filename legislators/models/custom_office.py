"""Offices that no roster knows: an attorney general, a parole board, a school board, a company.

legislators/by_hand/offices.py makes them. Each has a seat of its own in the chamber `custom`. Its
division is a name of ours, which says whom it serves and can be mistaken for no OCD division:
"local:state/...".
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

OURS = "local:"


class Serves(models.TextChoices):
    """Whom an office answers to."""

    EVERYBODY = "all", _("Everybody, wherever they live")
    STATE = "state", _("Everybody in its state")
    ZIPS = "zips", _("People in these ZIP codes")


class CustomOfficeQuerySet(models.QuerySet["CustomOffice"]):
    def open_on(self, day: dt.date) -> CustomOfficeQuerySet:
        """Not ended by this day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def serving(self, zip5: str, states: tuple[str, ...]) -> CustomOfficeQuerySet:
        """Those to which somebody in this ZIP code, or in these states, may write."""
        everybody = Q(serves=Serves.EVERYBODY)
        state = Q(serves=Serves.STATE, seat__jurisdiction__in=states)
        return self.filter(everybody | state | Q(zips__zip=zip5))


class CustomOffice(models.Model):
    """One of them, with its seat. Ended with a day, never deleted: letters point at its seat."""

    seat = models.OneToOneField("legislators.Seat", models.PROTECT, related_name="custom")
    serves = models.CharField(max_length=10, choices=Serves)
    takes_abroad = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It reads letters of people outside the United States",
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="First day on which nobody writes to it any more."
    )
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = CustomOfficeQuerySet.as_manager()

    class Meta:
        ordering = ["seat__jurisdiction", "seat__district"]

    def __str__(self) -> str:
        return self.seat.district


class CustomZip(models.Model):
    """A ZIP code whose people an office serves."""

    office = models.ForeignKey(CustomOffice, models.CASCADE, related_name="zips")
    zip = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "zip"], name="one_row_per_office_and_zip")
        ]
        indexes = [models.Index(fields=["zip"], name="offices_of_a_zip")]
