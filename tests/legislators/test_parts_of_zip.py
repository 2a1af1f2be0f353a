"""What part of a ZIP code a district holds is said of published middles and towns, in words that
hold.
"""

import datetime as dt

import pytest
import shapely
from django.utils import translation

from legislators.maps.boundaries import open_index, store_index
from legislators.maps.district_map import draw
from legislators.maps.editions import store_map
from legislators.maps.indexing import draw as draw_index
from legislators.maps.indexing import drawing
from legislators.maps.published import Divisions, Map, read_zips
from legislators.models import Layer, ZipCode
from legislators.zips.parts import (
    land_shares,
    middle_of,
    sentence_about_share,
    sentences_about_part,
    towns_on,
    ways_from,
)
from tests.legislators.toymaps import area

pytestmark = pytest.mark.django_db
BOTH = ("west", "east")


@pytest.fixture
def index():
    """A line from south to north; a degree is 111 km here."""
    shapes = {"west": shapely.box(-1, -1, 0, 1), "east": shapely.box(0, -1, 1, 1)}
    content = draw_index([drawing(area(name), shape) for name, shape in shapes.items()])
    return open_index(store_index(content))


def published(zip5, town, lon, lat=0.0, **fields):
    city = town.upper().replace(" ", "")
    return ZipCode.objects.create(
        zip=zip5, state="FK", city=city, town=town, lat=lat, lon=lon, **fields
    )


def told(index, middle):
    picture = draw(index, middle.lat, middle.lon, BOTH)
    towns = towns_on(picture, index, "FK")
    ways = ways_from(index, middle.lat, middle.lon, frozenset(BOTH))
    return {each: sentences_about_part(each, middle, ways, towns) for each in BOTH}


def test_the_middle_the_distance_and_the_towns_are_told(index):
    middle = published("00001", "Polk", -0.02)
    published("00002", "Elm Grove", 0.01, 0.01)

    assert told(index, middle) == {
        "west": ["The middle of ZIP 00001 lies in it.", "Town centers in it: Polk."],
        "east": [
            "It begins about 1.4 miles east of the middle of ZIP 00001.",
            "Town centers in it: Elm Grove.",
        ],
    }


def test_a_town_on_both_sides_tells_nothing_and_is_left_out(index):
    middle = published("00001", "Polk", -0.02)
    published("00002", "Polk", 0.02)

    assert not any("Polk" in sentence for said in told(index, middle).values() for sentence in said)


def test_a_zip_of_boxes_is_given_no_middle_of_its_own(index):
    published("00001", "Polk", -0.02)
    middle = published("00003", "Polk", -0.01, is_box=True)

    assert told(index, middle)["west"] == ["Town centers in it: Polk."]


def test_a_middle_of_its_own_stands_before_one_that_is_shared(index):
    published("00001", "Boxes", 0.5, is_box=True)
    own = published("00001", "Polk", -0.02)

    assert middle_of("00001", "FK") == own
    assert middle_of("00009", "FK") is None


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "Less than 1% of the ZIP’s land lies in it (Census)."),
        (0.004, "Less than 1% of the ZIP’s land lies in it (Census)."),
        (0.7349, "About 73% of the ZIP’s land lies in it (Census)."),
        (0.9999, "About 99% of the ZIP’s land lies in it (Census)."),
    ],
)
def test_a_share_of_the_land_is_never_said_to_be_nothing_or_all(share, words):
    assert sentence_about_share(share) == words


def test_the_census_shares_are_read_with_the_zip_codes(tmp_path):
    path = tmp_path / "tab20_sldl202420_zcta520_natl.txt"
    path.write_text(
        "\ufeffGEOID_SLDL2024_20|GEOID_ZCTA5_20|AREALAND_PART\n"
        "50001|05002|300\n50002|05002|100\n50002|05003|\n50ZZZ|05002|900\n",
        encoding="utf-8",
    )
    today = dt.date(2026, 11, 30)
    each = Map(Layer.SLDL, "2024", today, ["VT"], path.name, "a hash")
    divisions = Divisions(None, [])
    divisions.published = {(Layer.SLDL, f"5000{n}"): f"vt/sldl:{n}" for n in (1, 2)}
    read_zips(path, each, divisions)
    edition = store_map(each, b"")

    assert land_shares("05002", edition) == {"vt/sldl:1": 0.75, "vt/sldl:2": 0.25}
    assert land_shares("05003", edition) == {}


def test_it_is_said_in_spanish_too(index):
    middle = published("00001", "Polk", -0.02)
    with translation.override("es"):
        east = told(index, middle)["east"][0]

    assert east == "Empieza a unas 1.4 millas al este del centro del código postal (ZIP) 00001."
