"""An organization on a sign-on letter, and who signed for it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import SignOn
from supporters.models import Supporter


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def on_list(self) -> SignatoryQuerySet:
        """What the public list and its count show: approved, and not taken back."""
        return self.filter(state=Signatory.State.APPROVED)

    def signed(self) -> SignatoryQuerySet:
        """On the list, and those whose mailbox answered and who wait to be decided about."""
        return self.filter(state__in=(Signatory.State.WAITING, Signatory.State.APPROVED))

    def in_order(self) -> SignatoryQuerySet:
        """By name, whatever the case of its letters."""
        return self.order_by(Lower("organization"), "id")


class Signatory(models.Model):
    """What was typed waits for its mailbox, then for somebody here, and stands on the list once
    both said yes. An organization that staff added has no representative, only `agreed_how`.

    Of whoever is erased nothing stays; what their organization signed is its own.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Its mailbox has not answered")
        WAITING = "waiting", _("Waits to be looked at")
        APPROVED = "approved", _("On the list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National organization")
        STATE = "state", _("State organization")
        LOCAL = "local", _("Local organization")
        TRIBAL = "tribal", _("Tribal nation or organization")
        INTERNATIONAL = "intl", _("International organization")

    sign_on = models.ForeignKey(SignOn, models.CASCADE, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=11, choices=State, default=State.UNCONFIRMED)

    organization = models.CharField(max_length=160)
    plain_name = models.CharField(
        max_length=160, help_text="As two spellings of one name are compared"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LOCAL)
    city = models.CharField(max_length=80, blank=True)
    us_state = models.CharField(max_length=2, blank=True)
    site = models.URLField(
        max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    site_domain = models.CharField(max_length=253, blank=True)

    supporter = models.ForeignKey(
        Supporter, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    supporter_key = models.CharField(max_length=64, blank=True, help_text="supporters.people")
    mailbox = models.CharField(max_length=64, blank=True, help_text="HMAC of the canonical e-mail")
    given_name = models.CharField(max_length=70, blank=True)
    family_name = models.CharField(max_length=70, blank=True)
    role = models.CharField(max_length=120, blank=True, help_text="Their title there")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=7, default="en")
    authority = models.CharField(max_length=300, blank=True, help_text="The statement they ticked")
    names_person = models.BooleanField(
        default=False, help_text="Their name and title stand beside the organization's"
    )
    wording = models.CharField(max_length=400, blank=True, help_text="What they chose to be shown")

    agreed_how = models.TextField(blank=True, help_text="Where staff added it: what shows it")
    author = models.CharField(max_length=254, blank=True, help_text="Who added or decided")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was declined")
    was_handed_over = models.BooleanField(
        default=False, help_text="Stood on the list when the letter was delivered"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sign_on", "state"], name="signatories_of_a_letter"),
            models.Index(fields=["mailbox"], name="signatories_by_mailbox"),
            models.Index(fields=["state", "changed_at"], name="signatories_to_forget"),
        ]
        constraints = [
            # Each form is a row until its mailbox answers; of two that did, one counts.
            models.UniqueConstraint(
                fields=["sign_on", "supporter_key", "plain_name"],
                condition=models.Q(state__in=["waiting", "approved"]) & ~models.Q(supporter_key=""),
                name="one_signature_per_person_and_organization",
            )
        ]

    def __str__(self) -> str:
        return self.organization

    @property
    def representative(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.city, self.us_state) if part)

    def move(self, state: str, **values: Any) -> None:
        """To another state, and when that was."""
        now: dt.datetime = timezone.now()
        for name, value in (values | {"state": state, "changed_at": now}).items():
            setattr(self, name, value)
        self.save(update_fields=[*values, "state", "changed_at"])
