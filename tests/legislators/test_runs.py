"""The runs of a street say of every house number what its sources say, the finest of them."""

import random

from legislators.street_line import House, Street
from legislators.streetfile.house_runs import (
    BESIDE,
    BETWEEN,
    BLOCK,
    IMPUTED,
    PUBLISHED,
    Item,
    laid_out,
)
from legislators.streetfile.known_districts import KnownDistricts, united
from legislators.streetfile.street_rows import BOTH, EVEN, ODD, StreetRow

ONE, TWO = (KnownDistricts("VT", (("sldl", (name,)),)) for name in ("1", "2"))
EITHER = united([ONE, TWO])


def said_of(number, items):
    """By the rule itself: the finest source of this number, else the nearest ranges."""
    parity = ODD if number % 2 else EVEN
    spoken = [(i.rank, i.held) for i in items if i.parity & parity and i.low <= number <= i.high]
    near = [
        item.wide
        for item in items
        if item.rank in (PUBLISHED, IMPUTED) and item.low - BLOCK <= number <= item.high + BLOCK
    ]
    if spoken:
        finest = min(rank for rank, _ in spoken)
        return united(held for rank, held in spoken if rank == finest)
    return united(near) if near else None


def test_every_number_of_many_made_up_streets_is_told_as_the_finest_source_says():
    source = random.Random(1)
    for _ in range(200):
        items = []
        for _ in range(source.randint(1, 5)):
            low = source.randint(1, 300)
            rank = source.choice((PUBLISHED, IMPUTED, BESIDE, BETWEEN))
            held = source.choice((ONE, TWO, EITHER))
            parity = source.choice((ODD, EVEN, BOTH))
            high = low + source.randint(0, 100)
            items.append(Item("", low, high, parity, rank, held, EITHER))
        whole, runs = laid_out(items)
        assert all(run.low <= run.high for run in runs)
        row = StreetRow(Street("MAIN"), whole, runs)
        for number in range(520):
            assert row.at(House("", number))[0] == (said_of(number, items) or whole)


def test_two_sides_that_lie_alike_are_one_run():
    left = Item("", 101, 199, ODD, PUBLISHED, ONE, EITHER)
    right = Item("", 100, 198, EVEN, PUBLISHED, ONE, EITHER)

    _, (run,) = laid_out([left, right])

    assert (run.low, run.high, run.parity, run.held) == (100, 199, BOTH, ONE)
