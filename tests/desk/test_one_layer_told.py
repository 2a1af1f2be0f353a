"""A district of one chamber that is the sum of some of another's gives none of theirs back."""

from desk.numbers.in_a_state import one_layer_told
from desk.numbers.small_cells import Cell
from desk.numbers.tables import Row, Table

FEW = Cell(None, is_few=True)


def layer(name, *columns):
    rows = [Row(f"{name}-{n}", str(n), cells) for n, cells in enumerate(zip(*columns, strict=True))]
    return Table(name, name, "District", ("verified", "pending"), tuple(rows))


def told(made, at):
    return [row.cells[at].number for row in made.rows]


def test_where_one_layer_hides_a_number_no_other_tells_that_column():
    lower = layer("lower", [FEW, FEW, Cell(30), Cell(40)], [Cell(9)] * 4)
    upper = layer("upper", [Cell(8), Cell(70)], [Cell(18), Cell(18)])
    made = one_layer_told({"sldu": upper, "sldl": lower})
    shown = [side for side, one in made.items() if any(told(one, 0))]
    assert len(shown) == 1
    assert told(made["sldu"], 1) == [18, 18]
    assert told(made["sldl"], 1) == [9] * 4


def test_where_nothing_is_hidden_every_layer_is_told():
    upper, lower = (layer(name, [Cell(8)], [Cell(9)]) for name in ("upper", "lower"))
    assert one_layer_told({"a": upper, "b": lower}) == {"a": upper, "b": lower}
