"""What came together in one hour."""

from __future__ import annotations

from django.db import models


class Trend(models.Model):
    """How many sent something from one network, for one mail domain, in one name or in like words
    within an hour (desk.quarantine.trends). What fewer than five share has no row.
    """

    class Kind(models.TextChoices):
        NETWORK = "network"
        DOMAIN = "domain"
        NAME = "name"
        TEXT = "text"

    hour = models.DateTimeField()
    kind = models.CharField(max_length=7, choices=Kind)
    # A hash, or the domain. A name or a text itself is read from its example, as long as that is.
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField(help_text="Mailboxes")
    example = models.BigIntegerField(help_text="The id of one such submission")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hour", "kind", "key"], name="one_trend_per_hour")
        ]
