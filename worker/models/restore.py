"""Restores of the database: what it cannot know of itself."""

from __future__ import annotations

from django.db import models


class Restore(models.Model):
    """A restored database was found.

    While this is not ended nothing leaves and nothing but what takes back is taken in
    (worker.restoring.mode).
    """

    identity = models.CharField(
        max_length=80, unique=True, help_text="Of the database, as worker.restoring.identity says"
    )
    found_at = models.DateTimeField(auto_now_add=True)
    moment = models.DateTimeField(
        help_text="The last that it knew of: what happened since may be missing."
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was asked what had left since."
    )
    replayed_at = models.DateTimeField(
        null=True, blank=True, help_text="When what was taken back since was taken back again."
    )
    account = models.TextField(blank=True, help_text="What was found and done, a line each")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=254, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]


class KnownDatabase(models.Model):
    """A database that nobody has to ask about: the first one, and each whose restore is over."""

    identity = models.CharField(max_length=80, primary_key=True)
    known_at = models.DateTimeField(auto_now_add=True)
