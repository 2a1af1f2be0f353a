"""Who they are and what they allowed."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask, Campaign


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def grown(self) -> SupporterQuerySet:
        """Adults: those who may be listed, mailed or exported."""
        return self.filter(is_minor=False)

    def proven(self) -> SupporterQuerySet:
        return self.exclude(proven_at=None)


class Supporter(models.Model):
    """A person.

    `key` is HMAC(canonical e-mail + normalized name), so two people may share a mailbox.
    """

    key = models.CharField(max_length=64, unique=True)
    mailbox = models.CharField(
        max_length=64, db_index=True, help_text="HMAC of the canonical e-mail"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    prefix = models.CharField(
        max_length=5,
        blank=True,
        help_text="As they chose it; Congress insists on one. Never guessed.",
    )
    given_name = models.CharField(max_length=70)
    family_name = models.CharField(max_length=70)
    phone = models.CharField(
        max_length=32, blank=True, help_text="E.164, and ;ext= where it has an extension"
    )
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, default="US")
    language = models.CharField(max_length=7, default="en")
    is_minor = models.BooleanField(
        default=False, help_text=_("13 to 17: never public, listed or exported.")
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    proven_at = models.DateTimeField(null=True, blank=True, help_text="When the mailbox answered.")

    objects: ClassVar[Any] = SupporterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return f"supporter {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Consent(models.Model):
    """A dated permission, or its end, with the wording shown.

    Append-only: the newest line per purpose is what counts.
    """

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("Newsletter")
        UPDATES = "updates", _("What becomes of a campaign")  # of its own campaign, and no other
        PUBLIC_NAME = "public_name", _("First name and place shown")

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    granted = models.BooleanField()
    wording = models.CharField(max_length=400)
    language = models.CharField(max_length=7, default="en")
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=20, default="web")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["supporter", "purpose", "-id"]),
            # Whom an update goes to, in their order (actions.updates.audience).
            models.Index(
                fields=["campaign", "supporter"],
                condition=models.Q(purpose="updates"),
                name="wants_updates",
            ),
        ]


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
