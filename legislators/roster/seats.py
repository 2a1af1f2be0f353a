"""The seats that ought to exist, whoever sits on them: from Open States' table of districts, and
from the Constitution.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from legislators.models import OTHER_EXECUTIVES, Chamber, Jurisdiction, Seat
from legislators.roster.holdings import Holding
from legislators.roster.metadata import district_rows
from legislators.roster.published import Refused
from legislators.states import STATES, UNITED_STATES, State

_TITLES = {
    "Legislators": "Representative",
    "Senators": "Senator",
    "Assemblymember": "Assembly Member",
}
_TITLES_OF_EXECUTIVES = {
    Chamber.GOVERNOR: "Governor",
    Chamber.LT_GOVERNOR: "Lieutenant Governor",
    Chamber.ATTORNEY_GENERAL: "Attorney General",
}
# Classes of senators, as drawn by lot in 1789 and since (Constitution, I.3.2). A state lacks
# exactly one of the three.
_CLASS_1 = (
    "AZ CA CT DE FL HI IN ME MD MA MI MN MS MO MT NE NV NJ NM NY ND OH PA RI TN TX UT VT VA WA WV"
    " WI WY"
)
_CLASS_2 = (
    "AL AK AR CO DE GA ID IL IA KS KY LA ME MA MI MN MS MT NE NH NJ NM NC OK OR RI SC SD TN TX VA"
    " WV WY"
)


@dataclass(frozen=True)
class Expected:
    """One expected seat.

    `published` is the district as rosters write it ("8A", "Belknap 1", "Ward 3"), lower case.
    """

    chamber: str
    state: str
    division: str
    district: str
    position: int
    label: str
    title: str
    published: str


def expected(path: Path, states: Sequence[str]) -> list[Expected]:
    """The seats of these states. Raises Refused."""
    seats: list[Expected] = []
    for row in district_rows(path):
        if not row["num_seats"].isdigit():
            raise Refused(f"{path.name}: {row['division_id']} has {row['num_seats']!r} seats")
        seats += _congressional(row) if row["state"] == "US" else _of_state(row)
    for state in STATES.values():
        seats += [_executive(state, chamber) for chamber in _TITLES_OF_EXECUTIVES]
    return _numbered([seat for seat in seats if seat.state in states])


def opened(seats: Iterable[Expected], holdings: Iterable[Holding]) -> list[Expected]:
    """Without lieutenant governors and attorneys general of whom no roster has ever named one:
    which states have such an office is not the same for ever, as in Arizona from 2027 on.
    """
    named = {(each.chamber, each.division) for each in holdings}
    there = Seat.objects.filter(chamber__in=OTHER_EXECUTIVES)
    named.update(there.values_list("chamber", "division"))
    return [
        seat
        for seat in seats
        if seat.chamber not in OTHER_EXECUTIVES or (seat.chamber, seat.division) in named
    ]


def make_seats(seats: Iterable[Expected]) -> int:
    """Make the rows that are missing and mend those that differ; returns how many.

    Seats are never removed: actions point at them.
    """
    codes = sorted({seat.state for seat in seats})
    Jurisdiction.objects.bulk_create(
        [_jurisdiction(STATES.get(code, UNITED_STATES)) for code in codes], ignore_conflicts=True
    )
    existing = {
        (seat.chamber, seat.division, seat.position): seat
        for seat in Seat.objects.filter(jurisdiction__in=codes)
    }
    new, changed = [], []
    for each in seats:
        row = existing.get((each.chamber, each.division, each.position))
        facts = {
            "jurisdiction_id": each.state,
            "district": each.district,
            "label": each.label,
            "title": each.title,
        }
        if row is None:
            new.append(
                Seat(chamber=each.chamber, division=each.division, position=each.position, **facts)
            )
        elif any(getattr(row, name) != value for name, value in facts.items()):
            changed.append(row)
            for name, value in facts.items():
                setattr(row, name, value)
    Seat.objects.bulk_create(new, batch_size=500)
    Seat.objects.bulk_update(
        changed, ["jurisdiction", "district", "label", "title"], batch_size=500
    )
    return len(new) + len(changed)


def senate_classes(state: str) -> tuple[int, int]:
    first, second = state in _CLASS_1.split(), state in _CLASS_2.split()
    return (1, 2) if first and second else (1, 3) if first else (2, 3)


def _congressional(row: dict[str, str]) -> list[Expected]:
    if row["chamber"] == "upper":
        state = row["division_id"].rpartition(":")[2].upper()
        return [
            Expected(
                Chamber.US_SENATE,
                state,
                row["division_id"],
                "",
                1,
                f"Class {number}",
                "Senator",
                f"class {number}",
            )
            for number in senate_classes(state)
        ]
    state, _, number = row["district"].partition("-")
    district = "0" if number == "AL" else number
    return [
        Expected(
            Chamber.US_HOUSE, state, row["division_id"], district, 1, "", row["title"], district
        )
    ]


def _of_state(row: dict[str, str]) -> list[Expected]:
    chamber = _chamber(row["chamber"], row["state"])
    published, division, label = row["district"], row["division_id"].lower(), ""
    if row["state"] == "ID" and chamber == Chamber.STATE_LOWER:
        # Idaho's "8A" and "8B" are two seats on one district.
        label, division = published[-1], division[:-1]
    elif published == "Chairman":
        label = published
    if division.endswith(
        "sldl:at-large"
    ):  # Puerto Rico's; its senators at large already stand on the whole territory
        division = STATES[row["state"]].division
    at_large = division == STATES[row["state"]].division
    district = "" if at_large else published.removesuffix(label)
    title = _TITLES.get(row["title"], row["title"])
    seat = Expected(chamber, row["state"], division, district, 1, label, title, published.lower())
    # Alike for now: _numbered gives each its position.
    return [seat] * int(row["num_seats"])


def _chamber(published: str, state: str) -> str:
    if published == "unicameral":
        return Chamber.DC_COUNCIL if state == "DC" else Chamber.STATE_UNICAMERAL
    return Chamber.STATE_UPPER if published == "upper" else Chamber.STATE_LOWER


def _executive(state: State, chamber: Chamber) -> Expected:
    is_mayor = state.code == "DC" and chamber == Chamber.GOVERNOR
    title = "Mayor" if is_mayor else _TITLES_OF_EXECUTIVES[chamber]
    return Expected(chamber, state.code, state.division, "", 1, "", title, "")


def _numbered(seats: list[Expected]) -> list[Expected]:
    """Positions 1..n within a district, the labelled ones first and by label."""
    together: dict[tuple[str, str], list[Expected]] = defaultdict(list)
    for seat in seats:
        together[seat.chamber, seat.division].append(seat)
    return [
        replace(seat, position=position)
        for group in together.values()
        for position, seat in enumerate(
            sorted(group, key=lambda seat: (not seat.label, seat.label)), start=1
        )
    ]


def _jurisdiction(state: State) -> Jurisdiction:
    return Jurisdiction(code=state.code, name=state.name, fips=state.fips, division=state.division)
