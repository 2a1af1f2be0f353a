"""When what should happen again and again last did."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When something that should happen again and again last did."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
