"""What was counted at the end of each day, published so that nobody can change it afterwards."""

from __future__ import annotations

from django.db import models


class DailyTotal(models.Model):
    """One published line. Append-only: each names the hash of the one before
    (campaigns.daily_totals.chain).
    """

    number = models.PositiveIntegerField(unique=True, help_text="1, 2, 3: none is left out")
    day = models.DateField(unique=True, help_text="The last day that it counts")
    # As text: a database that rewrites JSON would change what was hashed.
    line = models.TextField(help_text="As published, without its line break")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the line's UTF-8 bytes")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
