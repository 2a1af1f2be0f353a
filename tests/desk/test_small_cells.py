"""From what is shown, nothing that is not shown can be computed."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from desk.numbers.small_cells import FEW, Cell, shown

cells = st.lists(st.integers(0, 14), max_size=6).map(lambda numbers: dict(enumerate(numbers)))


def test_whoever_knows_these_rules_is_left_with_two_values_for_every_cell_that_is_not_shown():
    """Every table of two or three lines up to a total: all that look alike, side by side."""
    for lines, most in ((2, 24), (3, 22)):
        alike = defaultdict(list)
        for numbers in product(range(most + 1), repeat=lines):
            if sum(numbers) <= most:
                found = shown(dict(enumerate(numbers)))
                looks = tuple(found.values()) if found else None
                alike[sum(numbers), looks].append(numbers)
        for (_total, looks), tables in alike.items():
            for at in range(lines):
                if looks is None or looks[at].number is None:
                    assert len({numbers[at] for numbers in tables}) > 1, tables


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
    # What could be it in one way only has no mark: which of them is few is not told.
    assert shown({"a": 1, "b": 5}) == {"a": Cell(None), "b": Cell(None)}
    assert shown({"a": 4, "b": 8, "c": 8, "d": 9})["d"].number == 9
    assert not shown({"a": 4, "b": 8, "c": 8, "d": 9})["a"].is_few
    assert shown({}) == {}
