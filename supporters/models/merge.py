"""Two records that were found to be one person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from supporters.models.supporter import Supporter


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> MergeQuerySet:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """One record went into another, and how that is undone (actions.merging): by ids alone.

    With either of them erased there is nothing left to undo.
    """

    kept = models.ForeignKey(Supporter, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict, help_text="Ids, by what they are of")
    author = models.CharField(max_length=254, help_text="As written down then")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="When what the other record held was blanked"
    )

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
