"""One place's network, for which limits rise for named hours: a school, a rally, a library."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from campaigns.models import Campaign


class Venue(models.Model):
    """Many people of one campaign behind one address, on purpose (screening.venues).

    `network` is what a submission from there carries too (Submission.kept_network): no address is
    kept. It is blanked once the hours are over for 60 days.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    network = models.CharField(max_length=12, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="It ends by itself")
    opened_by = models.CharField(max_length=254)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.CharField(max_length=254, blank=True, help_text="Who ended it earlier")

    class Meta:
        ordering = ["-begins_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("begins_at")), name="a_venue_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["network", "ends_at"])]
