"""Published rosters and maps: what each knows, what a refresh of it changed, and where two do not
agree.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone

STALE_AFTER = dt.timedelta(days=60)


class Source(models.Model):
    """A published roster or map that rows came from: which chambers it covers and as of when."""

    key = models.CharField(
        max_length=60,
        unique=True,
        help_text="e.g. congress-legislators, openstates, expected-seats",
    )
    name = models.CharField(max_length=120)
    as_of = models.DateField()
    loaded_at = models.DateTimeField(auto_now=True)
    covers = models.JSONField(
        default=list, help_text='Pairs ["MD", "state_lower"] this source knows every holder of.'
    )
    sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.as_of})"

    @property
    def age(self) -> dt.timedelta:
        return timezone.localdate() - self.as_of

    @property
    def is_stale(self) -> bool:
        """Whether so much time has passed that some offices will have changed hands."""
        return self.age > STALE_AFTER


class TurnoverReport(models.Model):
    """What one snapshot of a source changed.

    `changes` holds turnover.Change rows; `refused` the rows left out, with reasons.
    """

    source = models.ForeignKey("legislators.Source", models.CASCADE, related_name="reports")
    as_of = models.DateField()
    before_on = models.DateField(
        null=True, blank=True, help_text="Date of the snapshot before; none on a first load"
    )
    changes = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.as_of}"


class Disagreement(models.Model):
    """Two sources name different holders for one district.

    The believed one fills the seats; the other's word stands here.

    Closed with a date when they agree again, never deleted.
    """

    chamber = models.CharField(max_length=20)
    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.PROTECT, related_name="+")
    division = models.CharField(max_length=160)
    district = models.CharField(max_length=80, blank=True)
    believed = models.ForeignKey("legislators.Source", models.PROTECT, related_name="+")
    believed_as_of = models.DateField()
    believed_says = models.CharField(
        max_length=300, blank=True, help_text="Names, in order; blank for nobody"
    )
    other = models.ForeignKey("legislators.Source", models.PROTECT, related_name="+")
    other_as_of = models.DateField()
    other_says = models.CharField(max_length=300, blank=True)
    noticed_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "division", "other"],
                condition=models.Q(settled_on=None),
                name="one_open_disagreement_per_district",
            )
        ]
        ordering = ["jurisdiction", "chamber", "district"]
