"""What is published: a thing with an address, words in each language, and times at which it is
there for everybody. Abstract: issues, publications and the like stand on it (campaigns.published).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.zones import ZONES


class Standing(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLIC = "public", _("Public")
    TAKEN_DOWN = "taken_down", _("Taken down")


class PublishedQuerySet(models.QuerySet[Any]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """What everybody may read then (default: now)."""
        return self.filter(publish_at__lte=at or timezone.now(), unpublished_at=None)


class Published(models.Model):
    """Nothing happens at `publish_at` but that questions answer otherwise: no job is needed, and
    none can be late. A row's `words` are a related set of PublishedWords.
    """

    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(max_length=40, blank=True, default="", db_default="", choices=ZONES)
    publish_at = models.DateTimeField(null=True, blank=True, help_text="Empty: a draft")
    unpublished_at = models.DateTimeField(null=True, blank=True)
    unpublished_to = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Where its address leads since: a path here, or a listed host's page",
    )

    # In memory only: shown to whoever may edit it, whether it is public or not.
    is_preview = False

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def standing(self) -> Standing:
        if self.unpublished_at:
            return Standing.TAKEN_DOWN
        if self.publish_at is None:
            return Standing.DRAFT
        return Standing.PUBLIC if self.publish_at <= timezone.now() else Standing.SCHEDULED

    @property
    def is_public(self) -> bool:
        return self.standing == Standing.PUBLIC


class PublishedWords(models.Model):
    """A thing's words in one language, and what was put right in them since they were public."""

    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    corrections = models.JSONField(
        default=list, db_default=[], blank=True, help_text='Rows {"at", "said"}, the oldest first'
    )

    class Meta:
        abstract = True
