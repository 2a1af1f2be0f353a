"""Mailboxes that get no mail, as hashes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> SuppressionQuerySet:
        return self.filter(lifted_at=None)


class Suppression(models.Model):
    """A mailbox that gets no mail from us.

    Kept as an HMAC, so it survives the erasure of its owner.
    """

    class Reason(models.TextChoices):
        ASKED = "asked", _("Asked never to be mailed")
        NOT_ME = "not_me", _("Said it was not them")
        BOUNCED = "bounced", _("Bounced")
        COMPLAINED = "complained", _("Complained")
        STAFF = "staff", _("Entered by staff")

    mailbox = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=Reason)
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person here lifted it; the audit log says why."
    )

    objects: ClassVar[Any] = SuppressionQuerySet.as_manager()


class NotMe(models.Model):
    """A mailbox said that it did not act on this ask: it is asked no more about it for a while
    (supporters.suppressions).
    """

    mailbox = models.CharField(max_length=64)
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "ask"], name="one_not_me_per_mailbox_and_ask"
            )
        ]
