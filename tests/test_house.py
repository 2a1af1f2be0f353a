"""The house stays one in which a stranger finds things: short files, short lines, doors that say
what they are, and a why where a line surprises.

A failing test lists every offender with its place. Lengths of functions and the share of comments
in each room are printed for information (`bin/test tests/test_house.py -s`): a long function is
fine while it tells a single story, and a room of plain lines needs few comments.
"""

import ast
import statistics
import tokenize
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
ROOMS = [
    "accounts",
    "actions",
    "api",
    "benchmarks",
    "campaigns",
    "config",
    "demo",
    "desk",
    "installing",
    "legislators",
    "supporters",
    "worker",
]
LONGEST_FILE = 350
LONGEST_LINE = 100
LONG_LINES_SHARE = 0.005
LONGEST_LINE_OF_HTML = 160
DOCUMENTED_SHARE = 0.9
COMMENT_SHARE = 0.03
# For machines, not for readers.
PRAGMAS = ("# type:", "# noqa", "#!")


def code_files():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def inside(path):
    return str(path.relative_to(ROOT))


def lines_of(path):
    return path.read_text().splitlines()


def test_no_file_is_longer_than_one_story():
    lengths = {inside(path): len(lines_of(path)) for path in code_files()}

    too_long = {path: length for path, length in lengths.items() if length > LONGEST_FILE}
    assert too_long == {}


def test_lines_carry_one_idea():
    code = [
        (f"{inside(path)}:{number}", line)
        for path in code_files()
        for number, line in enumerate(lines_of(path), start=1)
        if line.strip()
    ]
    too_long = [place for place, line in code if len(line) > LONGEST_LINE]

    assert len(too_long) <= len(code) * LONG_LINES_SHARE, "\n".join(too_long)


def test_lines_of_html_fit_on_a_screen():
    """Not those of text mails: a line there is a line of the mail."""
    too_long = [
        f"{inside(path)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(lines_of(path), start=1)
        if len(line) > LONGEST_LINE_OF_HTML
    ]

    assert too_long == []


def test_lines_that_surprise_say_why(capsys):
    """Comments, by the lines of code beside them. How many there are proves nothing about what they
    say: each has to be a why (CONTRIBUTING.md).
    """
    comments, code = Counter(), Counter()
    for path in code_files():
        room = inside(path).partition("/")[0]
        # Benchmarks are read by whoever runs them.
        if room != "benchmarks":
            comments[room] += len(comment_lines(path))
            code[room] += sum(bool(line.strip()) for line in lines_of(path))

    with capsys.disabled():
        print("\ncomment lines: " + ", ".join(f"{r} {comments[r] / code[r]:.1%}" for r in code))
    assert comments.total() >= code.total() * COMMENT_SHARE


def comment_lines(path):
    with tokenize.open(path) as file:
        return [
            token.start[0]
            for token in tokenize.generate_tokens(file.readline)
            if token.type == tokenize.COMMENT and not token.string.startswith(PRAGMAS)
        ]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_its_doors_do(room):
    """A door is a function that another room comes in by: it imports it, or calls it on the module
    that it imports.
    """
    doors = [
        (f"{inside(path)}:{function.line} {function.name}", function.docstring)
        for path in code_files()
        if inside(path).startswith(f"{room}/")
        for function in functions_of(path)
        if function.is_outermost and f"{module_of(path)}.{function.name}" in used_from_outside(room)
    ]
    silent = [place for place, docstring in doors if not docstring]

    assert len(silent) <= len(doors) * (1 - DOCUMENTED_SHARE), "\n".join(silent)


class Function(NamedTuple):
    name: str
    line: int
    length: int
    docstring: str | None
    is_outermost: bool


class Read(NamedTuple):
    functions: list[Function]
    names_used: set[str]


@cache
def read(path: Path) -> Read:
    """What is wanted of a file, of which several tests want something."""
    tree = ast.parse(path.read_text())
    nodes = list(ast.walk(tree))
    outermost = set(tree.body)
    functions = [
        Function(
            node.name,
            node.lineno,
            node.end_lineno - node.lineno + 1,
            ast.get_docstring(node),
            node in outermost,
        )
        for node in nodes
        if isinstance(node, ast.FunctionDef)
    ]
    return Read(functions, names_in(nodes))


def functions_of(path: Path) -> list[Function]:
    return read(path).functions


def module_of(path: Path) -> str:
    return inside(path).removesuffix(".py").replace("/", ".")


@cache
def used_from_outside(room: str) -> set[str]:
    """Dotted names of this room that files of other rooms use."""
    used = set()
    for path in code_files():
        if not inside(path).startswith(f"{room}/"):
            used |= {name for name in read(path).names_used if name.startswith(f"{room}.")}
    return used


def names_in(nodes: list[ast.AST]) -> set[str]:
    """What a file imports, and the attributes it takes of imported modules, as dotted names."""
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    attributes = {
        f"{imported[node.value.id]}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in imported
    }
    return attributes | set(imported.values())


def test_what_tests_share_stands_in_no_test_file():
    """Whoever looks for a builder looks among the modules of tests/; pytest would also run again
    what is imported as a fixture's name.
    """
    shared = [
        f"{inside(path)}: {node.module}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and ".test_" in f".{node.module}"
    ]

    assert shared == []


def test_nine_functions_of_ten_fit_on_half_a_page(capsys):
    lengths = sorted(
        (function.length, f"{inside(path)}:{function.line} {function.name}")
        for path in code_files()
        for function in functions_of(path)
    )
    ninth_tenth = statistics.quantiles([length for length, _place in lengths], n=10)[-1]

    with capsys.disabled():
        print(f"\nfunctions: {len(lengths)}, p90 {ninth_tenth:.0f} lines; the longest:")
        for length, place in lengths[-5:]:
            print(f"  {length:4} {place}")
    # What the house had when this was written was 22: a few lines of room, not a licence.
    assert ninth_tenth <= 25
