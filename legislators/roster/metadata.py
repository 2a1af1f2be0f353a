"""Open States' two tables, as tables or where Open States keeps them: districts in its package,
census numbers in openstates-geo.

The package's modules are read as text, never run: only literals and its own two constructors are
understood.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from legislators.roster.published import Refused, files_within, read_table, read_yaml, reading

DISTRICT_COLUMNS = (
    "state",
    "chamber",
    "chamber_name",
    "title",
    "district",
    "division_id",
    "num_seats",
)
GEOID_COLUMNS = ("layer", "geoid", "ocd_division")
_MODULE = re.compile(r"openstates/metadata/data/\w+\.py$")
_PARAMETERS = {
    "District": ("name", "chamber_type", "division_id", "num_seats", "title_override"),
    "simple_numbered_districts": ("parent_id", "chamber_type", "total", "num_seats"),
}
Row = dict[str, str]


def district_rows(path: Path) -> list[Row]:
    """From districts_metadata.csv, from the package openstates-*.whl or from the repository
    openstates-core. Raises Refused.
    """
    if ".csv" in path.name:
        return read_table(path, DISTRICT_COLUMNS)
    with reading(path):
        modules = [
            ast.parse(content, name)
            for name, content in files_within(path, ".py", lambda name: bool(_MODULE.search(name)))
        ]
        rows = [row for module in modules for row in _rows_of_module(module)]
    if len(rows) < 2:
        raise Refused(f"{path.name}: it holds no openstates/metadata/data")
    return rows


def geoid_rows(path: Path) -> list[Row]:
    """From tiger_geoid_to_ocd.csv or from the repository openstates-geo as an archive.

    Raises Refused.
    """
    if ".csv" in path.name:
        return read_table(path, GEOID_COLUMNS)
    with reading(path):
        configs = [
            read_yaml(content)
            for name, content in files_within(path, ".yml")
            if "configs/jurisdictions/" in name
        ]
        rows = [row for config in configs for row in _rows_of_config(config)]
    if not rows:
        raise Refused(f"{path.name}: it holds no configs/jurisdictions")
    return rows


def _rows_of_module(module: ast.Module) -> Iterator[Row]:
    """A state's module assigns one State(...); that of the United States also counts the districts
    of every state.
    """
    for statement in module.body:
        if not isinstance(statement, ast.Assign):
            continue
        if getattr(statement.targets[0], "id", "") == "seats_by_state":
            yield from _congress(ast.literal_eval(statement.value), module)
        elif (
            isinstance(statement.value, ast.Call)
            and getattr(statement.value.func, "id", "") == "State"
        ):
            given = _keywords(statement.value)
            if ast.literal_eval(given["abbr"]) not in ("US", "ZA"):
                yield from _state(given)


def _state(given: dict[str, ast.expr]) -> Iterator[Row]:
    abbr, fips = ast.literal_eval(given["abbr"]), ast.literal_eval(given["fips"])
    for name in ("lower", "upper", "legislature"):
        chamber = given.get(name)
        if not isinstance(chamber, ast.Call):
            continue
        facts = _keywords(chamber)
        kind, title = ast.literal_eval(facts["chamber_type"]), ast.literal_eval(facts["title"])
        about = {
            "state": abbr,
            "fips": fips,
            "chamber": kind,
            "chamber_name": ast.literal_eval(facts["name"]),
            "title": title,
        }
        for district in _districts(facts["districts"]):
            yield about | district | {"title": district["title"] or title}


def _districts(listed: ast.expr) -> Iterator[Row]:
    """A list of District(...), simple_numbered_districts(...), or a sum of such."""
    if isinstance(listed, ast.BinOp):
        yield from _districts(listed.left)
        yield from _districts(listed.right)
    elif isinstance(listed, ast.List):
        for call in listed.elts:
            one = _arguments(call)
            seats, title = one.get("num_seats", "1"), one.get("title_override", "")
            yield {
                "district": one["name"],
                "division_id": one["division_id"],
                "num_seats": seats,
                "title": title,
            }
    else:
        yield from _numbered(_arguments(listed))


def _numbered(every: Row) -> Iterator[Row]:
    prefix = "sldl" if every["chamber_type"] == "lower" else "sldu"
    for number in range(1, int(every["total"]) + 1):
        division = f"{every['parent_id']}/{prefix}:{number}"
        yield {
            "district": str(number),
            "division_id": division,
            "num_seats": every.get("num_seats", "1"),
            "title": "",
        }


def _congress(counts: dict[str, int], module: ast.Module) -> Iterator[Row]:
    """Two senators a state, and its districts; at-large states and delegates are named like
    "VT-AL".
    """
    house = {
        "state": "US",
        "fips": "00",
        "chamber": "lower",
        "chamber_name": "House",
        "num_seats": "1",
    }
    for state, count in counts.items():
        division = f"ocd-division/country:us/state:{state.lower()}"
        senate = {
            "chamber": "upper",
            "chamber_name": "Senate",
            "title": "Senator",
            "district": state,
            "division_id": division,
        }
        yield house | senate | {"num_seats": "2"}
        for number in ["AL"] if count == 1 else range(1, count + 1):
            tail = "at-large" if number == "AL" else number
            yield house | {
                "title": "Representative",
                "district": f"{state}-{number}",
                "division_id": f"{division}/cd:{tail}",
            }
    calls = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "District"
    ]
    for one in (_arguments(call) for call in calls if isinstance(call.args[0], ast.Constant)):
        title = one.get("title_override", "Delegate")
        yield house | {"title": title, "district": one["name"], "division_id": one["division_id"]}


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def _arguments(call: ast.expr) -> Row:
    if not isinstance(call, ast.Call):
        raise ValueError(f"line {call.lineno}: a district is not written as a call")
    names = _PARAMETERS[getattr(call.func, "id", "")]
    given = dict(zip(names, call.args, strict=False)) | _keywords(call)
    return {name: str(ast.literal_eval(value)) for name, value in given.items()}


def _rows_of_config(config: dict[str, object]) -> Iterator[Row]:
    """Districts named one by one.

    Elsewhere the division follows from the number, which maps.Divisions does by itself.
    """
    mappings: Any = config.get("id-mappings") or {}
    for each in mappings.get("custom") or ():
        if "sld-id" not in each:  # a district that is no more
            continue
        layer, _, geoid = str(each["sld-id"]).partition("-")
        yield {"layer": layer, "geoid": geoid, "ocd_division": each["os-id"]}
