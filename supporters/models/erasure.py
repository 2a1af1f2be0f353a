"""Who was erased, as a keyed hash: what is undone or restored later must not bring them back."""

from __future__ import annotations

from django.db import models


class Erasure(models.Model):
    """Somebody of this key was erased then. Whoever signs again under it is a new person."""

    key = models.CharField(max_length=64, db_index=True, help_text="supporters.people.key_of")
    at = models.DateTimeField()
