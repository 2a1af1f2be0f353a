"""When a campaign goes live and closes by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.zones import ZONES


class Schedule(models.Model):
    """What is still to come of it: a start that was, and an end that the clock brought, are taken
    out (actions.followup.schedule). In the clock of its zone, kept as instants.
    """

    class Missed(models.TextChoices):
        START = "start", _("It did not go live")
        END = "end", _("It did not close")

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="schedule")
    zone = models.CharField(max_length=40, choices=ZONES)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_announced = models.BooleanField(
        default=False, help_text="Until it opens, its address says when it does."
    )
    stops_letters = models.BooleanField(
        default=True, help_text="At its end, as campaigns.models.Ending has it"
    )
    tells_signers = models.BooleanField(
        default=False, help_text="At its end, those who asked to hear what becomes of it"
    )
    author = models.CharField(max_length=254, help_text="Who set it last")
    missed = models.CharField(
        max_length=5, blank=True, choices=Missed, help_text="What did not happen at its time"
    )
    missed_at = models.DateTimeField(null=True, blank=True, help_text="When it should have")
    missed_because = models.JSONField(default=list, blank=True, help_text="In English")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="a_campaign_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.opens_at} - {self.closes_at}"
