import random

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from legislators import franklin
from legislators.maps.boundaries import (
    UNITS,
    Index,
    IndexUnavailable,
    open_index,
    store_index,
)
from legislators.maps.indexing import draw, drawing
from legislators.maps.verifying import verify
from legislators.models import BoundaryFile
from tests.legislators.toymaps import area, stars


def index_of(tmp_path, shapes):
    """An index of {name: geometry in degrees}."""
    path = tmp_path / "test.idx"
    path.write_bytes(draw([drawing(area(name), shape) for name, shape in shapes.items()]))
    return Index(path)


def names(index, lat, lon):
    return [found.code for found in index.covering(lat, lon)]


def test_squares_side_by_side_and_the_sea_around_them(tmp_path):
    index = index_of(tmp_path, {"west": shapely.box(0, 0, 1, 1), "east": shapely.box(1, 0, 2, 1)})

    assert names(index, 0.5, 0.5) == ["west"]
    assert names(index, 0.5, 1.5) == ["east"]
    assert names(index, 0.5, 2.5) == names(index, -0.5, 0.5) == names(index, 80, 170) == []


def test_a_line_belongs_to_one_side_only(tmp_path):
    index = index_of(
        tmp_path,
        {
            "sw": shapely.box(0, 0, 1, 1),
            "se": shapely.box(1, 0, 2, 1),
            "n": shapely.box(0, 1, 2, 2),
        },
    )

    assert names(index, 0.5, 1) == ["se"]
    assert names(index, 1, 0.5) == names(index, 1, 1) == names(index, 1, 1.5) == ["n"]


def test_a_hole_is_not_inside(tmp_path):
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    index = index_of(tmp_path, {"ring": ring, "island": shapely.box(1.2, 1.2, 1.4, 1.4)})

    assert names(index, 1.8, 1.8) == []
    assert names(index, 1.3, 1.3) == ["island"]
    assert names(index, 2.5, 2.5) == ["ring"]


def test_where_the_source_overlaps_both_are_named(tmp_path):
    index = index_of(tmp_path, {"a": shapely.box(0, 0, 2, 1), "b": shapely.box(1, 0, 3, 1)})

    assert names(index, 0.5, 1.5) == ["a", "b"]


def test_a_corner_one_unit_inside_counts(tmp_path):
    index = index_of(tmp_path, {"a": shapely.box(0, 0, 1, 1)})
    unit = 1 / UNITS

    assert names(index, 1 - unit, 1 - unit) == ["a"]
    assert names(index, 1 - unit, 1 + unit) == []


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_index_is_geos_on_any_map(tmp_path_factory, seed):
    shapes = stars(seed)
    drawings = [drawing(area(name), shape) for name, shape in shapes.items()]
    path = tmp_path_factory.mktemp("stars") / "x.idx"
    path.write_bytes(draw(drawings))

    verdict = verify(Index(path), drawings, points=3_000, seed=seed)

    assert verdict.wrong == []
    assert verdict.overlaps == 0


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_point_of_a_tiled_map_even_on_a_line_or_corner_is_in_at_most_one_district(
    tmp_path_factory, seed
):
    shapes = stars(seed)
    path = tmp_path_factory.mktemp("stars") / "x.idx"
    path.write_bytes(draw([drawing(area(name), shape) for name, shape in shapes.items()]))
    index = Index(path)

    corners = shapely.get_coordinates(list(shapes.values()))
    for lon, lat in np.concatenate([corners, (corners[1:] + corners[:-1]) / 2]):
        assert len(index.covering(lat, lon)) <= 1


def test_the_same_map_always_draws_the_same_file():
    drawings = [drawing(area(name), shape) for name, shape in stars(7).items()]
    assert draw(drawings) == draw(drawings)


def test_a_planted_defect_in_an_index_is_found_by_the_check(tmp_path):
    right = [
        drawing(area(name), shape)
        for name, shape in {"a": shapely.box(0, 0, 1, 1), "b": shapely.box(1, 0, 2, 1)}.items()
    ]
    wrong = [
        drawing(area(name), shape)
        for name, shape in {
            "a": shapely.box(0, 0, 1.01, 1),
            "b": shapely.box(1.01, 0, 2, 1),
        }.items()
    ]
    path = tmp_path / "wrong.idx"
    path.write_bytes(draw(wrong))

    assert verify(Index(path), right, points=5_000).wrong


@pytest.mark.django_db
def test_an_index_is_laid_out_from_the_database_when_this_machine_lacks_it(tmp_path, settings):
    sha256 = store_index(draw([drawing(area("a"), shapely.box(0, 0, 1, 1))]))

    assert names(open_index(sha256), 0.5, 0.5) == ["a"]
    assert (settings.VAR_DIR / "boundaries" / f"{sha256}.idx").exists()


@pytest.mark.django_db
def test_a_damaged_or_missing_index_is_never_used():
    sha256 = store_index(draw([drawing(area("a"), shapely.box(0, 0, 1, 1))]))
    BoundaryFile.objects.filter(pk=sha256).update(content=b"not zlib")

    with pytest.raises(IndexUnavailable):
        open_index(sha256)
    with pytest.raises(IndexUnavailable):
        open_index("0" * 64)


def test_franklins_points_lie_where_shapely_says(tmp_path):
    shapes = {}
    for cell in franklin.grounds():
        shapes.setdefault(str(cell.house), []).append(shapely.Polygon(cell.corners))
    shapes = {name: shapely.union_all(parts) for name, parts in shapes.items()}
    index = index_of(tmp_path, shapes)
    source = random.Random(2)

    for _ in range(3_000):
        lon, lat = (
            franklin.WEST + 1.7 * source.random() - 0.05,
            franklin.SOUTH + 1.3 * source.random() - 0.05,
        )
        assert names(index, lat, lon) == [
            name for name, shape in shapes.items() if shape.covers(shapely.Point(lon, lat))
        ]
