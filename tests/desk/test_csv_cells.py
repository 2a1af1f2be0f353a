"""Cells: nothing runs in a spreadsheet, nothing loses a zero, and everything reads back as it was
typed.
"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.supporters import csv_cells

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    " =1+1",
    "\u00a0=1+1",
]
FORMULAS += [
    " =1+1",
    "\u00a0=1+1",
    '=HYPERLINK("http://evil.example","Click")',
    "=cmd|' /C calc'!A0",
    "'=1+1",
]
NUMBERLIKE = [
    "02139",
    "45202",
    "+15551234567",
    "1E5",
    "12/1",
    "1-2",
    "3.10",
    "007",
    "12:30",
    "50%",
    "1,000",
]


def read(page):
    return list(csv.reader(io.StringIO(page.decode(), newline="")))


@pytest.mark.parametrize("typed", FORMULAS + NUMBERLIKE)
def test_what_a_spreadsheet_would_run_or_round_becomes_text(typed):
    cell = read(csv_cells.lines([[csv_cells.text(typed)]]))[0][0]

    assert cell.startswith("'")
    assert csv_cells.plain(cell) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Nora",
        "Álvarez",
        "12 Elm St",
        "nora+news@example.org",
        "O'Neill",
        "St. Mary's",
        "李",
        "a=b",
    ],
)
def test_ordinary_words_stay_as_they_are(typed):
    assert csv_cells.text(typed) == typed


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1, max_size=3))
def test_every_text_reads_back_as_it_was(rows):
    page = csv_cells.lines([[csv_cells.text(typed) for typed in row] for row in rows])

    assert [[csv_cells.plain(cell) for cell in row] for row in read(page)] == rows


def test_a_program_that_splits_at_semicolons_finds_no_formula():
    page = csv_cells.lines([[csv_cells.text("Polk;=1+1"), csv_cells.text('a";"=1+1')]]).decode()

    assert next(csv.reader(io.StringIO(page), delimiter=";"))[0].startswith("Polk;=1+1")


def test_the_recipe_in_the_documentation_reads_an_export(tmp_path, settings):
    recipe = (
        (settings.BASE_DIR / "docs/exports.md").read_text().split("```python\n")[1].split("```")[0]
    )
    file = tmp_path / "export.csv"
    file.write_bytes(
        "\ufeff".encode()
        + csv_cells.lines(
            [["zip", "phone"], [csv_cells.text("02139"), csv_cells.text("+15551234567")]]
        )
    )
    found = {}
    exec(recipe.replace("supporters-2026-05-01.csv", str(file)), found)

    assert found["row"] == {"zip": "02139", "phone": "+15551234567"}
