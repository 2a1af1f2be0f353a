"""Numbers so small that they could single somebody out are not shown, nor what gives them back.

A table's cells add up to a total that people know. A cell under FEW is shown as "<5". Where the
total and the other cells would give it back, a second cell is kept back with it, the smallest that
will do. Whoever reads what is shown, and knows these rules' two marks, is left with at least two
values for every cell that is not shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FEW = 5
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Cell:
    """`number` where it is shown; else it is below FEW (`is_few`), or kept back for another's
    sake, and then FEW or more.
    """

    number: int | None
    is_few: bool = False


def shown(cells: Mapping[K, int]) -> dict[K, Cell] | None:
    """What may be shown beside the total of these numbers; none of them is below zero.

    None where nothing may: so few people in all that the total alone tells.
    """
    few = {key for key, number in cells.items() if 0 < number < FEW}
    kept: set[K] = set()
    # The smallest first: what is kept back for others' sake is to be as little as will do.
    rest = sorted((key for key in cells if cells[key] >= FEW), key=lambda key: cells[key])
    while not is_safe([cells[key] for key in few], [cells[key] for key in kept]):
        if not rest:
            return None
        kept.add(rest.pop(0))
    return {key: cell(key, cells[key], few, kept) for key in cells}


def is_safe(few: list[int], kept: list[int]) -> bool:
    """Whether their sum, which the total tells, leaves each of them at least two values.

    One of `few` is known to lie between 1 and 4, one of `kept` at 5 or above.
    """
    if not few:
        return True
    # How far the sum is from the least that it could be: none, and each is at its least.
    above = sum(few) + sum(kept) - len(few) - FEW * len(kept)
    if kept:
        return above > 0
    return len(few) > 1 and 0 < above < len(few) * (FEW - 2)


def cell(key: K, number: int, few: set[K], kept: set[K]) -> Cell:
    if key in few:
        return Cell(None, is_few=True)
    return Cell(None) if key in kept else Cell(number)
