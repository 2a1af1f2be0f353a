"""docs/safety.md defines every number that the code cites, and names tests that exist."""

import re

import pytest
from django.conf import settings

from tests.chaos import checker, faults

ROOT = settings.BASE_DIR
PAGE = (ROOT / "docs/safety.md").read_text()
DEFINED = set(re.findall(r"^\| ([A-FIK]\d+|\d\.\d) \|", PAGE, re.MULTILINE))
DEFINED |= set(re.findall(r"^### (\d\.\d)", PAGE, re.MULTILINE))
# "docs/safety.md A5", also where a line ends between the two.
CITED = re.compile(r"docs/safety\.md[\s#\"(]*([A-FIK]\d+|\d\.\d)\b")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def code():
    for folder in [path.parent for path in ROOT.glob("*/__init__.py")]:
        yield from folder.rglob("*.py")


def test_every_number_that_the_code_cites_is_defined():
    cited = {number: path.name for path in code() for number in CITED.findall(path.read_text())}

    assert {"A5", "3.1", "3.2", "3.3", "3.4", "K19"} <= cited.keys()
    assert {number: file for number, file in cited.items() if number not in DEFINED} == {}


def test_no_number_is_cited_without_saying_of_what():
    bare = re.compile(r"SAFETY|^\s*(?:#|\"\"\").*\bK\d+\b(?<!safety\.md )", re.MULTILINE)
    offences = [
        path.name
        for path in code()
        if path.name != "test_safety.py"
        and any("docs/safety.md" not in found[0] for found in bare.finditer(path.read_text()))
    ]

    assert offences == []


def test_every_fault_and_invariant_of_the_chaos_runs_is_defined():
    assert faults.FAULTS.keys() | checker.INVARIANTS.keys() <= DEFINED


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_test_that_is_named_exists(file, test):
    assert (ROOT / file).exists()
    assert not test or f"def {test}(" in (ROOT / file).read_text()


def test_every_number_stands_once():
    rows = re.findall(r"^\| ([A-FIK]\d+) \|", PAGE, re.MULTILINE)

    assert len(rows) == len(set(rows))
    assert len(rows) > 80
