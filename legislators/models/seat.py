"""Jurisdictions, and the seats of their chambers.

A seat is (chamber, OCD division, position 1..n), n being the district's expected number of seats. A
vacancy is a seat without a current term from a source that covers its chamber; where no source
covers it the holder is unknown, never vacant.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from legislators.models.custom_office import OURS, Serves
from legislators.models.edition import Layer


class Chamber(models.TextChoices):
    US_HOUSE = "us_house", _("U.S. House")
    US_SENATE = "us_senate", _("U.S. Senate")
    STATE_UPPER = "state_upper", _("State senate")
    STATE_LOWER = "state_lower", _("State house")
    STATE_UNICAMERAL = "state_unicameral", _("State legislature")
    DC_COUNCIL = "dc_council", _("Council of the District of Columbia")
    GOVERNOR = "governor", _("Governor")
    LT_GOVERNOR = "lt_governor", _("Lieutenant governor")
    ATTORNEY_GENERAL = "attorney_general", _("Attorney general")
    PRESIDENT = "president", _("President")
    CUSTOM = "custom", _("Other office")


CONGRESS = (Chamber.US_HOUSE, Chamber.US_SENATE)
# Of a state whose roster names somebody there (legislators.roster.seats.opened).
OTHER_EXECUTIVES = (Chamber.LT_GOVERNOR, Chamber.ATTORNEY_GENERAL)
EXECUTIVES = (Chamber.PRESIDENT, Chamber.GOVERNOR, *OTHER_EXECUTIVES)
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

    @property
    def congress_code(self) -> str:
        """Congress' own name of the office: H + state + district (00 at large), or S + state + 0 +
        class; "" outside Congress, or for a senator's whose class is unknown.

        American Samoa's office is HAQ00 although its people live in AS.
        """
        state = self.jurisdiction_id
        if self.chamber == Chamber.US_HOUSE and self.district.isdecimal():
            return f"H{'AQ' if state == 'AS' else state}{int(self.district):02}"
        if self.chamber == Chamber.US_SENATE and self.label in ("Class 1", "Class 2", "Class 3"):
            return f"S{state}0{self.label[-1]}"
        return ""


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
