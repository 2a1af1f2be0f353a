"""Mail that stayed on this machine instead of going to the world."""

from __future__ import annotations

from django.db import models


class CaughtMail(models.Model):
    """A message that reached the catcher on this machine instead of the world."""

    received_at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=254, blank=True)
    recipient = models.CharField(max_length=254)
    message_id = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    content = models.BinaryField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["message_id"])]
