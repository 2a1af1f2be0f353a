"""Links by which somebody without an account sees a draft as its page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from campaigns.models.campaign import Campaign


class PreviewLink(models.Model):
    """One link to one draft, until it ends or is taken back (campaigns.preview_links).

    Only a hash of what stands in it is kept.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=80, blank=True, help_text="For whom")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
