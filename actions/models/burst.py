"""What is kept of a burst while it lasts, and of the calculations that were handed in."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models


class BurstQuerySet(models.QuerySet["Burst"]):
    def lasting(self, now: dt.datetime) -> BurstQuerySet:
        """Forms hand out a calculation while there is one."""
        return self.filter(until__gt=now)


class Burst(models.Model):
    """Much at once from one network, for one mail domain or on one ask (screening.bursts)."""

    scope = models.CharField(primary_key=True, max_length=64, help_text="A hash, or the ask")
    because = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    # What comes from there without a calculation is set aside.
    demanded_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BurstQuerySet] = BurstQuerySet.as_manager()  # type: ignore[assignment]


class UsedProof(models.Model):
    """A calculation that let a submission through, and lets none through again."""

    # UNIQUE decides which of two at once was first.
    nonce = models.CharField(primary_key=True, max_length=64)
    used_at = models.DateTimeField()
