"""Addresses made from published ranges, with the place where each must lie, worked out apart from
our own code (shapely, metres).
"""

import re
from dataclasses import dataclass
from math import cos, radians

import shapely

from legislators.maps.shapes import dbf_rows
from legislators.streetfile import addrfeat

METRES = 111_195.08
LONG = {
    "St": "Street",
    "Ave": "Avenue",
    "Rd": "Road",
    "Ln": "Lane",
    "Dr": "Drive",
    "Ct": "Court",
    "Trl": "Trail",
    "Cir": "Circle",
}
WAYS = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
# Each keeps the house the same for anybody who reads it.
SPELLINGS = {
    "as it is": lambda name: name,
    "lower case": str.lower,
    "shouted": str.upper,
    "with dots": lambda name: re.sub(rf"\b({'|'.join([*LONG, *WAYS])})\b", r"\1.", name),
    "types in full": lambda name: words(name, LONG),
    "directions in full": lambda name: words(name, WAYS),
    "flat behind": lambda name: f"{name} Apt 3",
    "flat behind a comma": lambda name: f"{name}, # 12",
    "spaces": lambda name: f"  {name.replace(' ', '   ')} ",
    "highway in full": lambda name: name.replace("Hwy", "Highway"),
}


@dataclass(frozen=True)
class Made:
    """text lies at `lat, lon` if kind is not "wrong side"; then anywhere on `line`.

    Line and segment are the published ones.
    """

    kind: str
    text: str
    zip: str
    lat: float
    lon: float
    line: tuple[tuple[float, float], ...]  # lat, lon


def words(name, table):
    return " ".join(table.get(word, word) for word in name.split())


def published(path):
    dbf, shp = addrfeat._members(path)
    return list(zip(dbf_rows(dbf), addrfeat._polylines(shp), strict=True))


def made_from(rows):
    """Ends and the middle of every range on its own side, and a number of the wrong parity where
    nothing else claims it.
    """
    claimed = {
        (row["fullname"].lower(), n) for row, _ in rows for side in "lr" for n in numbers(row, side)
    }
    for row, line in rows:
        for side in "lr":
            there = numbers(row, side)
            if not there or len(line) < 2 or not row["fullname"] or len(row[f"zip{side}"]) != 5:
                continue
            first, last = int(row[f"{side}fromhn"]), int(row[f"{side}tohn"])
            for kind, number in {
                "first": there[0],
                "last": there[-1],
                "middle": there[len(there) // 2],
            }.items():
                share = 0.5 if first == last else (number - first) / (last - first)
                lat, lon = beside(line, share, side)
                yield Made(
                    kind, f"{number} {row['fullname']}", row[f"zip{side}"], lat, lon, tuple(line)
                )
            odd = there[len(there) // 2] + 1
            if (row["fullname"].lower(), odd) not in claimed:
                lat, lon = beside(line, 0.5, side)
                yield Made(
                    "wrong side",
                    f"{odd} {row['fullname']}",
                    row[f"zip{side}"],
                    lat,
                    lon,
                    tuple(line),
                )


def numbers(row, side):
    first, last = row[f"{side}fromhn"], row[f"{side}tohn"]
    if not (first.isdigit() and last.isdigit()):
        return []
    step = 1 if row[f"parity{side}"] == "B" else 2
    return (
        list(range(int(first), int(last) + 1, step))
        if int(first) <= int(last)
        else list(range(int(first), int(last) - 1, -step))
    )


def plane(line):
    """The same line in metres around its first corner, and the way back."""
    lat0, lon0 = line[0]
    narrow = METRES * cos(radians(lat0))
    flat = shapely.LineString([((lon - lon0) * narrow, (lat - lat0) * METRES) for lat, lon in line])
    return flat, lambda x, y: (lat0 + y / METRES, lon0 + x / narrow)


def beside(line, share, side):
    """10 m off the line on its side, at that share of its length, ends kept off the corners as
    design says.
    """
    flat, back = plane(line)
    at = min(max(share, 0.05), 0.95) * flat.length
    here, ahead = flat.interpolate(max(at - 0.5, 0)), flat.interpolate(min(at + 0.5, flat.length))
    dx, dy = ahead.x - here.x, ahead.y - here.y
    length = (dx * dx + dy * dy) ** 0.5 or 1
    sign = 1 if side == "l" else -1
    middle = flat.interpolate(at)
    return back(middle.x - sign * 10 * dy / length, middle.y + sign * 10 * dx / length)


def metres_from(line, lat, lon):
    flat, _ = plane(line)
    lat0, lon0 = line[0]
    return flat.distance(
        shapely.Point((lon - lon0) * METRES * cos(radians(lat0)), (lat - lat0) * METRES)
    )
