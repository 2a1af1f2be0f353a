"""What people who work here make across rooms: exports of supporter lists, failed letters sent
again, forms they have not saved yet, verdicts about many; and when they were last warned.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask, Campaign, Issue
from supporters.models import Supporter


class Export(models.Model):
    """A CSV of supporters, written in the background.

    Its parts are rows, so any web machine can hand them out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("Expired")
        STOPPED = "stopped", _("Stopped")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=12,
        default="supporters",
        choices=[(kind, kind) for kind in ("supporters", "petition", "partner")],
    )
    # Who took a list away stays known: such an account is switched off, never deleted.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    filters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows_expected = models.PositiveIntegerField(default=0)
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

    class Meta:
        ordering = ["-id"]


class ExportPart(models.Model):
    """A piece of an export's file."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="one_part_per_number")
        ]


class SupporterDistrict(models.Model):
    """A district that a supporter lives in, or several of a layer that they may live in: then none
    is certain.
    """

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    layer = models.CharField(max_length=4)
    # By its name, which stays the same from edition to edition.
    division = models.CharField(max_length=160, help_text="OCD division id, lower case")
    method = models.CharField(max_length=20)
    certain = models.BooleanField()
    edition = models.CharField(max_length=60)
    found_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "layer", "division"], name="one_row_per_supporter_and_district"
            )
        ]
        indexes = [models.Index(fields=["division", "supporter"], name="supporters_of_a_district")]


class Resend(models.Model):
    """Failed letters that somebody sent again together, and how far that is."""

    lane = models.CharField(
        max_length=80, blank=True, help_text="What they have in common; blank is any"
    )
    scope_key = models.CharField(max_length=80, blank=True)
    answer = models.TextField(blank=True, help_text="The other side's last words")
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=500)
    found = models.PositiveIntegerField()
    sent = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last one looked at")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=254, blank=True, default="", db_default="")
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    error = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        # The table is older than the word; a rename would break the release before
        # (CONTRIBUTING.md).
        db_table = "desk_replay"
        ordering = ["-id"]

    @property
    def looked_at(self) -> int:
        """Of those found, how many were sent or left out."""
        return self.sent + self.skipped


class AlarmMail(models.Model):
    """When administrators were last told of an alarm that stands (desk.monitoring.alarm_mail)."""

    key = models.CharField(max_length=60, unique=True)
    sent_on = models.DateField()


class FormDraft(models.Model):
    """What its author typed into a form of the desk and has not saved (desk.form_drafts): theirs
    alone, and gone with them and with what it is about.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thing = models.CharField(max_length=80, help_text='Like "campaign:3:words:es", "brand"')
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="+")
    ask = models.ForeignKey(Ask, models.CASCADE, null=True, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, related_name="+")
    fields = models.JSONField(help_text="By name, the list that a browser sends")
    opened_with = models.JSONField(help_text="Digests of what it began from (desk.newer_version)")
    page = models.CharField(max_length=12, help_text="Which opened page wrote it")
    replaced = models.JSONField(
        null=True, help_text="What another page of the same author had kept before, whole"
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "thing"], name="one_draft_of_a_form")
        ]


class Verdict(models.Model):
    """What somebody decided about many suspicious actions together, and how far that is
    (desk.supporters.verdicts). Nothing is done before `begins_at`: until then it can be undone.
    """

    deed = models.CharField(max_length=7, choices=[("release", "release"), ("refuse", "refuse")])
    chosen = models.JSONField(help_text="Which ones: desk.supporters.chosen.Chosen")
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    found = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last one decided about")
    asked_at = models.DateTimeField(auto_now_add=True)
    begins_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=254, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
