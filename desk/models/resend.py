"""Failed letters sent again."""

from __future__ import annotations

from django.db import models


class Resend(models.Model):
    """Failed letters that somebody sent again together, and how far that is."""

    lane = models.CharField(
        max_length=80, blank=True, help_text="What they have in common; blank is any"
    )
    scope_key = models.CharField(max_length=80, blank=True)
    answer = models.TextField(blank=True, help_text="The other side's last words")
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=500)
    found = models.PositiveIntegerField()
    sent = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last one looked at")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=254, blank=True, default="", db_default="")
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    error = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        # The table is older than the word; a rename would break the release before
        # (CONTRIBUTING.md).
        db_table = "desk_replay"
        ordering = ["-id"]

    @property
    def looked_at(self) -> int:
        """Of those found, how many were sent or left out."""
        return self.sent + self.skipped
