"""The states as people know them on a map, a tile each. SVG of ours, coloured by classes."""

from __future__ import annotations

from collections.abc import Iterable

TILE = 64
WIDTH = 12 * TILE
# Row by row, two characters a tile.
PLACES = """
AK....................ME
....................VTNH
WAIDMTNDMNILWIMINYRIMA..
ORNVWYSDIAINOHPANJCT....
CAUTCONEMOKYWVVAMDDE....
..AZNMKSARTNNCSCDC......
........OKLAMSALGA......
HI......TX........FL....
"""


def places(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(column, row) of every state of the map, and in a last row of those of `codes` that lie on
    none: made-up ones too.
    """
    found = {
        line[at : at + 2]: (at // 2, down)
        for down, line in enumerate(PLACES.split())
        for at in range(0, len(line), 2)
        if line[at] != "."
    }
    others = [code for code in sorted(codes) if code not in found]
    last = max(y for _x, y in found.values()) + 1
    return found | {code: (at, last) for at, code in enumerate(others)}
