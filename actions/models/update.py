"""What a campaign tells those who acted, and how far its mail is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign


class Update(models.Model):
    """News of a campaign for its signers: written once, mailed at most once to each mailbox.

    Its mail waits half an hour before the first one is written, so that it can be called back. The
    columns of the work in the background are those of worker.background_job.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits half an hour, in case you call it back")
        SENDING = "sending", _("Being written to everybody")
        POSTED = "posted", _("Written to everybody")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Stopped by a fault")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    is_outcome = models.BooleanField(
        default=False, help_text="Part of closing or winning: it waits for that to be final"
    )
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
        ordering = ["-id"]
        indexes = [
            # Nearly always empty: beat looks every minute (actions.updates.sending).
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="updates_on_their_way",
            )
        ]

    @property
    def scope_key(self) -> str:
        """What all its mail has in common: a hold may name it."""
        return f"update:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Its words may still be changed."""
        return self.state == self.State.DRAFT


class UpdateWords(models.Model):
    """An update's words in one language."""

    update_of = models.ForeignKey(Update, models.CASCADE, related_name="words")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    subject = models.CharField(max_length=120)
    text = models.TextField(help_text=_("Markdown"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["update_of", "language"], name="one_set_of_words_per_update_and_language"
            )
        ]
