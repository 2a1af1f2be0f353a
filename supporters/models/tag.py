"""Words by which people here find supporters again."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from supporters.models.supporter import Supporter


class Tag(models.Model):
    """One of the closed list that the desk keeps; `name` differs by more than case."""

    name = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_tag_per_name")]

    def __str__(self) -> str:
        return self.name


class Tagged(models.Model):
    """A supporter has a tag. Never one under 18 (supporters.tags)."""

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")
    author = models.CharField(max_length=254, help_text="As written down then")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supporter", "tag"], name="one_tag_once_per_supporter")
        ]
        # Whom a tag has, in the order of lists.
        indexes = [models.Index(fields=["tag", "supporter"], name="supporters_of_a_tag")]
