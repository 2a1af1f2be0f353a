"""Jurisdictions, districts, seats and the people who hold them; maps, rosters and ZIP codes."""

from legislators.models.address_point import AddressPoint
from legislators.models.committee import Committee, CommitteeMembership
from legislators.models.custom_office import OURS, CustomOffice, CustomZip, Serves
from legislators.models.edition import (
    STREETS,
    BoundaryFile,
    District,
    Edition,
    EditionQuerySet,
    Layer,
    MapInForce,
    ZipDistrict,
    editions_in_force,
    maps_in_force,
)
from legislators.models.legislator import Contact, Legislator, Term
from legislators.models.office_limit import OfficeLimit
from legislators.models.said_holder import SaidHolder
from legislators.models.seat import (
    CONGRESS,
    EXECUTIVES,
    LAYERS,
    OTHER_EXECUTIVES,
    Chamber,
    Jurisdiction,
    Seat,
)
from legislators.models.source import STALE_AFTER, Disagreement, Source, TurnoverReport
from legislators.models.zip_code import ZipCode

__all__ = [
    "CONGRESS",
    "EXECUTIVES",
    "LAYERS",
    "OTHER_EXECUTIVES",
    "OURS",
    "STALE_AFTER",
    "STREETS",
    "AddressPoint",
    "BoundaryFile",
    "Chamber",
    "Committee",
    "CommitteeMembership",
    "Contact",
    "CustomOffice",
    "CustomZip",
    "Disagreement",
    "District",
    "Edition",
    "EditionQuerySet",
    "Jurisdiction",
    "Layer",
    "Legislator",
    "MapInForce",
    "OfficeLimit",
    "SaidHolder",
    "Seat",
    "Serves",
    "Source",
    "Term",
    "TurnoverReport",
    "ZipCode",
    "ZipDistrict",
    "editions_in_force",
    "maps_in_force",
]
