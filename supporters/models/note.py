"""What people here write down about a supporter."""

from __future__ import annotations

from django.db import models

from supporters.models.supporter import Supporter

LONGEST_NOTE = 1000


class Note(models.Model):
    """Plain text, signed and dated; gone with its supporter. Never of one under 18
    (supporters.notes).
    """

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="notes")
    text = models.TextField(max_length=LONGEST_NOTE)
    author = models.CharField(max_length=254, help_text="As written down then")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
