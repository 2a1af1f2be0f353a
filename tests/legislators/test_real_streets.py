"""Every house of two published counties comes back to its street, its side and its district, or the
person is asked.
"""

import datetime as dt
import random
from collections import Counter
from functools import cache
from math import cos, radians

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legislators.addresses import Address
from legislators.candidate_districts import whereabouts_of
from legislators.geocoders.candidates import good
from legislators.loaded_data import LoadedData
from legislators.maps import boundaries
from legislators.maps.boundaries import Area
from legislators.maps.editions import switch_on
from legislators.maps.indexing import drawing
from legislators.maps.published import Map, draw_and_check
from legislators.models import Jurisdiction, Layer, maps_in_force
from legislators.states import STATES
from legislators.streetfile import opening
from legislators.streetfile.locate import locate
from tests.emptying import settle
from tests.legislators.respelled import METRES, SPELLINGS, beside, made_from, published
from tests.legislators.streetmap import lay_streets

DAY = dt.date(2026, 11, 20)
COUNTIES = {"MT": "tl_2021_30059_addrfeat.tar.xz", "WY": "tl_2014_56017_addrfeat.zip"}
# Small enough that lines run through the county's streets: no real district is that small.
SQUARES = {Layer.SLDU: 0.02, Layer.SLDL: 0.007}
CLEAR_M = 220  # the widest radius, 200 m, and twice the 10 m that a house stands off its street


@pytest.fixture(scope="module")
def counties(shared_data, tmp_path_factory, django_db_setup, django_db_blocker):
    """The two counties' ranges, over a map of small squares. {state: made addresses}"""
    from django.conf import settings as django_settings
    from django.db import transaction

    before, django_settings.VAR_DIR = django_settings.VAR_DIR, tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), transaction.atomic():
        rows = {
            state: published(shared_data / "addresses" / name) for state, name in COUNTIES.items()
        }
        for state in COUNTIES:
            Jurisdiction.objects.create(code=state, name=state, division=STATES[state].division)
        for layer, size in SQUARES.items():
            lay_squares(layer, size, rows)
        for name in COUNTIES.values():
            lay_streets(shared_data / "addresses" / name, on=DAY)
        settle()
        yield (
            {state: list(made_from(found)) for state, found in rows.items()},
            django_settings.VAR_DIR,
        )
        transaction.set_rollback(True)
    django_settings.VAR_DIR = before
    boundaries.open_index.cache_clear()
    opening.open_streets.cache_clear()


def lay_squares(layer, size, rows):
    each = Map(layer, "Squares", dt.date(2024, 1, 1), list(COUNTIES), "made up", f"squares-{layer}")
    for state, found in rows.items():
        cells = {square(layer, lat, lon) for _, line in found for lat, lon in line}
        around = {
            (row + i, column + j)
            for row, column in cells
            for i in range(-3, 4)
            for j in range(-3, 4)
        }
        for row, column in sorted(around):
            area = Area(division(state, layer, row, column), state, f"{row}-{column}", "")
            each.drawings.append(
                drawing(
                    area,
                    shapely.box(column * size, row * size, (column + 1) * size, (row + 1) * size),
                )
            )
    index, _ = draw_and_check(each, points=2_000)
    switch_on(each, index)


def square(layer, lat, lon):
    return int(lat // SQUARES[layer]), int(lon // SQUARES[layer])


def metres_to_line(layer, lat, lon):
    """To the nearest side of the square that a place lies in."""
    size = SQUARES[layer]
    up, aside = (min(at % size, size - at % size) * METRES for at in (lat, lon))
    return min(up, aside * cos(radians(lat)))


def division(state, layer, row, column):
    return f"{STATES[state].division}/{layer}:{row}.{column}"


@pytest.fixture(autouse=True)
def _rows(counties, db, settings):
    settings.VAR_DIR = counties[1]


@pytest.fixture
def made(counties):
    return counties[0]


@pytest.fixture(scope="module")
def data(counties):
    """Read once, as by whoever looks up many addresses."""
    return LoadedData(DAY, many=True)


@pytest.fixture(scope="module")
def told(data):
    """What is certain of an address as it was published; looked up once."""
    return cache(lambda state, made: certain(state, made, made.text, data))


def certain(state, made, text, data):
    """{layer: division} of what is certain of an address."""
    whereabouts = whereabouts_of(Address(text.strip(), "", state, made.zip), data)
    return {
        layer: standing.districts[0].division
        for layer, standing in whereabouts.standings.items()
        if standing.is_certain and not whereabouts.doubt
    }


def truth(state, layer, made):
    """Every district the house can lie in: one, or those of its whole street where only that is
    known.
    """
    places = [(made.lat, made.lon)]
    if made.kind == "wrong side":
        places = [beside(made.line, share / 20, side) for share in range(21) for side in "lr"]
    return {division(state, layer, *square(layer, lat, lon)) for lat, lon in places}


def all_of(made):
    return [(state, each) for state, found in made.items() for each in found]


def test_no_house_is_ever_certain_of_another_district(made, told):
    wrong, right, asked = [], 0, 0
    clear = Counter()
    for state, each in all_of(made):
        found = told(state, each)
        for layer in SQUARES:
            if each.kind != "wrong side" and metres_to_line(layer, each.lat, each.lon) > CLEAR_M:
                clear[layer in found] += 1
            if layer not in found:
                asked += 1
            elif {found[layer]} == truth(state, layer, each):
                right += 1
            else:
                wrong.append((each.kind, each.text, layer))
    assert wrong == []
    # Lines are everywhere here: 6 of 10 places in a small square lie within 110 m of its sides, and
    # where the Census estimated an end of a range 200 m count. So nearly half are told, no more;
    # clear of a line nearly everybody is.
    assert right > 2_850
    assert asked > 100
    assert clear[True] > 1_500
    assert clear[True] > 50 * clear[False]


def test_every_house_comes_back_to_its_street_and_what_is_told_holds_its_district(made, data):
    strange = []
    for state, each in all_of(made):
        found = good(locate(Address(each.text, "", state, each.zip), data.streets))
        for layer in SQUARES:
            divisions = {name for candidate in found for name in candidate.held.get(layer, ())}
            if not truth(state, layer, each) & divisions:
                strange.append((each.kind, each.text, each.zip, layer))
    assert strange == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_re_spelled_address_gives_the_same_answer(made, told, data, spelling):
    source = random.Random(spelling)
    for state, each in source.sample(all_of(made), 120):
        number, _, name = each.text.partition(" ")
        found = certain(state, each, f"{number} {SPELLINGS[spelling](name)}", data)
        assert found == told(state, each), (spelling, each.text)


def test_a_name_glued_to_its_type_is_never_certain_of_a_longer_names_district(made, data):
    """ "2 JacksonLn" was the district of Jackson Ln Rd: Jackson Ln is a street of that ZIP too."""
    two = next(each for each in made["MT"] if each.text == "2 Jackson Ln")

    found = certain("MT", two, "2 JacksonLn", data)

    assert all({found[layer]} == truth("MT", layer, two) for layer in found)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.data())
def test_spellings_on_top_of_each_other_and_slips_of_the_hand_never_lead_to_another_district(
    made, drawn, data
):
    everyone = [(state, each) for state, each in all_of(made) if each.kind != "wrong side"]
    state, each = everyone[drawn.draw(st.integers(0, len(everyone) - 1))]
    number, _, name = each.text.partition(" ")
    for spelling in drawn.draw(
        st.lists(
            st.sampled_from(sorted(set(SPELLINGS) - {"flat behind", "flat behind a comma"})),
            max_size=3,
        )
    ):
        name = SPELLINGS[spelling](name)
    slip = drawn.draw(st.integers(0, len(name) - 1))
    slipped = (
        name[:slip] + drawn.draw(st.sampled_from(["", name[slip] * 2, "x"])) + name[slip + 1 :]
    )
    real = {other.text.partition(" ")[2].lower() for other in made[state]}
    for text in [name] + [slipped] * (slipped.lower().strip() not in real):
        found = certain(state, each, f"{number} {text}", data)
        assert all({found[layer]} == truth(state, layer, each) for layer in found), text


@pytest.mark.parametrize(("lat", "lon"), [(46.5512, -110.9013), (46.5541, -110.9035)])
def test_squares_are_where_the_test_thinks(made, lat, lon):
    hits = boundaries.districts_at(lat, lon, maps_in_force(DAY))
    assert {hit.area.division for hit in hits} == {
        division("MT", layer, *square(layer, lat, lon)) for layer in SQUARES
    }
