"""Waves as arcs from state to state, over the tiles of the states. SVG of ours."""

from __future__ import annotations

import math
from typing import NamedTuple

from campaigns.impact.waves import Step, Wave
from campaigns.state_tiles import TILE, WIDTH, places

HALF = 30
# Where an arc ends, from the middle of its tile: at the rim.
RIM = 34
# How far apart states lie that are on no map: made-up ones.
APART = 4
DEEPEST = 5


class Tile(NamedTuple):
    code: str
    name: str
    """Blank where the map is crowded."""
    x: int
    y: int
    kind: str
    """ "law", "begun" or "none"."""
    begins: bool


class Arc(NamedTuple):
    path: str
    depth: int
    """1 for the first way of a wave."""


class WaveMap(NamedTuple):
    tiles: list[Tile]
    arcs: list[Arc]
    width: int
    height: int


def wave_map(found: list[Wave]) -> WaveMap:
    """No query. Where all states are made up, they lie beside each other by themselves."""
    steps = [step for wave in found for step in wave.steps]
    names = {step.code: step.state for step in steps}
    where = places(names)
    is_crowded = any(code in places(()) for code in names)
    if not is_crowded:
        where = {code: (1 + APART * at, 1) for at, code in enumerate(in_time(steps))}
    laws = {step.code for step in steps if step.laws}
    begun = {wave.root.code for wave in found}
    tiles = [
        Tile(
            code,
            "" if is_crowded else names[code],
            x * TILE,
            y * TILE,
            "law" if code in laws else "begun" if code in names else "none",
            code in begun,
        )
        for code, (x, y) in where.items()
    ]
    arcs = [arc for at, wave in enumerate(found) for arc in ways(wave.root, where, at)]
    width = WIDTH if is_crowded else (APART * (len(names) - 1) + 3) * TILE
    return WaveMap(tiles, arcs, width, (2 + max(y for _x, y in where.values())) * TILE)


def in_time(steps: list[Step]) -> list[str]:
    """The states, the one where something began first first."""
    began = sorted(steps, key=lambda step: (str(step.campaign.launched_at or "-"), step.code))
    return list(dict.fromkeys(step.code for step in began))


def ways(step: Step, where: dict[str, tuple[int, int]], wave: int, depth: int = 1) -> list[Arc]:
    """From it to those that came of it, and on."""
    found = []
    for following in step.next:
        if step.code != following.code:
            # Two waves between the same states are two lines.
            bend = 0.2 + 0.12 * (wave % 3)
            path = arc(where[step.code], where[following.code], bend)
            found.append(Arc(path, min(depth, DEEPEST)))
        found += ways(following, where, wave, depth + 1)
    return found


def arc(one: tuple[int, int], other: tuple[int, int], bend: float) -> str:
    """A curve from rim to rim, bent upwards."""
    x1, y1 = (at * TILE + HALF for at in one)
    x2, y2 = (at * TILE + HALF for at in other)
    across, down = x2 - x1, y2 - y1
    side = 1 if across >= 0 else -1
    cx = (x1 + x2) / 2 + side * bend * down
    cy = (y1 + y2) / 2 - side * bend * across
    ax, ay = towards(x1, y1, cx, cy)
    bx, by = towards(x2, y2, cx, cy)
    return f"M{ax:.0f} {ay:.0f}Q{cx:.0f} {cy:.0f} {bx:.0f} {by:.0f}"


def towards(x: float, y: float, cx: float, cy: float) -> tuple[float, float]:
    far = math.hypot(cx - x, cy - y) or 1
    return x + (cx - x) * RIM / far, y + (cy - y) * RIM / far
