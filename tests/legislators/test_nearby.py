import datetime as dt

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from legislators.maps.boundaries import store_index
from legislators.maps.indexing import draw, drawing
from legislators.maps.nearby import (
    METRES_PER_UNIT,
    UNITS,
    districts_near,
    districts_within,
)
from legislators.models import Edition, MapInForce
from tests.legislators.toymaps import area, stars

DEGREE_M = METRES_PER_UNIT * UNITS
pytestmark = pytest.mark.django_db


def in_force(layer="cd", states=("FK",), **shapes):
    """A map in force of {name: geometry in degrees}; a name like "DC_1" lies in DC."""
    areas = {
        name: area(name)._replace(state=name.split("_")[0] if "_" in name else "FK")
        for name in shapes
    }
    sha256 = store_index(draw([drawing(areas[name], shape) for name, shape in shapes.items()]))
    edition = Edition.objects.create(
        layer=layer,
        name=layer,
        states=list(states),
        valid_from=dt.date(2025, 1, 3),
        index_sha256=sha256,
    )
    return MapInForce(edition, frozenset(states))


def named(hits):
    return [(hit.area.code, round(hit.metres)) for hit in hits]


def test_the_second_nearest_is_as_far_as_a_point_may_be_wrong():
    maps = [
        in_force(
            west=shapely.box(0, 0, 1, 1),
            east=shapely.box(1, 0, 2, 1),
            north=shapely.box(0, 1, 2, 2),
        )
    ]

    assert named(districts_within(0.5, 0.999, maps, 500)) == [("west", 0), ("east", 111)]
    assert named(districts_within(0.9995, 1.5, maps, 500)) == [("east", 0), ("north", 56)]
    assert named(districts_within(0.5, 0.5, maps, 500)) == [("west", 0)]


def test_a_shore_is_no_neighbour_but_another_state_is():
    maps = [
        in_force(
            states=["FK", "MD"], east=shapely.box(0, 0, 1, 1), MD_1=shapely.box(1.0001, 0, 2, 1)
        )
    ]

    assert named(districts_within(0.0001, 0.5, maps, 500)) == [("east", 0)]
    assert named(districts_within(0.5, 0.9999, maps, 500)) == [("east", 0), ("MD_1", 22)]


def test_where_districts_overlap_both_are_at_no_distance():
    maps = [in_force(a=shapely.box(0, 0, 2, 1), b=shapely.box(1, 0, 3, 1))]

    assert named(districts_within(0.5, 1.5, maps, 500)) == [("a", 0), ("b", 0)]
    assert districts_within(5, 5, maps, 500) == []


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), reach=st.sampled_from([50, 1_000, 20_000]))
def test_every_distance_is_the_one_that_shapely_measures(seed, reach):
    shapes = stars(seed)
    maps = [in_force(**{f"s{name}": shape for name, shape in shapes.items()})]
    source = np.random.default_rng(seed)
    corners = shapely.get_coordinates(list(shapes.values()))
    near = (
        corners[source.integers(len(corners), size=40)]
        + source.normal(scale=1 / DEGREE_M, size=(40, 2)) * reach
    )
    for lon, lat in np.round(near, 7):
        scale = [DEGREE_M * np.cos(np.radians(lat)), DEGREE_M]
        plane = {
            f"s{name}": shapely.transform(
                shape, lambda points, at=(lon, lat), by=scale: (points - at) * by
            )
            for name, shape in shapes.items()
        }
        expected = {name: shape.distance(shapely.Point(0, 0)) for name, shape in plane.items()}
        found = {hit.area.code: hit.metres for hit in districts_within(lat, lon, maps, reach)}
        assert {name for name, metres in expected.items() if metres < reach - 0.1} <= set(found)
        assert found == pytest.approx({name: expected[name] for name in found}, abs=0.1)


def test_long_level_lines_far_from_their_ends_are_measured_too():
    strip = shapely.box(0, 0, 30, 1)
    maps = [
        in_force(
            south=strip,
            north=shapely.box(0, 1, 30, 2),
            tilted=shapely.Polygon([(0, 2), (30, 2), (30, 2.000001), (0, 3)]),
        )
    ]

    assert named(districts_within(0.999, 17.3, maps, 200)) == [("south", 0), ("north", 111)]
    assert named(districts_within(-0.001, 17.3, maps, 200)) == [("south", 111)]


def test_a_pier_gets_the_nearest_district_and_how_far_off_it_is():
    maps = [in_force(a=shapely.box(0, 0, 1, 1), b=shapely.box(1, 0, 2, 1))]

    assert named(districts_near(-0.001, 0.5, maps)) == [("a", 111)]
    assert named(districts_near(0.5, 0.5, maps)) == [("a", 0)]
    assert districts_near(-0.02, 0.5, maps) == []


def test_a_pier_between_two_districts_gets_both():
    maps = [in_force(a=shapely.box(0, 0, 1, 1), b=shapely.box(1.002, 0, 2, 1))]

    assert named(districts_near(0.5, 1.0009, maps)) == [("a", 100), ("b", 122)]


def test_no_layer_borrows_from_the_state_next_door():
    maps = [
        in_force("cd", ["DC", "MD"], DC_98=shapely.box(0, 0, 1, 1), MD_4=shapely.box(1, 0, 2, 1)),
        in_force("sldl", ["MD"], MD_47A=shapely.box(1, 0, 2, 1)),
    ]

    assert named(districts_near(0.5, 0.9999, maps)) == [("DC_98", 0)]
    assert named(districts_near(1.001, 0.99, maps)) == [("DC_98", 111)]
    assert named(districts_near(1.0001, 1.5, maps)) == [("MD_4", 11), ("MD_47A", 11)]


def test_alaska_is_near_on_the_other_end_of_the_map():
    maps = [in_force(ak=shapely.box(179, 51, 180, 52), rest=shapely.box(-180, 51, -170, 51.5))]

    assert named(districts_within(51.8, -179.9999, maps, 100)) == [("ak", 7)]
    assert named(districts_near(51.8, -179.9999, maps)) == [("ak", 7)]
