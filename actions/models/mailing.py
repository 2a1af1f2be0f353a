"""What an update and an alert have in common: one text for many, and how far its mail is."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign


class Mailing(models.Model):
    """Written once, mailed at most once to each mailbox (actions.mailings).

    Before the first mail is written there is time to call it back. The columns of the work in the
    background are those of worker.background_job.
    """

    KIND = ""  # the first word of the keys of its mail
    words: ClassVar[Any]  # MailingWords, one for each language

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits half an hour, in case you call it back")
        SENDING = "sending", _("Being written to everybody")
        POSTED = "posted", _("Written to everybody")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Stopped by a fault")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.CharField(max_length=254, help_text="As written down then")
    created_at = models.DateTimeField(auto_now_add=True)
    goes_at = models.DateTimeField(null=True, blank=True, help_text="Until then: call it back")
    approved_by = models.CharField(max_length=254, blank=True)
    # How far it is: mailboxes are gone through in the order of their supporters' ids.
    last_key = models.BigIntegerField(default=0)
    addressed = models.PositiveIntegerField(default=0, help_text="Mailboxes, when it was approved")
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True, help_text="When the last was written")

    class Meta:
        abstract = True
        ordering = ["-id"]

    @property
    def scope_key(self) -> str:
        """What all its mail has in common: a hold may name it."""
        return f"{self.KIND}:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Its words may still be changed."""
        return self.state == self.State.DRAFT


class MailingWords(models.Model):
    """The words of one in one language."""

    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    subject = models.CharField(max_length=120)
    text = models.TextField(help_text=_("Markdown"))

    class Meta:
        abstract = True
