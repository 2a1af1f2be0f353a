"""Known addresses, and where they lie."""

from __future__ import annotations

from django.db import models


class AddressPoint(models.Model):
    """A known address and where it lies. `key` is Address.key(): normalized street line and ZIP."""

    key = models.CharField(max_length=160, unique=True)
    lat = models.FloatField()
    lon = models.FloatField()
    is_demo = models.BooleanField(default=False)
