"""Maps stored beside each other, switched on by date and by hand, and taken back.

About the square Vermont of folder.py.
"""

import datetime as dt
import gzip
import json
import lzma
import subprocess
import sys
import zipfile

import pytest
import shapely
from django.core.management import CommandError, call_command

from legislators.loading import load
from legislators.lookup import find_point
from legislators.maps import boundaries, published
from legislators.maps.boundaries import districts_at
from legislators.maps.indexing import draw
from legislators.models import BoundaryFile, Edition, maps_in_force
from tests import processes
from tests.legislators.folder import SOUTH, WEST, box, feature

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def house(path, split, **properties):
    """A map of the house, its two districts parted at a meridian."""
    features = [
        feature(
            box(WEST, SOUTH, split, SOUTH + 1),
            STATEFP="50",
            SLDLST="001",
            NAMELSAD="One",
            **properties,
        ),
        feature(
            box(split, SOUTH, WEST + 1, SOUTH + 1),
            STATEFP="50",
            SLDLST="002",
            NAMELSAD="Two",
            **properties,
        ),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def congress(path, session):
    shape = box(WEST, SOUTH, WEST + 1, SOUTH + 1)
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [feature(shape, STATEFP="50", **{f"CD{session}FP": "00"})],
            }
        )
    )
    return path


def load_boundaries(path, *options, layer="sldl", session="2026", start="2026-01-01"):
    call_command(
        "load_boundaries",
        path,
        "--layer",
        layer,
        "--session",
        session,
        *(["--from", start] if start else []),
        *options,
    )
    return Edition.objects.order_by("-pk").first()


def house_district(lon, on=DAY):
    return [
        place.seat.district
        for place in find_point(43.5, lon, on).places
        if place.seat.chamber == "state_lower"
    ][:1]


def congressional_edition(on):
    return [
        place.edition
        for place in find_point(43.5, -72.6, on).places
        if place.seat.chamber == "us_house"
    ]


def test_a_new_map_answers_at_once_and_the_old_one_is_kept_and_comes_back(folder):
    load(folder)
    old = Edition.objects.get(layer="sldl")
    assert house_district(-72.6) == ["1"]

    new = load_boundaries(house(folder / "new.json", -72.8), start="2024-01-01")
    assert house_district(-72.6) == ["2"]
    old.refresh_from_db()
    assert (new.is_active, old.is_active) == (True, False)

    call_command("editions", "--rollback", "sldl")
    assert house_district(-72.6) == ["1"]

    call_command("editions", "--activate", str(new.pk))
    assert house_district(-72.6) == ["2"]


def test_an_edition_loaded_without_activating_answers_nobody(folder):
    load(folder)
    edition = load_boundaries(house(folder / "new.json", -72.8), "--no-activate")

    assert not edition.is_active
    assert house_district(-72.6) == ["1"]
    call_command("editions", "--activate", str(edition.pk))
    assert house_district(-72.6) == ["2"]


def test_the_map_of_the_119th_congress_answers_until_the_third_of_january_2027_and_the_120th_from_then_on(
    folder,
):
    load(folder)
    load_boundaries(congress(folder / "cd120.geojson", 120), layer="cd", session="120", start=None)

    assert congressional_edition(DAY) == ["119th Congress"]
    assert congressional_edition(dt.date(2027, 1, 2)) == ["119th Congress"]
    assert congressional_edition(dt.date(2027, 1, 3)) == ["120th Congress"]
    assert congressional_edition(dt.date(2029, 1, 3)) == [""]  # Vermont's seat needs no map


def test_a_house_map_that_begins_later_leaves_the_present_one_alone_until_then(folder):
    load(folder)
    load_boundaries(house(folder / "new.json", -72.8), start="2027-01-06")

    assert house_district(-72.6, dt.date(2027, 1, 5)) == ["1"]
    assert house_district(-72.6, dt.date(2027, 1, 6)) == ["2"]


def test_a_map_before_which_there_was_none_is_not_taken_back(folder, capsys):
    load(folder)
    with pytest.raises(CommandError, match="no map of VT"):
        call_command("editions", "--rollback", "sldl")
    assert house_district(-72.6) == ["1"]


def test_an_edition_whose_index_is_lost_is_not_switched_on(folder):
    load(folder)
    edition = load_boundaries(house(folder / "new.json", -72.8), "--no-activate")
    BoundaryFile.objects.filter(pk=edition.index_sha256).delete()
    boundaries.open_index.cache_clear()

    with pytest.raises(CommandError, match="load it again"):
        call_command("editions", "--activate", str(edition.pk))
    assert house_district(-72.6) == ["1"]


def test_an_index_that_differs_from_geos_is_refused_and_the_points_are_written_out(
    folder, monkeypatch, settings
):
    load(folder)
    before = list(Edition.objects.values_list("pk", "is_active"))
    monkeypatch.setattr(published, "draw", lambda drawings: draw(drawings[:1]))

    with pytest.raises(CommandError, match=r"differs from GEOS at \d+ of 2000 points"):
        load_boundaries(house(folder / "new.json", -72.8))
    assert list(Edition.objects.values_list("pk", "is_active")) == before
    lines = next((settings.VAR_DIR / "refused").glob("sldl-*.csv")).read_text().splitlines()
    assert lines[0] == "lat,lon,index,geos"
    lat, lon, ours, geos = lines[1].split(",")
    assert (ours, geos) == ("", "ocd-division/country:us/state:vt/sldl:2")
    assert 43 <= float(lat) <= 44
    assert -72.8 <= float(lon) <= -72


def test_where_the_source_overlaps_the_operator_is_told(folder, capsys):
    load(folder)
    path = folder / "new.json"
    features = [
        feature(box(WEST, SOUTH, WEST + 0.6, SOUTH + 1), STATEFP="50", SLDLST="001"),
        feature(box(WEST + 0.4, SOUTH, WEST + 1, SOUTH + 1), STATEFP="50", SLDLST="002"),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    load_boundaries(path)

    assert (
        "ocd-division/country:us/state:vt/sldl:1 and ocd-division/country:us/state:vt/sldl:2: "
        in capsys.readouterr().out
    )


def test_the_map_of_another_congress_is_refused_by_its_column(folder):
    load(folder)
    with pytest.raises(CommandError, match="it has cd118fp"):
        load_boundaries(
            congress(folder / "cd118.geojson", 118), layer="cd", session="119", start=None
        )


def test_a_states_map_without_a_first_day_is_refused(folder):
    load(folder)
    with pytest.raises(CommandError, match="--from"):
        load_boundaries(house(folder / "new.json", -72.8), start=None)


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_packed_file_is_read_as_a_plain_one(folder, suffix, pack):
    load(folder)
    plain = house(folder / "new.json", -72.8)
    packed = plain.with_name(f"new.json{suffix}")
    packed.write_bytes(pack(plain.read_bytes()))
    load_boundaries(packed)

    assert house_district(-72.6) == ["2"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"\x00" * 100,
        lambda content: b"{}",
    ],
)
def test_a_damaged_file_is_refused_by_name(folder, damage):
    load(folder)
    path = house(folder / "new.json", -72.8)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CommandError, match=r"new\.json"):
        load_boundaries(path)
    assert house_district(-72.6) == ["1"]


def test_a_zip_without_a_shapefile_is_refused(folder):
    load(folder)
    with zipfile.ZipFile(folder / "new.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(CommandError, match="no shapefile"):
        load_boundaries(folder / "new.zip")


def test_topojson_shares_its_arcs(folder):
    """Two squares on a grid of a tenth of a degree: one arc between them, walked up by one and down
    by the other.
    """
    load(folder)
    arcs = [
        [[2, 0], [0, 10]],
        [[2, 10], [-2, 0], [0, -10], [2, 0]],
        [[2, 10], [8, 0], [0, -10], [-8, 0]],
    ]
    districts = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"STATEFP": "50", "SLDLST": "001"}},
        {
            "type": "MultiPolygon",
            "arcs": [[[2, 0]]],
            "properties": {"STATEFP": "50", "SLDLST": "002"},
        },
    ]
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [WEST, SOUTH]},
        "arcs": arcs,
        "objects": {"house": {"type": "GeometryCollection", "geometries": districts}},
    }
    (folder / "new.topojson.gz").write_bytes(gzip.compress(json.dumps(topology).encode()))
    load_boundaries(folder / "new.topojson.gz")

    assert house_district(-72.9) == ["1"]
    assert house_district(-72.7) == ["2"]
    assert len(districts_at(43.5, WEST + 0.2, maps_in_force(DAY))) == 3


@pytest.mark.usefixtures("_servers", "transactional_db")
def test_a_running_process_follows_without_being_told(folder, settings):
    """It answers one line per line asked, with one and the same interpreter from beginning to
    end.
    """
    load(folder)
    new = load_boundaries(house(folder / "new.json", -72.8), "--no-activate")
    script = (
        "import django, sys, datetime; django.setup()\nfrom legislators.lookup import"
        " find_point\nfor line in sys.stdin:\n    places = find_point(43.5, float(line),"
        " datetime.date(2026, 11, 20)).places\n    print([place.seat.district for place in places"
        " if place.seat.chamber == 'state_lower'][0], flush=True)\n"
    )
    env = processes.environment() | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(settings.VAR_DIR),
    }
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env=env,
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:

        def ask():
            child.stdin.write("-72.6\n")
            child.stdin.flush()
            return child.stdout.readline().strip()

        answers = [ask()]
        for deed in (["--activate", str(new.pk)], ["--rollback", "sldl"]):
            call_command("editions", *deed)
            answers.append(ask())
        child.stdin.close()
    assert answers == ["1", "2", "1"]


def test_files_of_three_kinds_and_makers_draw_the_same_congressional_districts(shared_data):
    """The Census' cartographic file, the same as TopoJSON, and two other maps: full lines of 2022,
    and one much simplified.

    The lines of 2022 stood in these states in the 119th too. Only a small share of a district may
    lie otherwise than in the first.
    """
    divisions = published.Divisions(None, [])
    read, north = {}, ["MD", "NH", "WI"]
    for name, session, states, stray in (
        ("cd119_500k.geojson.xz", 119, north, 0),
        ("cd119_trackamerica.topojson.gz", 119, north, 0.001),
        ("cd119_politalapp.topojson.gz", 119, north, 0.03),
        ("tl_2022_24_cd118.zip", 118, ["MD"], 0.005),
        ("tl_2022_33_cd118.zip", 118, ["NH"], 0.005),
        ("tl_2022_55_cd118.zip", 118, ["WI"], 0.005),
    ):
        each = published.congressional_map(name, name, session, states)
        published.read_shapes([shared_data / "boundaries" / name], each, divisions)
        assert len(each.drawings) == sum({"MD": 8, "NH": 2, "WI": 8}[state] for state in states)
        for drawing in each.drawings:
            first = read.setdefault(drawing.area.division, drawing.geometry)
            assert shapely.is_valid(drawing.geometry)
            others = [
                shape for division, shape in read.items() if division != drawing.area.division
            ]
            # No less than the area of what they cover together.
            elsewhere = shapely.area(shapely.intersection(drawing.geometry, others)).sum()
            assert elsewhere <= stray * shapely.area(first), (name, drawing.area)
            assert shapely.area(
                shapely.difference(first, drawing.geometry)
            ) <= stray * shapely.area(first), (name, drawing.area)
