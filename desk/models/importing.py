"""Lists that come into the house: a file, what was said of it, and what became of its rows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask
from supporters.models import Consent, Supporter

# What of a file a page shows while it is described, and what its parts are opened with.
# Without heads its first row is somebody.
UNREAD: dict[str, object] = {"header": [], "samples": [], "salt": ""}


class Import(models.Model):
    """A file of supporters, or of a petition's signatures on paper, read in the background.

    Its parts, and the rows that a page shows of them, go when it is over.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("To be described")
        LOOKING = "looking", _("Being looked through")
        LOOKED = "looked", _("Looked through: nothing is kept yet")
        RUNNING = "running", _("Being read in")
        DONE = "done", _("Read in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Thrown away")

    class Kind(models.TextChoices):
        SUPPORTERS = "supporters", _("Supporters, with their e-mail addresses")
        PAPER = "paper", _("Signatures of a petition on paper")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, blank=True, related_name="+")
    provenance = models.CharField(max_length=300, help_text="Where, when and by whom collected")
    wording = models.CharField(max_length=400, blank=True, help_text="What they agreed to")
    all_grown = models.BooleanField(default=False, help_text="Staff says so of the whole file")
    all_agreed = models.BooleanField(default=False)
    is_workbook = models.BooleanField(default=False)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, help_text="Field -> number of the column, from 0")
    samples = models.JSONField(default=list, help_text="The first rows, while they are needed")
    faults = models.JSONField(default=list, help_text="[row, field, message], the first ones")
    numbers = models.JSONField(default=dict, help_text="What became of how many rows")
    state = models.CharField(max_length=8, choices=State, default=State.UPLOADED)
    # With HASH_KEY it makes the key of the parts; blanked when they go (desk.sealing).
    salt = models.CharField(max_length=64, blank=True, default="", db_default="")
    last_row = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    noted_at = models.DateTimeField(auto_now_add=True, help_text="Of the step that is to be done")
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    @property
    def is_paper(self) -> bool:
        return self.kind == self.Kind.PAPER


class ImportPart(models.Model):
    """A piece of its file, sealed."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_import_part")]


class ImportedPerson(models.Model):
    """Whom a row named, so that all of it can be taken back."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="people")
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, related_name="+")
    is_new = models.BooleanField(help_text="Nobody knew them before")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "supporter"], name="imported_once")]
