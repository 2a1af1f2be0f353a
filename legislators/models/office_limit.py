"""How much an office's own form takes, as people here found out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from legislators.models.seat import Seat


class OfficeLimit(models.Model):
    """Of one seat's web form: at most so many characters, or words, of message; null: not known.

    Kept for the seat and not for its holder: forms stay when people go.
    """

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="limit")
    characters = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField(null=True, blank=True)
    said_by = models.CharField(max_length=254)
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(characters__isnull=False) | Q(words__isnull=False),
                name="a_limit_limits_something",
            )
        ]

    def over(self, text: str) -> tuple[int, int]:
        """By how many characters, and by how many words, this is too long; 0 where it fits."""
        characters, words = len(text.strip()), len(text.split())
        return (
            max(0, characters - self.characters) if self.characters else 0,
            max(0, words - self.words) if self.words else 0,
        )
