"""Many suspicious actions decided together."""

from __future__ import annotations

from django.db import models


class Verdict(models.Model):
    """What somebody decided about many suspicious actions together, and how far that is
    (desk.quarantine.verdicts). Nothing is done before `begins_at`: until then it can be undone.
    """

    deed = models.CharField(max_length=7, choices=[("release", "release"), ("refuse", "refuse")])
    chosen = models.JSONField(help_text="Which ones: desk.supporters.chosen.Chosen")
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    found = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last one decided about")
    asked_at = models.DateTimeField(auto_now_add=True)
    begins_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=254, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
