"""Our index against GEOS on published maps: a few telling states, hard points included.

The whole nation is checked by bin/bench lookup.
"""

import json
import tarfile

import numpy as np
import pytest
import shapely

from legislators.folder import find_files
from legislators.loading import blank_map
from legislators.maps.boundaries import UNITS, Index
from legislators.maps.indexing import draw
from legislators.maps.published import Divisions, read_shapes
from legislators.maps.verifying import verify


@pytest.fixture(params=["cd", "sldu", "sldl"])
def layer(request, loaded):
    return loaded.maps[request.param]


@pytest.fixture
def index(layer, loaded):
    return loaded.indexes[layer.layer]


def read(folder, name, states):
    files = find_files(folder)
    each = blank_map(name, files[name], states)
    read_shapes(files[name], each, Divisions(files["geoids"][0], []))
    return each


def index_of(each, folder):
    path = folder / f"{each.layer}.idx"
    path.write_bytes(draw(each.drawings))
    return Index(path)


def owners(drawings, points):
    """For each (lon, lat): whoever GEOS says covers it, its line included; and whoever has it
    inside.
    """
    geometries = np.array([each.geometry for each in drawings], dtype=object)
    shapely.prepare(geometries)
    xy = np.rint(np.asarray(points) * UNITS)
    touched, inside = ([set() for _ in xy] for _ in range(2))
    for at, who in shapely.STRtree(geometries).query(shapely.points(xy)).T.tolist():
        if shapely.intersects_xy(geometries[who], *xy[at]):
            touched[at].add(drawings[who].area)
        if shapely.contains_xy(geometries[who], *xy[at]):
            inside[at].add(drawings[who].area)
    return touched, inside


def test_the_index_is_geos_on_a_hundred_thousand_points(layer, index):
    assert verify(index, layer.drawings, points=100_000, seed=3).wrong == []


def test_on_every_sort_of_corner_and_edge_one_district_of_a_state_answers_at_most(layer, index):
    """Shared corners and the middles of shared edges, where GEOS names two or three; states drawn
    apart may overlap on their line.
    """
    source = np.random.default_rng(4)
    corners = shapely.get_coordinates([each.geometry for each in layer.drawings])
    at = source.integers(len(corners) - 1, size=3_000)
    points = np.rint(np.concatenate([corners[at], (corners[at] + corners[at + 1]) / 2])) / UNITS
    several = 0
    for (lon, lat), touched, inside in zip(points, *owners(layer.drawings, points), strict=True):
        found = set(index.covering(lat, lon))
        assert inside <= found <= touched
        if len(inside) < 2:
            assert len({area.state for area in found}) == len(found)
        several += len(touched) > 1
    assert several > 500


def test_water_and_undefined_areas_are_no_district(shared_data):
    """Illinois' part of Lake Michigan is published as ZZZ."""
    with tarfile.open(shared_data / "boundaries" / "sld2024_tiger15pct.tar.xz") as tar:
        features = json.load(tar.extractfile("site/data/geo/IL_upper.json"))["features"]
    water = [each for each in features if each["properties"]["SLDUST"] == "ZZZ"]
    each = read(shared_data, "sldu", ["IL"])

    assert len(water) == 1
    assert len(each.drawings) == len(features) - 1 == 59
    point = shapely.point_on_surface(shapely.geometry.shape(water[0]["geometry"]))
    assert owners(each.drawings, [(point.x, point.y)]) == ([set()], [set()])


def test_the_same_number_means_another_district_on_another_layer(shared_data, tmp_path):
    upper, lower = read(shared_data, "sldu", ["WI"]), read(shared_data, "sldl", ["WI"])
    same = set(upper.geoids.values()) & set(lower.geoids.values())
    assert "55001" in same

    capitol = (43.0747, -89.3841)
    assert [area.code for area in index_of(upper, tmp_path).covering(*capitol)] != []
    assert not set(upper.geoids) & set(lower.geoids)


def test_alaska_is_one_district_on_both_sides_of_the_date_line(shared_data, tmp_path):
    each = read(shared_data, "cd", ["AK"])
    index = index_of(each, tmp_path)

    assert verify(index, each.drawings, points=50_000).wrong == []
    anchorage, attu, adak = (61.2176, -149.8997), (52.90, 172.95), (51.88, -176.65)
    for lat, lon in (anchorage, attu, adak):
        assert [area.state for area in index.covering(lat, lon)] == ["AK"]
