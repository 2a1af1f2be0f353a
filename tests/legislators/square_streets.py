"""Streets of square Vermont, beside the line between its two districts and across it, asked for."""

import datetime as dt

from legislators.addresses import Address
from legislators.loaded_data import LoadedData
from legislators.lookup import find
from legislators.streetfile.locate import locate
from tests.legislators.streetmap import STEP, street

DAY = dt.date(2026, 11, 20)
SPLIT, LAT = -72.5, 43.5  # house district 1 lies west of this meridian, 2 east of it
FAR = -72.7
METRE = 1 / 80_750  # of longitude, at this latitude
NEAR = SPLIT - 50 * METRE


def quiet(*_):
    pass


def main(name="Main St", lon=FAR, lat=LAT, **more):
    """A block running north, 111 m long: odd numbers on its left, the west, even ones on its
    right.
    """
    return street(
        name,
        [(lon, lat), (lon, lat + STEP)],
        **{"left": (101, 199, "O"), "right": (100, 198, "E"), **more},
    )


def crossing(**more):
    """A street of one kilometre across the line, numbers 1 to 499 running east."""
    ends = [(SPLIT - 500 * METRE, LAT), (SPLIT + 500 * METRE, LAT)]
    return street("Main St", ends, left=(1, 499, "O"), right=(2, 498, "E"), zip="05002", **more)


def located(text, zip="05001", state="VT", town="Polk"):
    loaded = LoadedData(DAY)
    return locate(Address(text, town, state, zip), loaded.streets, loaded.other_zips)


def lower(text, zip="05002", on=DAY, **fields):
    match = find(Address(text, "Polk", fields.get("state", "VT"), zip), on=on)
    return [place for place in match.places if place.seat.chamber == "state_lower"]


def told(text, **fields):
    """House district -> whether it is certain."""
    return {place.seat.district: place.certain for place in lower(text, **fields)}
