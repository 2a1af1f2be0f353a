"""Lists that leave the house, and selections of people that are kept under a name."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SegmentQuerySet(models.QuerySet["Segment"]):
    def open_to(self, user: Any) -> SegmentQuerySet:
        """Their own, and those that are shared."""
        return self.filter(models.Q(owner=user.pk) | models.Q(is_shared=True))


class Segment(models.Model):
    """Conditions under a name: who fits them is found anew each time."""

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)
    filters = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_segment_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A list of people for one purpose, written in the background.

    Its parts are rows, so any web machine can hand them out.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not begun")
        APPROVAL = "approval", _("Waits for a second person")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("Expired")
        STOPPED = "stopped", _("Stopped")
        TAKEN = "taken", _("Taken away")

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", _("XLSX, for Excel")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=12,
        default="supporters",
        choices=[(kind, kind) for kind in ("supporters", "petition", "partner", "texts")],
    )
    # Who took a list away stays known: such an account is switched off, never deleted.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    # Of the closed list (supporters.purposes); blank in exports of a release that had none.
    purpose_key = models.CharField(max_length=40, blank=True, default="", db_default="")
    columns = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    format = models.CharField(
        max_length=4, choices=Format, default=Format.CSV, db_default=Format.CSV.value
    )
    is_bare = models.BooleanField(
        default=False, db_default=False, help_text="No apostrophe before a valid ZIP or phone"
    )
    filters = models.JSONField(default=dict)
    segment = models.ForeignKey(
        Segment, models.SET_NULL, null=True, blank=True, related_name="exports"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows_expected = models.PositiveIntegerField(default=0)
    is_counted = models.BooleanField(
        default=True, db_default=True, help_text="False while a draft of many is being counted"
    )
    rows_done = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=200, blank=True)
    last_key = models.PositiveBigIntegerField(
        default=0, help_text="The last row written; a stopped export goes on after it."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(
        null=True, blank=True, help_text="When its author said that it is to be written"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # With HASH_KEY it makes the key of the parts; blanked when they go (desk.sealing).
    salt = models.CharField(max_length=64, blank=True, default="", db_default="")
    link_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    link_ends_at = models.DateTimeField(null=True, blank=True)
    link_starts = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["-id"]

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class ExportPart(models.Model):
    """A piece of an export's file, sealed."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    # Whose rows may be in it: what an erasure asks (desk.supporters.forgetting).
    first_key = models.PositiveBigIntegerField(null=True)
    last_key = models.PositiveBigIntegerField(null=True)
    of_workbook = models.BooleanField(
        default=False, db_default=False, help_text="Of the XLSX that is made of the others"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="one_part_per_number")
        ]
