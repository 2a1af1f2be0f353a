"""A damaged file is refused by name, and nothing of what was to be loaded stays."""

import io
import lzma
import tarfile
from unittest.mock import patch

import pytest
import shapely

from legislators.lookup import find_zip
from legislators.maps import published
from legislators.models import (
    Edition,
    Seat,
)
from legislators.roster.published import Refused
from tests.legislators.vermont import DAY, EVERYTHING, load

pytestmark = pytest.mark.django_db


def break_table(path):
    path.write_text("these,are\nnot,columns\n")


def cut_short(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def not_text(path):
    path.write_bytes(b"\xff\xfe\x00\x80" * 50)


@pytest.mark.parametrize(
    "name", ["districts_metadata.csv", "tiger_geoid_to_ocd.csv", "zccd119.csv"]
)
@pytest.mark.parametrize("damage", [break_table, not_text])
def test_a_damaged_table_is_refused_by_name_and_nothing_is_loaded(folder, name, damage):
    damage(folder / name)
    with pytest.raises(Refused, match=name):
        load(folder)
    assert not any(model.objects.exists() for model in EVERYTHING)


@pytest.mark.parametrize(
    "name",
    [
        "all-current-roles.jsonl",
        "legislators-current.yaml",
        "cd119_500k.geojson",
        "VT_lower.json",
        "sld_zcta.json",
    ],
)
@pytest.mark.parametrize("damage", [cut_short, not_text])
def test_a_damaged_file_is_refused_by_name_and_nothing_is_loaded(folder, name, damage):
    damage(folder / name)
    with pytest.raises(Refused, match=name):
        load(folder)
    assert not any(model.objects.exists() for model in EVERYTHING)


def test_a_truncated_archive_is_refused(folder):
    (folder / "VT_lower.json").unlink()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(folder / "VT_upper.json", "geo/VT_upper.json")
    (folder / "sld2024.tar.xz").write_bytes(lzma.compress(packed.getvalue())[:-40])
    with pytest.raises(Refused, match=r"sld2024\.tar\.xz"):
        load(folder)
    assert not Seat.objects.exists()


def test_a_byte_order_mark_does_no_harm(folder):
    for name in ("districts_metadata.csv", "zccd119.csv", "sld_zcta.json"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    load(folder)
    assert find_zip("05001", DAY).places


@pytest.mark.parametrize(
    "moment", ["legislators.loading.switch_on", "legislators.roster.refreshing.write_terms"]
)
@pytest.mark.parametrize("trouble", [KeyboardInterrupt, Refused("no"), RuntimeError])
def test_whatever_stops_it_halfway_nothing_stays(folder, moment, trouble):
    with (
        patch(moment, side_effect=trouble),
        pytest.raises((KeyboardInterrupt, Refused, RuntimeError)),
    ):
        load(folder)
    assert not any(model.objects.exists() for model in EVERYTHING)


def test_an_index_that_differs_from_geos_is_refused_with_the_points(folder, every_point):
    honest = published.draw

    def defective(drawings):
        moved = [
            type(each)(each.area, shapely.transform(each.geometry, lambda points: points + 50_000))
            for each in drawings
        ]
        return honest(moved)

    with (
        patch.object(published, "draw", defective),
        pytest.raises(
            Refused, match=r"differs from GEOS at \d+ of 50000 points: 4[34]\.\d{7} -7\d"
        ),
    ):
        load(folder)
    assert not Edition.objects.exists()
