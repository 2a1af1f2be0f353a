"""Sites to which a campaign may lead people on."""

from __future__ import annotations

from django.db import models


class OnwardHost(models.Model):
    """A host that an administrator listed (campaigns.onward). Exactly this one: none below it."""

    host = models.CharField(
        max_length=253, unique=True, help_text='In small letters: "example.org"'
    )
    added_by = models.CharField(max_length=254)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host
