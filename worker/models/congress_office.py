"""The offices of Congress that take messages now."""

from __future__ import annotations

from django.db import models


class CongressOffice(models.Model):
    """An office of Congress as its chamber's own list names it: H + state + district, S + state + 0
    + class.
    """

    code = models.CharField(max_length=5, primary_key=True)
    chamber = models.CharField(max_length=6, choices=[("house", "House"), ("senate", "Senate")])
    is_active = models.BooleanField(help_text="Takes messages now.")
    listed_at = models.DateTimeField(help_text="When the chamber last listed it.")

    class Meta:
        ordering = ["code"]
