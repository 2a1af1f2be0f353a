"""What one lookup reads of the database: the maps in force on a day, and what is published of a ZIP
code.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from functools import cached_property

from legislators.addresses import Address
from legislators.maps.redistricting import Outlook, outlook
from legislators.models import (
    STREETS,
    AddressPoint,
    Edition,
    Jurisdiction,
    MapInForce,
    ZipCode,
    ZipDistrict,
    editions_in_force,
)
from legislators.prepared import Prepared, Row, instance
from legislators.states import FRANKLIN
from legislators.streetfile.opening import StreetsInForce, open_editions
from legislators.streetfile.reader import StreetsUnavailable
from legislators.whereabouts import District
from legislators.zips.table import plain_city

_COLUMNS = [field.attname for field in ZipCode._meta.concrete_fields]
_CROSSWALK = Prepared(
    lambda zips: (
        ZipDistrict.objects.filter(zip__in=zips)
        .order_by("pk")
        .values_list("edition_id", "division", "state")
    )
)
_PUBLISHED = Prepared(
    lambda zips: ZipCode.objects.filter(zip__in=zips).order_by("pk").values_list(*_COLUMNS)
)
_POINTS = Prepared(lambda keys: AddressPoint.objects.filter(key__in=keys).values_list("lat", "lon"))
log = logging.getLogger(__name__)


class LoadedData:
    """The maps in force on a day, and what is read by the way.

    `many`: what was read is kept for the next address, and no other machine is asked.
    """

    def __init__(self, on: dt.date, *, many: bool = False) -> None:
        self.on, self.many = on, many
        self._zips: dict[str, list[District]] = {}
        self._published: dict[str, list[ZipCode]] = {}

    @cached_property
    def _editions(self) -> list[MapInForce]:
        return editions_in_force(self.on)

    @cached_property
    def maps(self) -> list[MapInForce]:
        return [each for each in self._editions if each.edition.layer != STREETS]

    @cached_property
    def streets(self) -> list[StreetsInForce]:
        """None where a file cannot be laid out: it costs fineness, never an answer."""
        try:
            return open_editions(self._editions)
        except StreetsUnavailable as trouble:
            log.warning("A street file is missing or damaged: %s", trouble)
            return []

    @cached_property
    def has_franklin(self) -> bool:
        """Whether the demonstration's state is loaded here."""
        return Jurisdiction.objects.filter(code=FRANKLIN.code).exists()

    def outlook(self, layer: str, state: str) -> Outlook | None:
        """What the map of this layer and state is worth if it has run out; None if it has not."""
        edition = self._map_of.get((layer, state))
        if edition is None or not edition.has_ended(self.on):
            return None
        return outlook(edition, state, self.on)

    @cached_property
    def _map_of(self) -> dict[tuple[str, str], Edition]:
        return {
            (edition.layer, state): edition for edition, states in self.maps for state in states
        }

    def layers_of(self, state: str) -> set[str]:
        """The layers on which some map in force draws this state."""
        return {edition.layer for edition, states in self.maps if state in states}

    def districts_of_zip(self, zip5: str) -> list[District]:
        """By the crosswalk: those that the ZIP code touches."""
        if zip5 not in self._zips or not self.many:
            self._zips[zip5] = self._on_maps(_CROSSWALK.rows([zip5]))
        return self._zips[zip5]

    def districts_of_town(self, place: ZipCode) -> list[District]:
        """By the crosswalk: those that any ZIP code of the same town touches."""
        zips = ZipCode.objects.filter(city=place.city, state=place.state).values("zip")
        rows = ZipDistrict.objects.filter(zip__in=zips, state=place.state)
        columns = rows.values_list("edition_id", "division", "state").distinct()
        return self._on_maps(columns.order_by("edition_id", "division"))

    def _on_maps(self, rows: Iterable[Row]) -> list[District]:
        """Those of maps that are in force for their state."""
        in_force = {each.edition.pk: each for each in self.maps}
        return [
            District(here.edition.layer, division, state, here.edition.name)
            for edition, division, state in rows
            if (here := in_force.get(edition)) and state in here.states
        ]

    def published(self, zip5: str) -> list[ZipCode]:
        """What the published table says of a ZIP code: none where it is unknown or not loaded."""
        if zip5 not in self._published or not self.many:
            rows = _PUBLISHED.rows([zip5])
            self._published[zip5] = [instance(ZipCode, _COLUMNS, row) for row in rows]
        return self._published[zip5]

    def published_town(self, city: str, state: str) -> list[ZipCode]:
        """The ZIP codes of a town, its name plain as in the table; at most a hundred."""
        rows = ZipCode.objects.filter(city=city, state=state, is_box=False)
        return list(rows.order_by("pk")[:100]) if city and state else []

    def other_zips(self, address: Address) -> list[str]:
        """ZIP codes of the same town with the same first three digits, one of which may have been
        meant: who mistypes a ZIP code mistypes its end.
        """
        zips = self.zips_of_town(address.city, address.state)
        return [each for each in zips if each[:3] == address.zip[:3] and each != address.zip]

    def zips_of_town(self, city: str, state: str) -> list[str]:
        """Those that have streets."""
        town = plain_city(city)
        if not town or not state:
            return []
        rows = ZipCode.objects.filter(city=town, state=state, is_box=False)
        return list(rows.order_by("zip").values_list("zip", flat=True))

    def known_point(self, address: Address) -> AddressPoint | None:
        # In a batch most ZIP codes have no known point: no query for each of their addresses.
        if not address.street or (self.many and address.zip not in self._zips_with_points):
            return None
        rows = _POINTS.rows([address.key()])
        return AddressPoint(lat=rows[0][0], lon=rows[0][1]) if rows else None

    @cached_property
    def _zips_with_points(self) -> set[str]:
        keys = AddressPoint.objects.values_list("key", flat=True).iterator()
        return {key.rpartition("|")[2] for key in keys}
