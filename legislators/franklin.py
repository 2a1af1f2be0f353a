"""Franklin, the made-up state of the demonstration: ground, districts, ZIP codes, streets and
people, the same every time.

It lies in the open Atlantic, its ZIP codes lie below the first real one, its mail in a reserved
domain, its telephones in the range kept for fiction. Nobody real is meant by any name. What is
built goes the same way as real data: drawn, checked against GEOS and asked through the one door.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import shapely
from django.db import transaction
from django.utils import timezone

from legislators.addresses import Address
from legislators.maps.boundaries import UNITS, Area
from legislators.maps.editions import switch_on
from legislators.maps.indexing import drawing
from legislators.maps.published import Map, draw_and_check
from legislators.models import (
    AddressPoint,
    BoundaryFile,
    Chamber,
    Contact,
    CustomOffice,
    Edition,
    Jurisdiction,
    Layer,
    Legislator,
    SaidHolder,
    Seat,
    Source,
    Term,
    ZipCode,
)
from legislators.samples import SAMPLES
from legislators.states import FRANKLIN
from legislators.zips.table import plain_city

COLUMNS, ROWS, CELL = 16, 12, 0.1  # of ground, in degrees
WEST, SOUTH = -45.0, 33.0
TWO_MEMBER = {2, 5, 8, 13, 16}  # house districts
VACANT = "11"  # a house district whose seat nobody holds
Point = tuple[float, float]  # lon, lat
__all__ = ["SAMPLES", "build", "remove"]

_TOWNS = (
    "Larkhaven Tidewell Copperton Ashmere Quillport Brindle_Bay Fernhollow Saltmarsh"
    " Millbrook_Ferry Oakenrise Thistledown Port_Wren Lanternhill Goldenbrook Stillwater_Cross"
    " Amberfield Hazelcombe Windrush_Point Cloverdale_Mills Rookery Starling_Falls Elmgate"
    " Marrowstone Juniper_Bluff"
)
_STREETS = (
    "Juniper_Street Orchard_Lane Harvest_Road Lantern_Avenue Sparrow_Court Maple_Hill_Road"
    " Ferry_Street Candle_Lane Mariner_Avenue Bluebell_Drive Quarry_Road Almond_Street Heron_Way"
    " Saddler_Lane Beacon_Street Thimble_Court Walnut_Avenue Drummer_Road Plum_Street Weaver_Lane"
    " Harbor_Street Kestrel_Drive Foundry_Street Meadowlark_Lane"
)
_PEOPLE = (
    "Amara Fennimore|Teodoro Quillfeather|Ingrid Vasquelle|Kwabena Thornbury|Soledad"
    " Wintermoor|Rashid Appleyard|Mei-Lin Garrowby|Dovid Castellane|Priyanka Holloway-Reyes|Tomasz"
    " Underbrook|Ngozi Larkspurre|Wren Yellowhawk|Ximena Dunmorrow|Farid Oakhanger|Leilani"
    " Strandquist|Bartholomew Ochiengo|Yuki Marchbanque|Esperanza Tolliveros|Anselm"
    " Birdwhistle|Fatou Greyminster|Caspian Delavaux|Thuy Rosenquill|Marguerite Abubakkar|Elio"
    " Hartsfeldt|Noor Pemberwick|Jericho Sandoval-Finch|Halina Moonridge|Desmond Iwakuro|Oona"
    " Fairweather-Cruz|Samir Kettlewright|Beatriz Longacre|Hiroshi Penhallow|Zainab"
    " Coldstream|Lucius Amarante|Tamsin Whitefeather|Odalys Thistledown|Ferran Oduya-Marsh"
)
_PARTIES = ("Meadow", "Harbor", "Meadow", "Harbor", "Independent")
_STATEWIDE = FRANKLIN.division


class Ground(NamedTuple):
    """A cell of Franklin and everything it belongs to."""

    column: int
    row: int
    corners: tuple[Point, Point, Point, Point]
    congress: int
    senate: int
    house: int
    zip: str


class Office(NamedTuple):
    chamber: str
    division: str
    district: str
    position: int
    title: str


@transaction.atomic
def build() -> None:
    """Load Franklin. A second call changes nothing."""
    if Jurisdiction.objects.filter(code=FRANKLIN.code).exists():
        return
    Jurisdiction.objects.create(
        code=FRANKLIN.code, name=FRANKLIN.name, division=FRANKLIN.division, is_demo=True
    )
    for each, index in _drawn():
        switch_on(each, index)
    AddressPoint.objects.bulk_create(
        [
            AddressPoint(key=key, lat=lat, lon=lon, is_demo=True)
            for key, (lon, lat) in _keyed_points()
        ],
        batch_size=500,
    )
    ZipCode.objects.bulk_create(zip_codes())
    _seat_everyone()


@transaction.atomic
def remove() -> None:
    """Take all of Franklin away.

    What actions and letters of a demonstration point at must have gone before.
    """
    # Before the editions go: they alone know which files are theirs.
    indexes = list(Edition.objects.filter(is_demo=True).values_list("index_sha256", flat=True))
    SaidHolder.objects.filter(seat__is_demo=True).delete()
    CustomOffice.objects.filter(seat__is_demo=True).delete()
    Term.objects.filter(seat__is_demo=True).delete()
    Legislator.objects.filter(is_demo=True).delete()
    Seat.objects.filter(is_demo=True).delete()
    Source.objects.filter(key="franklin").delete()
    Edition.objects.filter(is_demo=True).delete()
    AddressPoint.objects.filter(is_demo=True).delete()
    ZipCode.objects.filter(state=FRANKLIN.code).delete()
    BoundaryFile.objects.filter(sha256__in=indexes).delete()
    Jurisdiction.objects.filter(code=FRANKLIN.code, is_demo=True).delete()


def addresses() -> Iterator[tuple[Address, Point]]:
    """Every known address of Franklin and where it lies (lon, lat): a dozen streets of a dozen
    numbers in each ZIP code.
    """
    streets = [name.replace("_", " ") for name in _STREETS.split()]
    for index, (zip5, cells) in enumerate(sorted(_zips().items())):
        town = _town(zip5)
        for order in range(12):
            street = streets[(order + 5 * index) % len(streets)]
            cell = cells[order % len(cells)]
            for place in range(12):
                lon, lat = _within(cell, 0.12 + 0.065 * place, 0.2 + 0.06 * order)
                yield Address(f"{2 + 2 * place} {street}", town, FRANKLIN.code, zip5), (lon, lat)


def zip_codes() -> Iterator[ZipCode]:
    """As a published table has them: each with its town and its middle."""
    for zip5, cells in sorted(_zips().items()):
        corners = [corner for cell in cells for corner in cell.corners]
        lon = round(sum(corner[0] for corner in corners) / len(corners), 4)
        lat = round(sum(corner[1] for corner in corners) / len(corners), 4)
        town = _town(zip5)
        yield ZipCode(
            zip=zip5, state=FRANKLIN.code, city=plain_city(town), town=town, lat=lat, lon=lon
        )


# Both are the same every time, and nearly all of the work: once for a process.
@lru_cache(maxsize=1)
def _drawn() -> list[tuple[Map, bytes]]:
    return [(each, draw_and_check(each, points=5_000)[0]) for each in maps()]


@lru_cache(maxsize=1)
def _keyed_points() -> list[tuple[str, Point]]:
    return [(address.key(), point) for address, point in addresses()]


@lru_cache(maxsize=1)
def grounds() -> tuple[Ground, ...]:
    """The cells: house districts are blocks of 4 by 3, senate districts two of them, ZIP codes
    blocks of 4 by 2 (so some are split); congressional districts follow none of these lines.
    """
    nodes = _nodes()
    cells = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            corners = (
                nodes[row][column],
                nodes[row][column + 1],
                nodes[row + 1][column + 1],
                nodes[row + 1][column],
            )
            house = 4 * (row // 3) + column // 4 + 1
            congress = (1 if column < 7 else 2) if row < 6 else (3 if column < 9 else 4)
            zip5 = f"{10 + 4 * (row // 2) + column // 4:05d}"
            cells.append(Ground(column, row, corners, congress, (house + 1) // 2, house, zip5))
    return tuple(cells)


def _nodes() -> list[list[Point]]:
    """The corners of the cells, each moved a little, so that no district is a rectangle."""
    source = random.Random(1854)  # noqa: S311 the same state every time
    return [
        [
            (
                round(WEST + CELL * (column + 0.5 * (source.random() - 0.5)), 6),
                round(SOUTH + CELL * (row + 0.5 * (source.random() - 0.5)), 6),
            )
            for column in range(COLUMNS + 1)
        ]
        for row in range(ROWS + 1)
    ]


def _within(cell: Ground, across: float, up: float) -> Point:
    """A point of a cell by its shares of the way across and up, in whole index units."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = cell.corners
    x = (1 - up) * ((1 - across) * ax + across * bx) + up * ((1 - across) * dx + across * cx)
    y = (1 - up) * ((1 - across) * ay + across * by) + up * ((1 - across) * dy + across * cy)
    return round(x * UNITS) / UNITS, round(y * UNITS) / UNITS


def _zips() -> dict[str, list[Ground]]:
    zips: dict[str, list[Ground]] = {}
    for cell in grounds():
        zips.setdefault(cell.zip, []).append(cell)
    return zips


def _town(zip5: str) -> str:
    return _TOWNS.split()[int(zip5) - 10].replace("_", " ")


def maps() -> Iterator[Map]:
    for layer, kind, tail in (
        (Layer.CD, "congress", "cd"),
        (Layer.SLDU, "senate", "sldu"),
        (Layer.SLDL, "house", "sldl"),
    ):
        each = Map(
            layer,
            "Franklin",
            dt.date(2020, 1, 1),
            [FRANKLIN.code],
            "made up by us",
            f"franklin-{layer}",
            is_demo=True,
        )
        together: dict[int, list[Ground]] = {}
        for cell in grounds():
            together.setdefault(getattr(cell, kind), []).append(cell)
        for number, cells in sorted(together.items()):
            division = f"{_STATEWIDE}/{tail}:{number}"
            area = Area(division, FRANKLIN.code, str(number), f"{Layer(layer).name} {number}")
            each.drawings.append(
                drawing(area, shapely.union_all([shapely.Polygon(cell.corners) for cell in cells]))
            )
            each.zips += sorted({(cell.zip, FRANKLIN.code, division) for cell in cells})
        yield each


def _offices() -> Iterator[Office]:
    yield Office(Chamber.GOVERNOR, _STATEWIDE, "", 1, "Governor")
    for position in (1, 2):
        yield Office(Chamber.US_SENATE, _STATEWIDE, "", position, "Senator")
    for number in range(1, 5):
        yield Office(
            Chamber.US_HOUSE, f"{_STATEWIDE}/cd:{number}", str(number), 1, "Representative"
        )
    for number in range(1, 9):
        yield Office(Chamber.STATE_UPPER, f"{_STATEWIDE}/sldu:{number}", str(number), 1, "Senator")
    for number in range(1, 17):
        for position in range(1, 3 if number in TWO_MEMBER else 2):
            yield Office(
                Chamber.STATE_LOWER,
                f"{_STATEWIDE}/sldl:{number}",
                str(number),
                position,
                "Representative",
            )
    yield Office(Chamber.LT_GOVERNOR, _STATEWIDE, "", 1, "Lieutenant Governor")
    yield Office(Chamber.ATTORNEY_GENERAL, _STATEWIDE, "", 1, "Attorney General")


def _seat_everyone() -> None:
    offices = list(_offices())
    covers = sorted({(FRANKLIN.code, str(office.chamber)) for office in offices})
    source = Source.objects.create(
        key="franklin",
        name="Franklin, made up",
        as_of=timezone.localdate(),
        covers=[list(pair) for pair in covers],
    )
    people = iter(enumerate(_PEOPLE.split("|")))
    for office in offices:
        seat = Seat.objects.create(**office._asdict(), jurisdiction_id=FRANKLIN.code, is_demo=True)
        if (office.chamber, office.district) == (Chamber.STATE_LOWER, VACANT):
            continue
        number, name = next(people)
        given, family = name.split(" ")
        person = Legislator.objects.create(
            key=f"franklin:{number}", name=name, given_name=given, family_name=family, is_demo=True
        )
        Contact.objects.bulk_create(
            [
                Contact(legislator=person, source=source, office="capitol", **way)
                for way in _ways(office, person, number)
            ]
        )
        Term.objects.create(
            seat=seat,
            legislator=person,
            party=_PARTIES[number % len(_PARTIES)],
            started_on=dt.date(2025, 1, 8),
            source=source,
            as_of=source.as_of,
        )


def _ways(office: Office, person: Legislator, number: int) -> Iterator[dict[str, str]]:
    """As in life: most state offices publish e-mail, Congress and the attorney general a form
    on a site of their own and a telephone.
    """
    login = f"{person.given_name}.{person.family_name}".lower()
    domains = {
        Chamber.GOVERNOR: "governor",
        Chamber.LT_GOVERNOR: "ltgovernor",
        Chamber.STATE_UPPER: "senate",
        Chamber.STATE_LOWER: "house",
    }
    home = domains.get(Chamber(office.chamber))
    if home:
        yield {"kind": Contact.Kind.EMAIL, "value": f"{login}@{home}.franklin.example"}
        yield {"kind": Contact.Kind.WEBSITE, "value": f"https://{home}.franklin.example/{login}"}
    else:
        is_of_state = office.chamber == Chamber.ATTORNEY_GENERAL
        site = f"https://{'justice' if is_of_state else 'congress'}.franklin.example/{login}"
        yield {"kind": Contact.Kind.FORM, "value": f"{site}/contact"}
        yield {"kind": Contact.Kind.WEBSITE, "value": site}
    # 555-0100 to 0199 ring nowhere: kept for fiction.
    yield {"kind": Contact.Kind.PHONE, "value": f"202-555-{100 + number:04d}"}
    yield {
        "kind": Contact.Kind.ADDRESS,
        "value": f"{number + 1} Capitol Green, Larkhaven, FK 00010",
    }
