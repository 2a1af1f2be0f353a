"""Jurisdictions, districts, seats and the people who hold them.

A seat is (chamber, OCD division, position 1..n), n being the district's expected number of seats. A
vacancy is a seat without a current term from a source that covers its chamber; where no source
covers it the holder is unknown, never vacant.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from legislators.custom_offices import OURS, CustomOffice, CustomZip, Serves  # noqa: F401
from legislators.map_editions import (  # noqa: F401
    STREETS,
    BoundaryFile,
    District,
    Edition,
    EditionQuerySet,
    Layer,
    ZipDistrict,
)
from legislators.places import AddressPoint, ZipCode  # noqa: F401
from legislators.roster.rows import (  # noqa: F401
    Committee,
    CommitteeMembership,
    Disagreement,
    TurnoverReport,
)
from legislators.said_holders import SaidHolder  # noqa: F401


class Chamber(models.TextChoices):
    US_HOUSE = "us_house", _("U.S. House")
    US_SENATE = "us_senate", _("U.S. Senate")
    STATE_UPPER = "state_upper", _("State senate")
    STATE_LOWER = "state_lower", _("State house")
    STATE_UNICAMERAL = "state_unicameral", _("State legislature")
    DC_COUNCIL = "dc_council", _("Council of the District of Columbia")
    GOVERNOR = "governor", _("Governor")
    PRESIDENT = "president", _("President")
    CUSTOM = "custom", _("Other office")


LAYERS: dict[str, str] = {
    Chamber.US_HOUSE: Layer.CD,
    Chamber.STATE_UPPER: Layer.SLDU,
    Chamber.STATE_UNICAMERAL: Layer.SLDU,
    Chamber.DC_COUNCIL: Layer.SLDU,
    Chamber.STATE_LOWER: Layer.SLDL,
}


class Jurisdiction(models.Model):
    """A state, the District of Columbia, a territory, or the United States ("US")."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)
    fips = models.CharField(max_length=2, blank=True)
    division = models.CharField(max_length=120, unique=True, help_text="OCD division id")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


STALE_AFTER = dt.timedelta(days=60)


class Source(models.Model):
    """A published roster or map that rows came from: which chambers it covers and as of when."""

    key = models.CharField(
        max_length=60,
        unique=True,
        help_text="e.g. congress-legislators, openstates, expected-seats",
    )
    name = models.CharField(max_length=120)
    as_of = models.DateField()
    loaded_at = models.DateTimeField(auto_now=True)
    covers = models.JSONField(
        default=list, help_text='Pairs ["MD", "state_lower"] this source knows every holder of.'
    )
    sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.as_of})"

    @property
    def age(self) -> dt.timedelta:
        return timezone.localdate() - self.as_of

    @property
    def is_stale(self) -> bool:
        """Whether so much time has passed that some offices will have changed hands."""
        return self.age > STALE_AFTER


class Seat(models.Model):
    """One of a district's expected seats. Letters and targets point here, never at a person."""

    chamber = models.CharField(max_length=20, choices=Chamber)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    division = models.CharField(max_length=160, help_text="OCD division id, lower case")
    district = models.CharField(
        max_length=80, blank=True, help_text='"3", "33B"; "0" at large; blank for statewide offices'
    )
    position = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(
        max_length=20, blank=True, help_text="Published seat letter, post or Senate class, if any"
    )
    title = models.CharField(
        max_length=60, help_text='What its holder is called: "Delegate", "Senator"'
    )
    said_vacant_from = models.DateField(
        null=True, blank=True, help_text="Somebody here says that nobody holds it since this day"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "division", "position"], name="one_seat_per_position"
            ),
            models.CheckConstraint(
                condition=Q(chamber="custom", division__startswith=OURS)
                | (~Q(chamber="custom") & ~Q(division__startswith=OURS)),
                name="our_own_offices_have_our_own_divisions",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "chamber"]),
            models.Index(fields=["division"]),
        ]
        ordering = ["chamber", "jurisdiction", "district", "position"]

    def __str__(self) -> str:
        return (
            f"{self.get_chamber_display()} {self.jurisdiction_id} {self.district} #{self.position}"
        )

    @property
    def layer(self) -> str:
        """The map that says whose seat this is; "" for statewide offices and council members at
        large.
        """
        return (
            ""
            if self.division == self.jurisdiction.division and self.chamber != Chamber.US_HOUSE
            else LAYERS.get(self.chamber, "")
        )

    @property
    def serves_whole_state(self) -> bool:
        """Whether everybody in its state, or its country, is represented by it."""
        if self.chamber == Chamber.CUSTOM:
            return not self._serves(Serves.ZIPS)
        return self.division == self.jurisdiction.division or (
            self.chamber == Chamber.US_HOUSE and self.district == "0"
        )

    @property
    def serves_everybody(self) -> bool:
        """Whether it makes no difference where somebody lives."""
        return self.chamber == Chamber.PRESIDENT or self._serves(Serves.EVERYBODY)

    def _serves(self, whom: Serves) -> bool:
        return self.division.startswith(f"{OURS}{whom}/")

    @property
    def district_name(self) -> str:
        """As in a sentence: "House District 33B". The state's name for statewide offices, and of an
        office of our own its name.
        """
        if self.chamber == Chamber.CUSTOM:
            return self.district
        if not self.layer:
            return self.jurisdiction.name
        if self.chamber == Chamber.US_HOUSE and self.district == "0":
            return gettext("the at-large congressional district")
        return _district_words(self.chamber, self.jurisdiction_id) % {"district": self.district}


def _district_words(chamber: str, state: str) -> str:
    if chamber == Chamber.STATE_LOWER and state in {"CA", "NJ", "NV", "NY", "WI"}:
        return gettext("Assembly District %(district)s")
    return str(_DISTRICT_WORDS[chamber])


_DISTRICT_WORDS: dict[str, Any] = {
    Chamber.US_HOUSE: _("Congressional District %(district)s"),
    Chamber.STATE_UPPER: _("Senate District %(district)s"),
    Chamber.STATE_LOWER: _("House District %(district)s"),
    Chamber.STATE_UNICAMERAL: _("Legislative District %(district)s"),
    Chamber.DC_COUNCIL: "%(district)s",
}


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
