"""People who hold or held seats, for which terms, and how to reach them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislators.models.seat import Seat
from legislators.models.source import Source


class Legislator(models.Model):
    """A person who holds or held a seat, as published.

    `key` is the source's own id ("bioguide:C000880", "ocd-person/...").
    """

    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=60, blank=True)
    family_name = models.CharField(max_length=60, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    def current(self, on: dt.date) -> TermQuerySet:
        """Terms in force on a day; an open end counts."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=on), Q(ended_on=None) | Q(ended_on__gt=on)
        )


class Term(models.Model):
    """A legislator holds a seat for a time. Closed with a date, never deleted."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="terms")
    legislator = models.ForeignKey(Legislator, models.PROTECT, related_name="terms")
    party = models.CharField(max_length=60, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text="First day on which the seat is no longer held."
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    as_of = models.DateField()
    opened_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # Two at once would be a fault of a roster or of ours: refused before anybody writes
                # to the wrong one.
                fields=["seat"],
                condition=Q(ended_on=None),
                name="one_open_term_per_seat",
            )
        ]

    def holds(self, on: dt.date) -> bool:
        """Whether this term is in force on a day: the question of `current`, about a row at
        hand.
        """
        return (self.started_on is None or self.started_on <= on) and (
            self.ended_on is None or self.ended_on > on
        )


class ContactQuerySet(models.QuerySet["Contact"]):
    def usable(self) -> ContactQuerySet:
        """Published, or typed here and approved by a second person."""
        return self.filter(Q(typed_by="") | ~Q(approved_by=""))

    def unapproved(self) -> ContactQuerySet:
        """Typed here, and not approved: nothing may go there. Refused ones too."""
        return self.filter(~Q(typed_by=""), approved_by="")

    def pending(self) -> ContactQuerySet:
        """Those of them about which a second person has yet to decide."""
        return self.unapproved().filter(refused_at=None)


class Contact(models.Model):
    """A way to reach a legislator: published by a source, or typed in by somebody here.

    What was typed is used once a second person has approved it.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        ADDRESS = "address", _("Postal address")
        FORM = "form", _("Contact form")
        WEBSITE = "website", _("Website")
        FAX = "fax", _("Fax")
        TWITTER = "twitter", "X (Twitter)"
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        YOUTUBE = "youtube", "YouTube"

    legislator = models.ForeignKey(Legislator, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=300)
    office = models.CharField(max_length=20, blank=True, help_text="capitol or district")
    place = models.CharField(
        max_length=80, blank=True, help_text='Town of a district office, "Cullman, AL"'
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    typed_by = models.CharField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="Who typed it in here; blank: published",
    )
    typed_at = models.DateTimeField(null=True, blank=True)
    typed_because = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="How whoever typed it knows",
    )
    approved_by = models.CharField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="Who else vouches for what was typed; blank: nothing goes there yet",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["legislator", "kind", "value"], name="one_row_per_contact"
            )
        ]

    @property
    def is_usable(self) -> bool:
        return not self.typed_by or bool(self.approved_by)
