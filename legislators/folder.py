"""A folder of published files: which of them the loader reads, and the day each was taken."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

from legislators.roster.published import Refused, read_text

# What a file may be called, the first found wins. Patterns match the end of a path, case ignored.
_PACKED = r"(\.gz|\.xz|\.bz2)?$"
_NAMES = {
    "districts": [
        rf"districts_metadata\.csv{_PACKED}",
        r"openstates-\d[^/]*\.whl$",
        r"openstates-core[^/]*\.(tar\.\w+|tgz|zip)$",
    ],
    "geoids": [rf"tiger_geoid_to_ocd\.csv{_PACKED}", r"openstates-geo[^/]*\.(tar\.\w+|tgz|zip)$"],
    "congress": [rf"legislators-current\.yaml{_PACKED}"],
    "offices": [rf"legislators-district-offices\.yaml{_PACKED}"],
    "social": [rf"legislators-social-media\.yaml{_PACKED}"],
    "committees": [rf"committees-current\.yaml{_PACKED}"],
    "memberships": [rf"committee-membership-current\.yaml{_PACKED}"],
    "executive": [rf"executive\.yaml{_PACKED}"],
    "people": [rf"all-current-roles\.jsonl{_PACKED}", r"people[^/]*\.(tar\.\w+|tgz|zip)$"],
    "people csv": [rf"[a-z]{{2}}\.csv{_PACKED}"],
    # The maps of Congress: these for each Congress by itself (`congress_of`).
    "cd": [
        r"cb_\d{4}_us_cd\d{3}_500k\.zip$",
        rf"cd\d{{3}}(_500k)?\.(geojson|topojson|json|zip){_PACKED}",
        r"tl_\d{4}_us_cd\d{3}\.zip$",
        r"(tl|cb)_\d{4}_\d\d_cd\d{3}(_500k)?\.zip$",
    ],
    "sldu": [
        r"cb_\d{4}_us_sldu_500k\.zip$",
        r"sld2024[^/]*\.tar\.\w+$",
        r"tl_\d{4}_\d\d_sldu\.zip$",
        rf"[A-Z]{{2}}_upper\.json{_PACKED}",
    ],
    "sldl": [
        r"cb_\d{4}_us_sldl_500k\.zip$",
        r"sld2024[^/]*\.tar\.\w+$",
        r"tl_\d{4}_\d\d_sldl\.zip$",
        rf"[A-Z]{{2}}_lower\.json{_PACKED}",
    ],
    "cd zips": [rf"tab20_cd\d+_zcta520_natl\.txt{_PACKED}", rf"zccd(\d{{3}})?\.csv{_PACKED}"],
    "sldu zips": [rf"tab20_sldu2024\d*_zcta520_natl\.txt{_PACKED}", rf"sld_zcta\.json{_PACKED}"],
    "sldl zips": [rf"tab20_sldl2024\d*_zcta520_natl\.txt{_PACKED}", rf"sld_zcta\.json{_PACKED}"],
    "zip codes": [
        r"geonames_(US|PR|VI|GU|AS|MP)_postal\.(txt(\.gz|\.xz|\.bz2)?|zip)$",
        r"(US|PR|VI|GU|AS|MP)\.(txt(\.gz|\.xz|\.bz2)?|zip)$",
    ],
}
_SEVERAL = {"people", "people csv", "sldu", "sldl", "zip codes"}
_OPTIONAL = {"people csv"}
FIRST_CONGRESS = 119  # earlier maps answer nobody any more


def find_files(folder: Path) -> dict[str, list[Path]]:
    """What the loader would read from a folder, by what it is for.

    Raises Refused when there is no such folder.
    """
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder")
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {
        name: _of_each_congress(there, patterns)
        if name in ("cd", "cd zips")
        else _first_match(there, patterns, alone=name not in _SEVERAL)
        for name, patterns in _NAMES.items()
    }
    if not found["people"]:
        # The repository's own folder of data, unpacked: data/md/legislature/Somebody.yml.
        found["people"] = sorted(
            {
                path.parents[2]
                for path in there
                if path.suffix == ".yml" and path.parent.name == "legislature"
            }
        )[:1]
    return found


def missing(files: dict[str, list[Path]]) -> list[str]:
    return [name for name, paths in files.items() if not paths and name not in _OPTIONAL]


def _first_match(there: list[Path], patterns: list[str], *, alone: bool) -> list[Path]:
    for pattern in patterns:
        found = [path for path in there if re.search(rf"(^|/){pattern}", path.as_posix(), re.I)]
        if found:
            return found[-1:] if alone else found
    return []


def congress_of(path: Path) -> int:
    """The Congress that a map or table of its districts is for, by its name."""
    found = re.search(r"cd(\d{3})", path.name)
    return int(found[1]) if found else FIRST_CONGRESS


def _of_each_congress(there: list[Path], patterns: list[str]) -> list[Path]:
    """Of each Congress the files of the first pattern that any matches: of the nation's file the
    latest, of a state's files the latest of each state.
    """
    found: list[Path] = []
    named = [path for path in there if re.search(r"cd\d{3}|zccd", path.name, re.I)]
    for congress in sorted({congress_of(path) for path in named}):
        of_it = [path for path in named if congress_of(path) == congress >= FIRST_CONGRESS]
        latest = {_place(path): path for path in _first_match(of_it, patterns, alone=False)}
        found += latest.values()
    return found


def _place(path: Path) -> str:
    """The state's number in a name like tl_2026_24_cd120.zip; "" for the nation's file."""
    found = re.search(r"_(\d\d)_cd\d{3}", path.name)
    return found[1] if found else ""


def as_of(path: Path) -> dt.date:
    """The day a roster was taken: as a MANIFEST.csv beside it says of it or of another file of its
    commit, else the file's own date.
    """
    # Beside the file, or up to two folders above it.
    for folder in path.parents[:3]:
        manifest = folder / "MANIFEST.csv"
        if manifest.is_file():
            rows = list(csv.DictReader(read_text(manifest).splitlines()))
            own = [row for row in rows if (folder / row["file"]) == path]
            same = own + [row for row in rows if own and row["commit"] == own[0]["commit"]]
            days = [
                found[1]
                for row in same
                if (found := re.search(r"as of (\d{4}-\d\d-\d\d)", row["note"]))
            ]
            if days:
                return dt.date.fromisoformat(days[0])
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()
