"""ADDRFEAT files in miniature, and a square Vermont with streets in it (see folder.py for the
square).
"""

import struct
import zipfile

FIELDS = [("TLID", 10), ("FULLNAME", 100)] + [
    (f"{side}{end}HN", 12) for side in "LR" for end in ("FROM", "TO")
]
FIELDS += [
    ("ZIPL", 5),
    ("ZIPR", 5),
    ("PARITYL", 1),
    ("PARITYR", 1),
    ("LFROMTYP", 1),
    ("LTOTYP", 1),
    ("RFROMTYP", 1),
    ("RTOTYP", 1),
]
# About 111 m north, and 81 m east, at 43.5 degrees.
STEP = 0.001


def street(name, line, left=None, right=None, zip="05001", tlid=None, **more):
    """A row and its line. left and right are (from, to, parity); line is (lon, lat) corners, drawn
    from first to last.
    """
    row = {
        "TLID": str(tlid or abs(hash((name, tuple(line)))) % 10**9),
        "FULLNAME": name,
        "ZIPL": zip,
        "ZIPR": zip,
    }
    for side, range_ in (("L", left), ("R", right)):
        if range_:
            row |= {
                f"{side}FROMHN": str(range_[0]),
                f"{side}TOHN": str(range_[1]),
                f"PARITY{side}": range_[2],
            }
        else:
            row[f"ZIP{side}"] = ""
    return {**row, **more}, line


def write(path, streets):
    rows, lines = zip(*streets, strict=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(path.stem + ".dbf", dbf(rows))
        archive.writestr(path.stem + ".shp", shp(lines))
    return path


def dbf(rows):
    width = 1 + sum(length for _, length in FIELDS)
    head = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(rows), 32 * len(FIELDS) + 33, width)
    fields = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([length]) + bytes(15)
        for name, length in FIELDS
    )
    body = b"".join(
        b" " + b"".join(row.get(name, "").encode().ljust(length) for name, length in FIELDS)
        for row in rows
    )
    return head + fields + b"\r" + body + b"\x1a"


def shp(lines):
    records = []
    for number, line in enumerate(lines, 1):
        flat = [value for point in line for value in point]
        body = struct.pack(f"<i4d3i{len(flat)}d", 3, 0, 0, 0, 0, 1, len(line), 0, *flat)
        records.append(struct.pack(">ii", number, len(body) // 2) + body)
    return bytes(100) + b"".join(records)


def lay_streets(*paths, adds=True, on=None):
    """Published files into a street file, switched on, on the maps of a day. The edition."""
    from django.conf import settings
    from django.utils import timezone

    from legislators.models import maps_in_force
    from legislators.streetfile.build import Wanted, build_streets
    from legislators.streetfile.loading import take_in_streets

    work = settings.VAR_DIR / "streets" / "parts"
    for path in paths:
        wanted = Wanted(path, [], maps_in_force(on or timezone.localdate()), "Streets", adds)
        built = build_streets(wanted, work, say=lambda line: None)
        edition = take_in_streets(path.name, built.streets, built.names, say=lambda line: None)
    return edition
