"""What may not leave for now, because a person or we ourselves say so."""

from __future__ import annotations

from django.db import models


class Hold(models.Model):
    """Nothing that matches leaves while this stands. Read again before each message."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything"
        CAMPAIGN = "campaign"
        OFFICE = "office"
        LANE = "lane"

    scope = models.CharField(max_length=10, choices=Scope)
    key = models.CharField(
        max_length=80,
        blank=True,
        help_text="scope_key, recipient_key or lane; blank for everything",
    )
    reason = models.CharField(max_length=200)
    author = models.CharField(max_length=254)
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_hold_per_scope_and_key")
        ]
