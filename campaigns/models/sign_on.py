"""A sign-on letter: one letter of a coalition, which organizations sign until its deadline, and
which is then handed over with their names (actions.models.Signatory).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.bill import Bill
from campaigns.models.campaign import Issue
from campaigns.models.publication import PublicationFile
from campaigns.models.published import Published, PublishedQuerySet, PublishedWords
from campaigns.zones import ZONES


class SignOnQuerySet(PublishedQuerySet):
    def open(self, at: dt.datetime | None = None) -> Any:
        """Those that an organization may sign then (default: now)."""
        now = at or timezone.now()
        still = {"closed_at": None, "delivered_on": None, "closes_at__gt": now}
        return self.public(now).filter(**still)


class SignOn(Published):
    """Nothing happens at its deadline but that it answers otherwise, as with `publish_at`."""

    closes_at = models.DateTimeField(null=True, blank=True, help_text="The deadline to sign")
    closes_zone = models.CharField(
        max_length=40, blank=True, choices=ZONES, help_text="By whose clock it is said"
    )
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Closed before its deadline")
    led_by = models.CharField(
        max_length=200, blank=True, help_text="Who wrote it; blank: the organization itself"
    )
    delivered_on = models.DateField(null=True, blank=True)
    delivered_to = models.CharField(max_length=200, blank=True)
    delivered_how = models.TextField(
        blank=True, help_text="What shows that it was handed over; read at the desk only"
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="sign_ons")
    bills = models.ManyToManyField(Bill, blank=True, related_name="sign_ons")
    is_demo = models.BooleanField(default=False)

    objects: ClassVar[Any] = SignOnQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-id"]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_over(self) -> bool:
        """Closed by hand or by its deadline, or handed over."""
        ended = self.closed_at is not None or self.delivered_on is not None
        return ended or self.closes_at is None or self.closes_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether an organization may sign it now."""
        return self.is_public and not self.is_over

    @property
    def is_delivered(self) -> bool:
        """By the word of somebody here, with what shows it."""
        return self.delivered_on is not None


class SignOnState(models.Model):
    """A state that it is about; "US" is the whole country's."""

    sign_on = models.ForeignKey(SignOn, models.CASCADE, related_name="states")
    code = models.CharField(max_length=2)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "sign_on"], name="one_state_per_sign_on_once")
        ]

    def __str__(self) -> str:
        return self.code


class SignOnWords(PublishedWords):
    sign_on = models.ForeignKey(SignOn, models.CASCADE, related_name="words")
    title = models.CharField(max_length=140)
    summary = models.CharField(max_length=300)
    addressees = models.CharField(max_length=300, help_text="To whom it goes, by name and office")
    text = models.TextField(help_text=_("Markdown"))
    file = models.ForeignKey(
        PublicationFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_on_words",
        # There are few letters.
        db_index=False,
        help_text="As it will be delivered",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign_on", "language"],
                name="one_set_of_words_per_sign_on_and_language",
            )
        ]
