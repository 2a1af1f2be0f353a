"""Keys that a person had before somebody put their name or mailbox right."""

from __future__ import annotations

from django.db import models

from supporters.models.supporter import Supporter


class FormerKey(models.Model):
    """So that an erasure holds for each of them: who was deleted comes back by no old list."""

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="former_keys")
    key = models.CharField(max_length=64, help_text="supporters.people.key_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supporter", "key"], name="one_former_key_each")
        ]
