"""Inside one state: its districts on every layer that the asks address, and its offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from actions.offices import office_name
from campaigns.models import Metric, Side
from desk.numbers import drawings
from desk.numbers.reading import DISTRICTS, Numbers
from desk.numbers.small_cells import Cell
from desk.numbers.tables import KEPT_BACK, Line, Row, Table, table
from legislators import parties
from legislators.holders import holders_of
from legislators.maps.state_map import StateMap, draw_state
from legislators.models import LAYERS, Jurisdiction, Seat, Term
from legislators.seats_here import seat_order

PEOPLE = (Metric.VERIFIED, Metric.PENDING)
NOT_TOLD = "not told"


@dataclass(frozen=True)
class State:
    """With all its seats, in their order, and who holds them."""

    code: str
    name: str
    division: str
    seats: dict[int, Seat]
    holders: dict[int, Term]

    @classmethod
    def find(cls, code: str) -> State | None:
        """Three queries; None for what is no state here."""
        row = Jurisdiction.objects.exclude(code="US").filter(code=code).first()
        if row is None:
            return None
        found = Seat.objects.filter(jurisdiction=row).select_related("jurisdiction")
        seats = {seat.pk: seat for seat in sorted(found, key=seat_order)}
        return cls(row.code, row.name, row.division, seats, holders_of(seats))


class Drawn(NamedTuple):
    """A district of the map: its path, its label where there is room, and how much."""

    path: str
    label_at: tuple[int, int] | None
    code: str
    look: str
    title: str


@dataclass(frozen=True)
class Part:
    """One layer: its table; and, where a map of it is loaded, that, drawn with its legend."""

    side: str
    table: Table
    map: StateMap | None
    shapes: tuple[Drawn, ...] = ()
    legend: tuple[drawings.Step, ...] = ()


def layers_of(state: State, everybody: Numbers, numbers: Numbers) -> dict[str, Table]:
    """The layers on which anybody is known to live, as they are told."""
    tables: dict[str, Table] = {
        side: districts_table(state, side, everybody, numbers)
        for side in DISTRICTS
        if numbers.sides.get(side)
    }
    return one_layer_told(tables)


def one_layer_told(tables: dict[str, Table]) -> dict[str, Table]:
    """Where a number of some layer is not shown, only one layer tells that column: a district of
    one chamber often is the sum of some of another's, and its number would give theirs back.
    """
    for at in range(len(PEOPLE)):
        unseen = {
            side: sum(row.cells[at].number is None for row in made.rows)
            for side, made in tables.items()
        }
        if not any(unseen.values()):
            continue
        # The one that shows most.
        told = max(tables, key=lambda side: len(tables[side].rows) - unseen[side])
        for side in tables.keys() - {told}:
            tables[side] = untold(tables[side], at)
    return tables


def untold(made: Table, at: int) -> Table:
    """Without any number in this column."""
    rows = [
        replace(row, cells=(*row.cells[:at], KEPT_BACK, *row.cells[at + 1 :])) for row in made.rows
    ]
    return replace(made, rows=tuple(rows))


def districts_table(state: State, side: str, everybody: Numbers, numbers: Numbers) -> Table:
    """Every district, quiet ones too, and whoever is of the state but of none of them."""
    names: dict[Hashable, str] = {}
    for seat in state.seats.values():
        if LAYERS.get(seat.chamber) == side and seat.layer:
            names.setdefault(seat.division, seat.district_name)
    found: dict[Any, Counter[str]] = dict(numbers.sides[side])
    # Districts of an older map have numbers, and no seats any more.
    names |= {key: str(key).rpartition("/")[2] for key in found if key not in names}
    whole = everybody.of(Side.STATE, state.code)
    # Told, so that the table adds up to the state; and hidden with the others where it is small.
    found[NOT_TOLD] = Counter(
        {
            metric: max(0, whole[metric] - sum(row[metric] for row in found.values()))
            for metric in PEOPLE
        }
    )
    lines: list[Line] = [(key, name, "") for key, name in names.items()]
    if any(found[NOT_TOLD].values()):
        lines.append((NOT_TOLD, _("District not told"), ""))
    heading = str(Side(side).label)
    return table(f"districts-{side}", heading, _("District"), PEOPLE, lines, found, protects=True)


def part_of(state: State, side: str, made: Table, numbers: Numbers) -> Part:
    drawn = draw_state(state.code, side, numbers.today)
    if drawn is None:
        return Part(side, made, None)
    rows = {str(row.key): row for row in made.rows if row.key != NOT_TOLD}
    # "Not told" is no place: it may be larger than any district, and would bleach the map.
    limits = drawings.bounds(rows.values())
    shapes = []
    for shape in drawn.shapes:
        row = rows.get(shape.division)
        cell = row.cells[0] if row else Cell(0)
        name = row.label if row else drawn.codes[shape.division]
        title = f"{name}: {drawings.say(cell)}"
        look, code = drawings.look_of(cell, limits), drawn.codes[shape.division]
        shapes.append(Drawn(shape.path, shape.label_at, code, look, title))
    legend = drawings.legend(limits, [row.cells[0] for row in rows.values()])
    return Part(side, made, drawn, tuple(shapes), tuple(legend))


def offices_table(state: State, numbers: Numbers, layers: Iterable[Table]) -> Table:
    """Offices to which somebody wrote or called, as the state's list has them. What a district's
    number hides, its offices' do not tell.
    """
    found: dict[Any, Counter[str]] = {
        int(value): row for value, row in numbers.sides.get(Side.OFFICE, {}).items()
    }
    seats = {pk: seat for pk, seat in state.seats.items() if pk in found}
    lines: list[Line] = [(pk, name_of(seat, state.holders), "") for pk, seat in seats.items()]
    made = table(
        "offices",
        _("By office"),
        _("Office"),
        PEOPLE,
        lines,
        found,
        protects=True,
        groups={pk: seat.chamber for pk, seat in seats.items()},
    )
    # Where a district has one seat, its office has the same number.
    hidden = {
        (row.key, at)
        for layer in layers
        for row in layer.rows
        for at, cell in enumerate(row.cells)
        if cell.number is None
    }
    return replace(
        made, rows=tuple(hide(row, seats[int(str(row.key))], hidden) for row in made.rows)
    )


def hide(row: Row, seat: Seat, hidden: set[tuple[Hashable, int]]) -> Row:
    cells = [
        KEPT_BACK if cell.number is not None and (seat.division, at) in hidden else cell
        for at, cell in enumerate(row.cells)
    ]
    return replace(row, cells=tuple(cells))


def name_of(seat: Seat, holders: dict[int, Term]) -> str:
    term = holders.get(seat.pk)
    if term is None:
        return office_name(seat)
    return f"{term.legislator.name} ({parties.spoken(term.party)}), {office_name(seat)}"
