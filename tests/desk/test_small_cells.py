"""From what is shown, nothing that is not shown can be computed."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from desk.numbers.small_cells import FEW, shown

cells = st.lists(st.integers(0, 14), max_size=6).map(lambda numbers: dict(enumerate(numbers)))


def possible(found, total):
    """Every table that a reader of this one could have before them."""
    hidden = [key for key, cell in found.items() if cell.number is None]
    left = total - sum(cell.number or 0 for cell in found.values())
    ranges = [range(1, FEW) if found[key].is_few else range(FEW, left + 1) for key in hidden]
    return [
        dict(zip(hidden, numbers, strict=True))
        for numbers in product(*ranges)
        if sum(numbers) == left
    ]


@given(cells)
def test_every_cell_that_is_not_shown_may_be_at_least_two_numbers(cells):
    found = shown(cells)
    if found is None:
        return
    tables = possible(found, sum(cells.values()))

    assert {key: cells[key] for key, cell in found.items() if cell.number is None} in tables
    for key, cell in found.items():
        if cell.number is None:
            assert len({table[key] for table in tables}) > 1


@given(cells)
def test_no_number_between_one_and_four_is_shown_and_nothing_is_kept_back_without_one(cells):
    found = shown(cells) or {}

    assert not any(cell.number and cell.number < FEW for cell in found.values())
    few = [key for key, number in cells.items() if 0 < number < FEW]
    if not few:
        assert {key: cell.number for key, cell in found.items()} == cells


def test_the_smallest_second_cell_is_kept_back_and_where_there_is_none_nothing_is_shown():
    found = shown({"a": 3, "b": 40, "c": 12, "d": 0})

    assert [found[key].number for key in "abcd"] == [None, 40, None, 0]
    assert (found["a"].is_few, found["c"].is_few) == (True, False)
    # Two that are few hide each other, unless their sum says that each is at its least or most.
    assert shown({"a": 3, "b": 2, "c": 30})["c"].number == 30
    assert shown({"a": 1, "b": 1, "c": 30})["c"].number is None
    assert shown({"a": 4, "b": 4, "c": 30})["c"].number is None
    assert shown({"a": 3}) is None
    assert shown({"a": 1, "b": 5}) is None
    assert shown({}) == {}
