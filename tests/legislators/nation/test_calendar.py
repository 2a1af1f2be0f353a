"""A date on the calendar empties no layer: every state and territory on the eve of the 120th
Congress, on its first day and a month later, with the real rosters of summer 2026.

The districts are literals, read by eye from the published crosswalk; which states redrew is what
was published by March 2026 (see legislators.maps.redistricting).
"""

import datetime as dt

import pytest
from django.db import transaction

from legislators.addresses import Address
from legislators.folder import find_files
from legislators.loading import blank_map
from legislators.lookup import Atlas, find_zip
from legislators.maps.editions import switch_on
from legislators.maps.published import Divisions, read_zips
from legislators.models import OTHER_EXECUTIVES
from legislators.roster.refreshing import expected_seats
from legislators.states import STATES
from legislators.zips.table import read_table, store_table
from tests.emptying import settle

EVE, FIRST, LATER = dt.date(2026, 12, 31), dt.date(2027, 1, 3), dt.date(2027, 2, 1)

# One ZIP code of each, and its House district; * has several districts and kept its lines.
ROWS = """
36104 AL 2  | 99801 AK 0  | 85007 AZ 3 * | 72201 AR 2 * | 95814 CA 7  | 80203 CO 1  | 06106 CT 1 *
19901 DE 0  | 20001 DC 0  | 32301 FL 2  | 30303 GA 5  | 96813 HI 1 * | 83814 ID 1 * | 62701 IL 13 *
46204 IN 7  | 50309 IA 3 * | 66603 KS 2  | 40202 KY 3 * | 70112 LA 2  | 04330 ME 2 * | 21401 MD 3
02133 MA 8 * | 48933 MI 7 * | 55155 MN 4 * | 39530 MS 4 * | 65101 MO 3  | 59601 MT 2 * | 68508 NE 1 *
89701 NV 2 * | 03301 NH 2 * | 08608 NJ 12 | 87501 NM 3 * | 12207 NY 20 | 27601 NC 2  | 58501 ND 0
45202 OH 1  | 73105 OK 5 * | 97201 OR 1 * | 17101 PA 10 * | 02840 RI 1 * | 29201 SC 6 * | 57501 SD 0
37219 TN 7  | 78701 TX 37 | 84770 UT 2  | 05602 VT 0  | 23219 VA 4  | 98225 WA 2 * | 25301 WV 1 *
53703 WI 2  | 82001 WY 0  | 00901 PR 0  | 96910 GU 0  | 00801 VI 0  | 96799 AS 0  | 96950 MP 0
"""
PLACES = [tuple(row.split()) for row in ROWS.strip().replace("\n", "|").split("|")]
ZIPS = {zip5 for zip5, *_ in PLACES}
CHAMBERS = {"us_house", "us_senate", "governor", "state_upper", "state_lower"}
ODD = {
    "NE": {"us_house", "us_senate", "governor", "state_unicameral"},
    "DC": {"us_house", "governor", "dc_council"},
    "PR": {"us_house", "governor", "state_upper", "state_lower"},
    "GU": {"us_house", "governor", "state_unicameral"},
    "VI": {"us_house", "governor", "state_unicameral"},
    "AS": {"us_house", "governor", "state_upper", "state_lower"},
    "MP": {"us_house", "governor", "state_upper", "state_lower"},
}


@pytest.fixture(scope="module")
def nation(rosters, shared_data, django_db_blocker):
    """The rosters, and of the crosswalks what these ZIP codes need; no outlines."""
    with django_db_blocker.unblock(), transaction.atomic():
        files = find_files(shared_data)
        seats = expected_seats(files, list(STATES))
        for layer in ("cd", "sldu", "sldl"):
            switch_on(crosswalk(layer, files, seats), b"")
        store_table([row for row in read_table(files["zip codes"]) if row[0] in ZIPS])
        settle()
        yield
        transaction.set_rollback(True)


def crosswalk(layer, files, seats):
    each = blank_map(layer, files[f"{layer} zips"], list(STATES))
    read_zips(files[f"{layer} zips"][0], each, Divisions(files["geoids"][0], seats))
    each.zips = [row for row in each.zips if row[0] in ZIPS]
    each.states = sorted({state for _, state, _ in each.zips})
    return each


@pytest.mark.parametrize("on", [EVE, FIRST, LATER])
def test_every_state_and_territory_has_every_seat_on_every_day(nation, db, on):
    atlas = Atlas(on, many=True)
    told = {}
    for zip5, state, *_ in PLACES:
        match = atlas.find(Address("", zip=zip5))
        in_house = [place for place in match.places if place.seat.layer == "cd"]
        house = [(place.seat.district, place.certain) for place in in_house]
        assert [place.status for place in in_house] == ["held" if on < FIRST else "turnover"]
        assert on < FIRST or in_house[0].holder is None
        chambers = {place.seat.chamber for place in match.places}
        # Which of these a state has, its roster says.
        told[state] = (house, chambers - set(OTHER_EXECUTIVES))

    assert len(PLACES) == 56
    expected = {}
    for _, state, number, *kept in PLACES:
        is_sure = on < FIRST or number == "0" or bool(kept)
        expected[state] = ([(number, is_sure)], ODD.get(state, CHAMBERS))
    assert told == expected


def test_a_state_with_new_lines_offers_the_old_district_and_says_why(nation, db):
    before, after = find_zip("78701", EVE), find_zip("78701", FIRST)

    assert "Texas has new lines" not in before.places[2].reason
    assert after.places[2].reason == (
        "ZIP 78701 lies in Congressional District 37, on the 119th Congress map. Texas has new"
        " lines for the 120th Congress, and their map is not here yet: this district may not be"
        " yours any more."
    )
    assert "Florida may have new lines" in find_zip("32301", FIRST).places[2].reason


def test_a_state_that_is_not_known_to_have_new_lines_carries_its_map_over(nation, db):
    assert find_zip("85007", LATER).places[2].reason == (
        "ZIP 85007 lies in Congressional District 3, on the 119th Congress map. Arizona is not"
        " known to have new lines for the 120th Congress, so the last map still counts."
    )


def test_a_seat_at_large_and_a_delegate_need_no_map(nation, db):
    assert find_zip("05602", LATER).places[2].reason == "This office serves everyone in Vermont."
    assert find_zip("96910", LATER).places[0].reason == "This office serves everyone in Guam."
