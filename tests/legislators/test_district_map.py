"""The small map shows what the index knows, from the lines alone: every district filled where it
lies and nowhere else, and light enough to stand in a page.
"""

import datetime as dt
import random

import pytest
import shapely

from legislators.maps.boundaries import UNITS, open_index, store_index
from legislators.maps.district_map import HEIGHT, WIDTH, draw
from legislators.maps.indexing import draw as draw_index
from legislators.maps.indexing import drawing
from legislators.maps.outlines import Frame, Outlines
from tests.legislators.toymaps import area, stars

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 30)


def index_of(shapes):
    content = draw_index([drawing(area(name), shape) for name, shape in shapes.items()])
    return open_index(store_index(content))


def frame(west, south, east, north, size=2_000):
    degrees = (west, south, east, north)
    return Frame(*(round(each * UNITS) for each in degrees), size, size)


def filled(rings, x, y):
    """As a browser fills a path with the even-odd rule."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("seed", range(4))
def test_each_district_is_filled_where_it_lies_and_nowhere_else(seed):
    shapes = stars(seed)
    index, box = index_of(shapes), frame(-0.4, -0.3, 1.1, 1.2)
    outlines = Outlines(index, box, tolerance=0.0)
    lines = shapely.union_all([shape.boundary for shape in shapes.values()])
    numbers = {index.area(n).division: n for n in range(len(shapes))}
    source = random.Random(seed)

    asked = 0
    for _ in range(400):
        across, down = source.random(), source.random()
        x, y = box.at(across, down)
        if lines.distance(shapely.Point(x / UNITS, y / UNITS)) < 0.003:
            continue  # within two points of the picture, lines are where they are rounded to
        asked += 1
        here = {
            name
            for name, number in numbers.items()
            if filled(outlines.rings(number), across * box.width, down * box.height)
        }
        assert here == {each.division for each in index.covering(y / UNITS, x / UNITS)}
    assert asked > 200


def test_a_hole_stays_empty_and_an_island_in_it_is_its_own():
    outer = shapely.box(0, 0, 1, 1) - shapely.box(0.4, 0.4, 0.6, 0.6)
    index = index_of({"around": outer, "within": shapely.box(0.4, 0.4, 0.6, 0.6)})
    outlines = Outlines(index, frame(-0.1, -0.1, 1.1, 1.1), tolerance=1.0)
    around = next(n for n in (0, 1) if index.area(n).division == "around")

    assert filled(outlines.rings(around), 1_500, 300)
    assert not filled(outlines.rings(around), 1_000, 1_000)
    assert filled(outlines.rings(1 - around), 1_000, 1_000)


def test_the_map_has_each_candidate_its_neighbours_and_the_middle():
    shapes = {"1": shapely.box(0, 0, 1, 1), "2": shapely.box(1, 0, 2, 1)}
    shapes |= {"3": shapely.box(0, 1, 1.01, 2), "4": shapely.box(1.01, 1, 2, 2)}
    picture = draw(index_of(shapes), 0.97, 0.96, ("1", "2"))

    assert [shape.division for shape in picture.shapes] == ["1", "2"]
    assert all(shape.path and shape.label_at for shape in picture.shapes)
    assert {each.code for each in picture.neighbours} == {"3", "4"}
    assert picture.middle == (WIDTH // 2, HEIGHT // 2)
    one, two = (shape.label_at for shape in picture.shapes)
    assert one[0] < two[0]


def test_a_candidate_too_far_away_is_left_off_the_map():
    shapes = {"near": shapely.box(0, 0, 1, 1), "far": shapely.box(8, 0, 9, 1)}
    picture = draw(index_of(shapes), 0.5, 0.5, ("near", "far"))

    assert [bool(shape.path) for shape in picture.shapes] == [True, False]
    assert picture.far_away


def test_a_map_of_many_lines_stays_small():
    source = random.Random(7)
    coast = [(0.5 + source.random() / 50, n / 4_000) for n in range(4_001)]
    west = shapely.Polygon([(0, 0), *coast, (0, 1)])
    index = index_of({"1": west, "2": shapely.box(0, 0, 1, 1) - west})
    picture = draw(index, 0.5, 0.5, ("1", "2"))

    assert sum(len(shape.path) for shape in picture.shapes) + len(picture.borders) < 12_000
