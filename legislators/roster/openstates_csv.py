"""Open States' CSV of current people, MD.csv and so on: the fallback where neither YAML nor JSON
lines are at hand.

What its writer gets wrong (openstates 6.25.6, write_csv): the capitol columns are always empty; of
several district offices only the last is there; and a person without an active role is given party,
chamber and district of the row before. No role has dates. Governors are not in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from legislators.roster.holdings import Holding
from legislators.roster.openstates import Row, chamber_of, holding
from legislators.roster.published import Refused, Reject, read_table
from legislators.roster.seats import Expected

_COLUMNS = (
    "id",
    "name",
    "current_party",
    "current_district",
    "current_chamber",
    "given_name",
    "family_name",
    "email",
    "death_date",
)
_OFFICE = ("district_address", "district_voice", "district_fax")
_LEAKED = (
    "it repeats party, chamber and district of the row before, as a row without an active role does"
)
_CROWDED = (
    "more people than seats are named for this district, and the table does not tell whom to"
    " believe"
)


@dataclass(frozen=True)
class Table:
    """What could be used.

    Chambers (state, chamber) in `doubtful` had rows that could not: nobody is called gone or a seat
    vacant there.
    """

    holdings: list[Holding] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)
    doubtful: set[tuple[str, str]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def read(paths: Sequence[Path], seats: Iterable[Expected], *, states: list[str]) -> Table:
    """Raises Refused for a file that is no such table or whose name is no state's."""
    table = Table()
    districts: dict[tuple[str, str, str], list[Expected]] = defaultdict(list)
    for seat in seats:
        districts[seat.chamber, seat.state, seat.published].append(seat)
    for path in paths:
        state = path.name[:2].upper()
        if state in states:
            _read_state(path, state, districts, table)
    return table


def _read_state(
    path: Path, state: str, districts: dict[tuple[str, str, str], list[Expected]], table: Table
) -> None:
    rows = read_table(path, (*_COLUMNS, *_OFFICE))
    if any(
        row.get(column)
        for row in rows
        for column in ("capitol_address", "capitol_voice", "capitol_fax")
    ):
        table.notes.append(f"{path.name}: it has capitol offices after all; they are not read")
    chosen: dict[tuple[str, str, str], list[tuple[Row, bool]]] = defaultdict(list)
    before: tuple[str, ...] = ()
    for row in rows:
        if not re.match(r"ocd-person/", row["id"]):
            raise Refused(f"{path.name}: {row['id']!r} is no person's id")
        said = (row["current_party"], row["current_chamber"], row["current_district"])
        place = (
            chamber_of(row["current_chamber"], state) or "",
            state,
            row["current_district"].lower(),
        )
        if place not in districts:
            table.rejected.append(
                Reject(
                    f"{row['name']}, {state} {said[1]} {said[2]}", "no such district is expected"
                )
            )
            if place[0]:
                table.doubtful.add((state, place[0]))
        elif row["death_date"]:
            table.rejected.append(
                Reject(
                    f"{row['name']}, {state} {said[1]} {said[2]}", f"died on {row['death_date']}"
                )
            )
        else:
            chosen[place].append((row, said == before))
        before = said
    for place, named in chosen.items():
        _choose(named, districts[place], table)
    table.notes.append(
        f"{path.name}: a fallback: no capitol offices, one district office a person, no dates; load"
        " the YAML instead"
    )


def _choose(named: list[tuple[Row, bool]], seats: list[Expected], table: Table) -> None:
    """Into a district of several seats a repeated row may well belong: it is kept, but said to be
    doubtful.
    """
    if len(named) > len(seats):
        _reject([row for row, is_repeated in named if is_repeated], seats[0], _LEAKED, table)
        named = [(row, False) for row, is_repeated in named if not is_repeated]
    if len(named) > len(seats):
        _reject([row for row, _ in named], seats[0], _CROWDED, table)
        return
    for row, is_repeated in named:
        if is_repeated:
            table.notes.append(
                f"{row['name']}, {seats[0].state} {seats[0].chamber} {seats[0].district}: kept,"
                f" though {_LEAKED}"
            )
        table.holdings.append(holding(_as_role(row), seats[0]))


def _reject(rows: list[Row], seat: Expected, reason: str, table: Table) -> None:
    table.rejected.extend(
        Reject(f"{row['name']}, {seat.state} {seat.chamber} {seat.district}", reason)
        for row in rows
    )
    table.doubtful.add((seat.state, seat.chamber))


def _as_role(row: Row) -> Row:
    """With the keys of the JSON lines, as openstates.holding reads them."""
    office = {
        "classification": "district",
        "address": row["district_address"],
        "voice": row["district_voice"],
        "fax": row["district_fax"],
    }
    accounts = {name: row.get(name) for name in ("twitter", "facebook", "instagram", "youtube")}
    links = [link for link in (row.get("links") or "").split(";") if link]
    return row | {
        "party": [row["current_party"]],
        "offices": [office],
        "links": links,
        "ids": accounts,
        "start": None,
        "end": None,
    }
