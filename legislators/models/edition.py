"""The rows of maps: editions with their days, the files they are drawn in, districts, and the ZIP
codes that each touches.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legislators.prepared import Prepared, instance


class Layer(models.TextChoices):
    """Maps that districts are drawn on.

    TIGER gives the same GEOID to different layers, so a district's key is (layer, division).
    """

    CD = "cd", _("Congressional districts")
    SLDU = "sldu", _("State upper districts")
    SLDL = "sldl", _("State lower districts")


STREETS = "streets"  # editions of the street file stand beside those of the maps that it is laid on


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self, on: dt.date) -> EditionQuerySet:
        """Active on a day, the last activated first."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gt=on), is_active=True, valid_from__lte=on
        ).order_by("-activated_at", "-pk")


class Edition(models.Model):
    """One map of one layer for some states, with the days it is in force.

    Several may be active at once, of different places or times. For a day, a layer and a state the
    last activated one counts.
    """

    layer = models.CharField(max_length=8, choices=[*Layer.choices, (STREETS, _("Streets"))])
    name = models.CharField(max_length=60, help_text='e.g. "119th Congress" or "2024"')
    session = models.CharField(max_length=20, blank=True)
    states = models.JSONField(default=list, help_text="Codes of the states it covers.")
    valid_from = models.DateField()
    valid_to = models.DateField(
        null=True, blank=True, help_text="First day on which it is no longer in force."
    )
    source = models.CharField(max_length=200)
    source_sha256 = models.CharField(max_length=64, blank=True)
    index_sha256 = models.CharField(max_length=64, blank=True)
    streets_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    names_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced", editable=False
    )

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_layer_display()}, {self.name}"

    def has_ended(self, on: dt.date) -> bool:
        """Whether its last day lies before this one."""
        return self.valid_to is not None and self.valid_to <= on


class MapInForce(NamedTuple):
    """An edition and those states for which no later one stands before it.

    One that ran out is here for the states of which nothing newer is: see `redistricting`.
    """

    edition: Edition
    states: frozenset[str]


class BoundaryFile(models.Model):
    """A boundary index or street file as stored: content-hashed, laid out on each machine's disk on
    demand.
    """

    sha256 = models.CharField(
        max_length=64, primary_key=True, help_text="Of the index itself, before compression."
    )
    content = models.BinaryField(help_text="zlib-compressed")


class District(models.Model):
    """A district on one edition's map."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="districts")
    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.CASCADE, related_name="+")
    division = models.CharField(max_length=160, help_text="OCD division id, lower case")
    code = models.CharField(
        max_length=80, help_text='Short: "3", "33B"; at-large and delegate districts are "0".'
    )
    name = models.CharField(max_length=120)
    geoid = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "division"], name="one_district_per_edition_and_division"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ZipDistrict(models.Model):
    """A ZIP code (ZCTA) touches this division of an edition. Several rows mean the ZIP is split."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="zips")
    zip = models.CharField(max_length=5)
    state = models.CharField(max_length=2)
    division = models.CharField(max_length=160)
    land_share = models.FloatField(
        null=True, blank=True, help_text="Of the ZIP code's land, 0 to 1; blank: not published."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zip", "edition", "division"], name="one_row_per_zip_and_division"
            )
        ]


def maps_in_force(on: dt.date) -> list[MapInForce]:
    """One query. The last activated edition of a layer decides for the states it covers.

    Where none is in force for a state, the last one that was goes on: a date empties no layer.
    """
    return [each for each in editions_in_force(on) if each.edition.layer != STREETS]


def editions_in_force(on: dt.date) -> list[MapInForce]:
    """The maps, and the streets laid on them: one query."""
    taken: dict[str, set[str]] = {}
    maps = []
    for edition in _begun(on):
        before = taken.setdefault(edition.layer, set())
        maps.append(MapInForce(edition, frozenset(edition.states) - before))
        before.update(edition.states)
    return maps


def _begun(on: dt.date) -> list[Edition]:
    """Active editions whose first day has come: those in force, the last activated first, then
    those that ran out, the latest first.
    """
    active = [
        instance(Edition, _columns(), row) for row in _active().rows([*Layer.values, STREETS])
    ]
    rows = [edition for edition in active if edition.valid_from <= on]
    ended = [edition for edition in rows if edition.has_ended(on)]
    ended.sort(key=lambda edition: edition.valid_to or dt.date.max, reverse=True)
    return [edition for edition in rows if not edition.has_ended(on)] + ended


@cache
def _columns() -> list[str]:
    return [field.attname for field in Edition._meta.concrete_fields]


@cache
def _active() -> Prepared:
    """Every active one, whatever its days: one that ran out may still have to answer (see
    maps/redistricting.py).
    """
    return Prepared(
        lambda layers: (
            Edition.objects.filter(layer__in=layers, is_active=True)
            .order_by("-activated_at", "-pk")
            .values_list(*_columns())
        )
    )
