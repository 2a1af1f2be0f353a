"""Numbers so small that they could single somebody out are not shown, nor what gives them back.

A table's cells add up to a total that people know. A cell under FEW is shown as "<5". Where the
total and the other cells would give it back, the smallest of those is kept back with it. Whoever
reads what is shown, and knows this file, is left with at least two values for every cell that is
not: what is decided here is decided by what they can see anyway, or is the same for any order of
the numbers that are hidden.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FEW = 5
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Cell:
    """`number` where it is shown; else it is below FEW (`is_few`), or kept back, and then it may be
    any number.
    """

    number: int | None
    is_few: bool = False


def shown(cells: Mapping[K, int]) -> dict[K, Cell] | None:
    """What may be shown beside the total of these numbers; none of them is below zero.

    None where nothing may: so few people in all that the total alone tells.
    """
    few = {key for key, number in cells.items() if 0 < number < FEW}
    if not few:
        return {key: Cell(number) for key, number in cells.items()}
    if tells_alone(cells):
        return None
    if hide_each_other(len(few), sum(cells[key] for key in few)):
        return with_marks(cells, few, set())
    rest = [number for number in cells.values() if number >= FEW]
    if not rest:
        return None
    # All that are the smallest: which of them were chosen would tell how large they are.
    kept = {key for key, number in cells.items() if number == min(rest)}
    next_larger = min((number for number in rest if number > min(rest)), default=None)
    hidden = sum(cells[key] for key in few | kept)
    if ways(hidden, few=len(few), kept=len(kept), below=next_larger) > 1:
        return with_marks(cells, few, kept)
    # Whatever order these numbers are in, this is what it looks like: without the mark.
    return {key: Cell(None if key in few | kept else cells[key]) for key in cells}


def tells_alone(cells: Mapping[K, int]) -> bool:
    """Whether the total is one per line, or the most that all of them can be and be few: then every
    table that is nearly so looks alike.
    """
    total, lines, most = sum(cells.values()), len(cells), max(cells.values())
    return (total == lines and most <= 2) or (total == (FEW - 1) * lines and most <= FEW)


def hide_each_other(number: int, together: int) -> bool:
    """Whether so many, each from 1 to 4, can be it in more than one way."""
    return number > 1 and number < together < number * (FEW - 1)


def ways(hidden: int, *, few: int, kept: int, below: int | None) -> int:
    """In how many ways it can be so many few and so many equal ones, smaller than the next."""
    # Several that are few are here because they did not hide each other: all 1, or all 4.
    sums = range(1, FEW) if few == 1 else (few, few * (FEW - 1))
    smallest = [divmod(hidden - together, kept) for together in sums]
    return sum(
        not left and number >= FEW and (below is None or number < below)
        for number, left in smallest
    )


def with_marks(cells: Mapping[K, int], few: set[K], kept: set[K]) -> dict[K, Cell]:
    return {
        key: Cell(None, is_few=key in few) if key in few | kept else Cell(number)
        for key, number in cells.items()
    }
