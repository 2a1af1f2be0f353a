"""Draw a boundary index from polygons (`verifying` then holds it against GEOS). Import time only.

The plane is cut into square cells, each into sixteen again, until a cell holds few lines. A cell
without lines names its districts; a leaf keeps the districts at its lower left corner and the lines
in it, each with the pair of neighbours it parts, so that a line shared by two districts is kept and
tested once. All arithmetic is on whole numbers: the answer is exact, not nearly so.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import shapely

from legislators.maps.boundaries import HEADER, LEAF, MAGIC, NODE, UNITS, Area

ROOT_SHIFT = 23  # a root cell is 2^23 units wide: 0.84 degrees
SMALLEST_SHIFT = 5
LINES_IN_LEAF = 16
Lines = np.ndarray  # rows of x1, y1, x2, y2, set of neighbours; (y1, x1) < (y2, x2)


@dataclass(frozen=True)
class Drawing:
    """A district to be drawn; its geometry in index units."""

    area: Area
    geometry: shapely.Geometry


def drawing(area: Area, geometry: shapely.Geometry) -> Drawing:
    """From degrees to index units. What rounding or the source left invalid is made valid."""
    # Rounded once, here: from now on our arithmetic and GEOS' speak of the same numbers.
    scaled = shapely.transform(geometry, lambda points: np.rint(points * UNITS))
    return Drawing(area, scaled if shapely.is_valid(scaled) else _mended(scaled))


def _mended(geometry: shapely.Geometry) -> shapely.Geometry:
    """A valid polygon whose corners are whole numbers again, without the points and lines that
    mending may leave over.
    """
    whole = shapely.set_precision(
        shapely.make_valid(geometry, method="structure", keep_collapsed=False), 1
    )
    parts = shapely.get_parts(whole)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def draw(drawings: Sequence[Drawing]) -> bytes:
    """The index file of these districts. The same drawings always give the same bytes."""
    return _Builder(drawings).build()


class _Builder:
    def __init__(self, drawings: Sequence[Drawing]) -> None:
        self.drawings = drawings
        self.sets: list[frozenset[int]] = [frozenset()]
        self.numbers: dict[frozenset[int], int] = {frozenset(): 0}
        self.flips: dict[tuple[int, int], int] = {}
        self.out = array("i")

    def build(self) -> bytes:
        lines = self._lines()
        left, bottom, columns, rows = _grid(lines)
        corners = self._corners(lines, left, bottom, columns, rows)
        self.out.extend(_zeros(columns * rows))
        for row, column, members in self._root_cells(lines, left, bottom, columns, rows):
            x, y = left + (column << ROOT_SHIFT), bottom + (row << ROOT_SHIFT)
            self.out[row * columns + column] = self._cell(
                members, x, y, ROOT_SHIFT, corners[row][column]
            )
        for row in range(rows):
            for column in range(columns):
                if not self.out[row * columns + column]:
                    self.out[row * columns + column] = corners[row][column] << 2
        return self._file([left, bottom, ROOT_SHIFT, columns, rows])

    def _file(self, grid: list[int]) -> bytes:
        """Header, cells and leaves, the sets' starts and members, the areas' starts, their text,
        the head.
        """
        head = {"grid": grid, "sets": len(self.out)}
        self.out.extend(_starts([len(members) for members in self.sets]))
        head["members"] = len(self.out)
        self.out.extend(member for members in self.sets for member in sorted(members))
        lines = [
            "\t".join(part.replace("\t", " ") for part in each.area).encode()
            for each in self.drawings
        ]
        head["areas"] = len(self.out)
        self.out.extend(_starts([len(line) for line in lines]))
        text_at = HEADER + 4 * len(self.out)
        head_at = text_at + sum(len(line) for line in lines)
        header = MAGIC + text_at.to_bytes(8, "little") + head_at.to_bytes(8, "little")
        return header + self.out.tobytes() + b"".join(lines) + json.dumps(head).encode()

    def _lines(self) -> Lines:
        """Every line once, with the set of districts it parts from the rest."""
        parts = []
        for owner, each in enumerate(self.drawings):
            for ring in shapely.get_rings(shapely.get_parts([each.geometry])):
                points = shapely.get_coordinates(ring).astype(np.int64)
                parts.append(
                    np.column_stack([points[:-1], points[1:], np.full(len(points) - 1, owner)])
                )
        lines = np.concatenate(parts)
        backwards = (lines[:, 1] > lines[:, 3]) | (
            (lines[:, 1] == lines[:, 3]) & (lines[:, 0] > lines[:, 2])
        )
        lines[backwards] = lines[backwards][:, [2, 3, 0, 1, 4]]
        # Rounding may leave a line without length.
        lines = lines[(lines[:, 0] != lines[:, 2]) | (lines[:, 1] != lines[:, 3])]
        return self._joined(lines[np.lexsort(lines.T[[4, 3, 2, 1, 0]])])

    def _joined(self, lines: Lines) -> Lines:
        starts = np.flatnonzero(np.r_[True, (lines[1:, :4] != lines[:-1, :4]).any(axis=1)])
        owners = lines[:, 4].tolist()
        kept = lines[starts].copy()
        for i, (start, end) in enumerate(
            zip(starts.tolist(), [*starts[1:].tolist(), len(lines)], strict=True)
        ):
            parted: frozenset[int] = frozenset()
            for owner in owners[start:end]:
                # Drawn twice by one district, it parts nothing of it.
                parted ^= {owner}
            kept[i, 4] = self._number(parted)
        return kept[kept[:, 4] != 0]

    def _number(self, members: frozenset[int]) -> int:
        if members not in self.numbers:
            self.numbers[members] = len(self.sets)
            self.sets.append(members)
        return self.numbers[members]

    def _flip(self, members: int, neighbours: Iterable[int]) -> int:
        for pair in neighbours:
            if (members, pair) not in self.flips:
                self.flips[members, pair] = self._number(self.sets[members] ^ self.sets[pair])
            members = self.flips[members, pair]
        return members

    def _corners(
        self, lines: Lines, left: int, bottom: int, columns: int, rows: int
    ) -> list[list[int]]:
        """The set of districts at the lower left corner of every root cell, by counting lines from
        the far west.
        """
        corners = []
        for row in range(rows):
            y = bottom + (row << ROOT_SHIFT)
            spanning = lines[(lines[:, 1] <= y) & (y < lines[:, 3])]
            # Rounded up: the first column whose corner lies on the line or east of it.
            from_column = -((left - _meets(spanning, y)) >> ROOT_SHIFT)
            found, members = [0] * columns, 0
            events: dict[int, list[int]] = {}
            for column, pair in zip(from_column.tolist(), spanning[:, 4].tolist(), strict=True):
                events.setdefault(max(column, 0), []).append(pair)
            for column in range(columns):
                members = self._flip(members, events.get(column, ()))
                found[column] = members
            corners.append(found)
        return corners

    def _root_cells(
        self, lines: Lines, left: int, bottom: int, columns: int, rows: int
    ) -> Iterable[tuple[int, int, Lines]]:
        low_column = (np.minimum(lines[:, 0], lines[:, 2]) - left) >> ROOT_SHIFT
        high_column = (np.maximum(lines[:, 0], lines[:, 2]) - left) >> ROOT_SHIFT
        low_row, high_row = (
            (lines[:, 1] - bottom) >> ROOT_SHIFT,
            (lines[:, 3] - bottom) >> ROOT_SHIFT,
        )
        cells: dict[tuple[int, int], list[int]] = {}
        spans = zip(
            low_row.tolist(),
            high_row.tolist(),
            low_column.tolist(),
            high_column.tolist(),
            strict=True,
        )
        for i, (row, last_row, column, last_column) in enumerate(spans):
            if row == last_row and column == last_column:
                cells.setdefault((row, column), []).append(i)
                continue
            for r in range(row, last_row + 1):
                for c in range(column, last_column + 1):
                    cells.setdefault((r, c), []).append(i)
        for (row, column), members in sorted(cells.items()):
            yield row, column, lines[members]

    def _cell(self, lines: Lines, x: int, y: int, shift: int, corner: int) -> int:
        if len(lines) <= 2 * LINES_IN_LEAF or shift <= SMALLEST_SHIFT:
            leaf, level = self._leaf(lines.tolist(), x, y, 1 << shift, corner)
            if len(leaf) == 3 and not level:
                return corner << 2
            if len(leaf) <= 12 + 4 * LINES_IN_LEAF or shift <= SMALLEST_SHIFT:
                at = len(self.out)
                self.out.extend([*leaf, len(level) // 5, *level])
                return at << 2 | LEAF
        at = len(self.out)
        self.out.extend(_zeros(16))
        corners = self._child_corners(lines, x, y, shift - 2, corner)
        near = _near(lines, x, y, shift - 2)
        for child in range(16):
            row, column = child >> 2, child & 3
            inside = lines[near[column, row]]
            cx, cy = x + (column << shift - 2), y + (row << shift - 2)
            self.out[at + child] = (
                self._cell(inside, cx, cy, shift - 2, corners[child])
                if len(inside)
                else corners[child] << 2
            )
        return at << 2 | NODE

    def _child_corners(self, lines: Lines, x: int, y: int, shift: int, corner: int) -> list[int]:
        """Up the parent's left side, then along each child row: every line crossed changes the
        set.
        """
        corners = []
        pairs = lines[:, 4]
        upright = lines[
            (np.minimum(lines[:, 0], lines[:, 2]) <= x) & (x < np.maximum(lines[:, 0], lines[:, 2]))
        ]
        steps = _steps(upright, x)
        for row in range(4):
            height = y + (row << shift)
            members = self._flip(corner, upright[(y < steps) & (steps <= height), 4].tolist())
            spanning = (lines[:, 1] <= height) & (height < lines[:, 3])
            meets, parted = _meets(lines[spanning], height), pairs[spanning]
            corners += [
                self._flip(members, parted[(x < meets) & (meets <= x + (column << shift))].tolist())
                for column in range(4)
            ]
        return corners

    def _leaf(
        self, lines: list[list[int]], x: int, y: int, width: int, corner: int
    ) -> tuple[list[int], list[int]]:
        """As boundaries.Index reads it, three numbers long when no line decides anything here; and
        the lines that do not.
        """
        level: list[int] = []
        steps: list[tuple[int, int]] = []
        groups: dict[int, tuple[list[int], list[int]]] = {}
        for x1, y1, x2, y2, pair in lines:
            if min(x1, x2) <= x < max(x1, x2):
                step = _step(x1, y1, x2, y2, x)
                if y < step < y + width:
                    steps.append((step, pair))
            low, high = max(y1, y), min(y2, y + width)
            # It only touches the cell: kept for distances, and parts nothing here.
            if low >= high:
                level += [pair, x1, y1, x2, y2]
                continue
            first, last = _meet(x1, y1, x2, y2, low), _meet(x1, y1, x2, y2, high - 1)
            if max(first, last) <= x or min(first, last) >= x + width:
                level += [pair, x1, y1, x2, y2]
                continue
            whole, cut = groups.setdefault(pair, ([], []))
            # East of the left side in every row, or only in some: those are written beside it.
            if min(first, last) > x:
                whole += [x1, y1, x2, y2]
            else:
                cut += [x1, y1, x2, y2, *_rows_right_of(x1, y1, x2, y2, x, low, high)]
        leaf = [0, corner, 0]
        members = corner
        for height, pair in sorted(steps):
            members = self._flip(members, [pair])
            if leaf[2] and leaf[-2] == height:
                leaf[-1] = members
            else:
                leaf += [height, members]
                leaf[2] += 1
        for pair, (whole, cut) in sorted(groups.items()):
            leaf += [pair, len(whole) // 4, len(cut) // 6, *whole, *cut]
        leaf[0] = len(leaf)
        return leaf, level


def _starts(lengths: list[int]) -> list[int]:
    return [0, *accumulate(lengths)]


def _zeros(ints: int) -> array[int]:
    return array("i", bytes(4 * ints))


def _grid(lines: Lines) -> tuple[int, int, int, int]:
    left, bottom = (
        int(min(lines[:, i].min(), lines[:, i + 2].min())) >> ROOT_SHIFT << ROOT_SHIFT
        for i in (0, 1)
    )
    right, top = (int(max(lines[:, i].max(), lines[:, i + 2].max())) for i in (0, 1))
    return left, bottom, ((right - left) >> ROOT_SHIFT) + 1, ((top - bottom) >> ROOT_SHIFT) + 1


def _meets(lines: Lines, y: int) -> np.ndarray:
    """For lines that span height y: the least whole x that is on the line or east of it."""
    x1, y1, x2, y2 = lines[:, 0], lines[:, 1], lines[:, 2], lines[:, 3]
    return x1 - (-(y - y1) * (x2 - x1)) // (y2 - y1)


def _meet(x1: int, y1: int, x2: int, y2: int, y: int) -> int:
    return x1 - (-(y - y1) * (x2 - x1)) // (y2 - y1)


def _steps(lines: Lines, x: int) -> np.ndarray:
    """For lines that span x: the least whole y that lies above the line, a hair east of x."""
    x1, y1, x2, y2 = lines[:, 0], lines[:, 1], lines[:, 2], lines[:, 3]
    below, rest = np.divmod((x - x1) * (y2 - y1), x2 - x1)
    return y1 + below + ((rest != 0) | ((y2 > y1) & (x2 > x1)))


def _step(x1: int, y1: int, x2: int, y2: int, x: int) -> int:
    below, rest = divmod((x - x1) * (y2 - y1), x2 - x1)
    return y1 + below + bool(rest or (y2 > y1 and x2 > x1))


def _rows_right_of(
    x1: int, y1: int, x2: int, y2: int, x: int, low: int, high: int
) -> tuple[int, int]:
    """Of the rows low..high-1, those in which this line lies east of x."""
    if x2 > x1:
        return max(low, y1 + (x - x1) * (y2 - y1) // (x2 - x1) + 1), high
    return low, min(high, y1 - (-(x - x1) * (y2 - y1)) // (x2 - x1))


def _near(lines: Lines, x: int, y: int, shift: int) -> np.ndarray:
    """[column, row, line]: whether a line touches that child cell, its edges included."""
    x1, y1, x2, y2 = (lines[:, i] for i in range(4))
    xs, ys = x + (np.arange(5)[:, None] << shift), y + (np.arange(5)[:, None] << shift)
    in_column = (np.minimum(x1, x2) <= xs[1:]) & (np.maximum(x1, x2) >= xs[:-1])
    in_row = (y1 <= ys[1:]) & (y2 >= ys[:-1])
    side = ((xs - x1) * (y2 - y1))[:, None] - ((ys - y1) * (x2 - x1))[None]
    corners = np.stack([side[:-1, :-1], side[1:, :-1], side[:-1, 1:], side[1:, 1:]])
    return (
        in_column[:, None] & in_row[None] & (corners.min(axis=0) <= 0) & (corners.max(axis=0) >= 0)
    )
