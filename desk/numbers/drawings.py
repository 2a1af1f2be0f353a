"""What is drawn of numbers: columns, and states as tiles. SVG of ours, coloured by classes.

A class says how much, and a legend what it means; each tile also says its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from campaigns.state_tiles import TILE, places
from desk.numbers.small_cells import FEW, Cell
from desk.numbers.tables import Row

WIDTH, HEIGHT, STUB = 744, 160, 3
STEPS = 5


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    is_few: bool
    title: str


class Tile(NamedTuple):
    """`look` ends the name of its class, as `look_of` gives it; `title` is what a reader hears."""

    code: str
    title: str
    x: int
    y: int
    look: str
    cell: Cell
    url: str


class Step(NamedTuple):
    """A line of the legend."""

    look: str
    text: str


def columns(rows: Sequence[Row], at: Sequence[int] = (0,)) -> list[Bar]:
    """One for each row, as high as its cells at these places together. What is not shown is a
    stub, whatever it is.
    """
    # What is not shown stays unknown: a bar that left it out would tell it.
    sums = [total(row.cells[i] for i in at) for row in rows]
    step, tallest = WIDTH / max(len(sums), 1), max([number or 0 for number in sums] + [1])
    bars = []
    for i, (row, number) in enumerate(zip(rows, sums, strict=True)):
        height = STUB if number is None else round(number * HEIGHT / tallest, 1)
        title = f"{row.label}: {in_words(number, row, at)}"
        place = (round(i * step + 1.5, 1), round(HEIGHT - height, 1), round(step - 3, 1), height)
        bars.append(Bar(*place, number is None, title))
    return bars


def total(cells: Iterable[Cell]) -> int | None:
    numbers = [cell.number for cell in cells]
    return None if None in numbers else sum(number or 0 for number in numbers)


def in_words(number: int | None, row: Row, at: Sequence[int]) -> str:
    if number is not None:
        return f"{number:,}"
    return say(next(row.cells[i] for i in at if row.cells[i].number is None))


def say(cell: Cell) -> str:
    """As a reader hears it."""
    if cell.number is not None:
        return f"{cell.number:,}"
    return _("under %(few)d") % {"few": FEW} if cell.is_few else _("kept back")


def bounds(rows: Iterable[Row]) -> list[int]:
    """The least number of each step after the first, so that about as many are on each.

    Of numbers that are shown: a limit tells nothing of the others.
    """
    numbers = sorted(number for row in rows if (number := row.cells[0].number))
    if not numbers:
        return []
    # By rank and not by size: one huge state would leave all others in the palest step.
    chosen = {numbers[len(numbers) * part // STEPS] for part in range(1, STEPS)}
    return sorted(chosen - {numbers[0]})


def look_of(cell: Cell, limits: Sequence[int]) -> str:
    """ "0" for nobody, then a step for each limit. What is too few to be shown is the first step;
    what is kept back has a look of its own.
    """
    if cell.number == 0:
        return "0"
    if cell.number is None:
        return "1" if cell.is_few else "kept"
    return str(1 + sum(cell.number >= limit for limit in limits))


def legend(limits: Sequence[int], cells: Iterable[Cell]) -> list[Step]:
    """Only the steps that occur."""
    used, begins = {look_of(cell, limits) for cell in cells}, [1, *limits]
    steps = [Step("0", _("nobody yet"))]
    for at, least in enumerate(begins, start=1):
        if at < len(begins):
            text = f"{least:,}–{begins[at] - 1:,}" if begins[at] - 1 > least else f"{least:,}"
        else:
            text = _("%(number)s and more") % {"number": f"{least:,}"}
        steps.append(Step(str(at), text))
    steps.append(Step("kept", _("kept back, so that no small number can be computed")))
    return [step for step in steps if step.look in used]


def tiles(rows: Sequence[Row], names: Mapping[str, str], urls: Mapping[str, str]) -> list[Tile]:
    """Every state of the map; and those that lie on none, made-up ones too, in a last row."""
    by_code = {str(row.key): row for row in rows if row.key}
    limits = bounds(by_code.values())
    where = places(by_code)
    found = []
    for code, (x, y) in where.items():
        cell = by_code[code].cells[0] if code in by_code else Cell(0)
        title = f"{names.get(code, code)}: {say(cell)}"
        look, url = look_of(cell, limits), urls.get(code, "")
        found.append(Tile(code, title, x * TILE, y * TILE, look, cell, url))
    # Whoever goes by Tab reads them as a page: from the left, line by line.
    return sorted(found, key=lambda tile: (tile.y, tile.x))
