"""Where a ZIP code is split, the choice says what there is to say of each district, on a campaign's
page and on the page of representatives alike.
"""

import html
import re

import pytest

from actions.pages import district_choice
from legislators.loading import load
from legislators.models import ZipCode, ZipDistrict
from tests import build
from tests.actions.browsing import ACT, Fields, send
from tests.legislators import folder as miniature
from tests.legislators.streetmap import STEP, lay_streets, street, write

pytestmark = pytest.mark.django_db
PAGE = "/representatives/"
PAGES = (ACT, PAGE)
SPLIT, LAT = -72.5, 43.5


@pytest.fixture
def vermont(settings, tmp_path):
    """ZIP 05002 lies on both sides of the line between house districts 1 and 2."""
    settings.FORM_LEAST_SECONDS = 0
    settings.VAR_DIR = tmp_path / "var"
    load(miniature.write(tmp_path / "published"), ["VT"], lambda *_: None)
    for zip5, town, lon in [("05002", "Polk", SPLIT - 0.01), ("05003", "Elm Grove", SPLIT + 0.03)]:
        ZipCode.objects.create(
            zip=zip5, state="VT", city=town.upper().replace(" ", ""), town=town, lat=LAT, lon=lon
        )
    ask = build.ask("letter", letter_subject="Playgrounds", letter_body="Please.")
    build.rule(ask, states=["VT"], chambers=["state_lower"])
    return tmp_path


@pytest.fixture
def known_streets(vermont):
    """Of ZIP 05002 its streets are known, and no Vinee St is among them."""
    blocks = {"Vine St": SPLIT - 0.2, "Oak St": SPLIT + 0.2}
    streets = [
        street(name, [(lon, LAT), (lon, LAT + STEP)], (101, 199, "O"), zip="05002")
        for name, lon in blocks.items()
    ]
    lay_streets(write(vermont / "tl_2024_50001_addrfeat.zip", streets))


def choice(client, where, **typed):
    home = {"street": "", "city": "", "zip": "05002"} | typed
    if where == ACT:
        return send(client, client.get(ACT), step="address", age="34", **home)
    return send(client, client.get(PAGE), url=PAGE, step="address", **home)


def words(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_each_district_is_named_with_its_people_its_party_and_the_part_it_holds(client, vermont):
    ZipDistrict.objects.filter(zip="05002", division__endswith="sldl:2").update(land_share=0.27)
    for where in PAGES:
        page = choice(client, where)
        said = words(page)

        assert "Ann Alder" in said
        assert "About 27% of the ZIP’s land lies in it (Census)." in said
        assert "House District 1" in said
        assert "Ann Alder · Meadow" in said
        assert "The middle of ZIP 05002 lies in it. Town centers in it: Polk." in said
        assert "miles east of the middle of ZIP 05002. Town centers in it: Elm Grove." in said
        assert "I'm not sure" in said


def test_the_map_is_ours_tells_districts_apart_by_pattern_and_label_and_has_words(client, vermont):
    for where in PAGES:
        page = choice(client, where).content.decode()
        drawn = page[page.index('<svg viewBox="0 0 960') :].split("</svg>")[0]

        assert set(re.findall(r'fill="url\(#(district-\d)\)"', drawn)) == {
            "district-1",
            "district-2",
        }
        assert "Map: State house districts" in drawn
        assert "1: House District 1; 2: House District 2" in drawn
        assert 'role="img"' in drawn
        assert "<image" not in page
        assert "http" not in drawn
        assert len(drawn) < 6_000


def test_the_finder_is_the_state_s_own_and_not_the_house_s(client, vermont):
    for where in PAGES:
        page = choice(client, where).content.decode()

        assert "https://www.congress.gov/state-legislature-websites" in page
        assert "house.gov" not in page


def test_a_zip_alone_is_asked_for_the_street_and_an_unknown_street_is_said_to_be(
    client, known_streets
):
    for where in PAGES:
        assert "add your street" in words(choice(client, where))

        unknown = words(choice(client, where, street="150 Nowhere Ln"))
        assert "We don’t know this street in ZIP 05002." in unknown
        assert "add your street" not in unknown
        assert "Add my street" not in unknown


def test_a_near_spelling_is_a_button_that_looks_again_and_keeps_house_and_flat(
    client, known_streets
):
    for where in PAGES:
        page = choice(client, where, street="151 Vinee Ct Apt 3")
        offered = re.findall(r'<button[^>]* name="street" value="([^"]*)"', page.content.decode())[
            0
        ]
        assert offered == "151 Vine St Apt 3"

        kept = Fields(page.content.decode()).values
        again = client.post(where, kept | {"street": offered})

        assert "Which is yours?" not in words(again)
        assert "Your street lies in House District 1" in words(again)


def test_an_answer_that_is_missing_is_said_beside_its_question_and_a_box_is_no_street(
    client, vermont
):
    for where in PAGES:
        page = choice(client, where, street="PO Box 12")
        assert "A PO box or rural route does not say where you live." in words(page)

        nothing = send(client, page, url=where, step="choose")
        assert nothing.status_code == 422
        assert "Choose yours, or say that you're not sure." in words(nothing)
        assert 'aria-invalid="true"' in nothing.content.decode()


def test_without_a_published_place_of_the_zip_the_choice_stands_without_a_map(client, vermont):
    ZipCode.objects.all().delete()
    page = choice(client, PAGE)

    assert page.status_code == 200
    assert "<figure" not in page.content.decode()
    assert "House District 2" in words(page)


def test_a_long_list_is_folded_with_its_number_and_open_once_an_answer_is_missing(
    client, vermont, monkeypatch
):
    monkeypatch.setattr(district_choice, "MOST_DRAWN", 1)
    page = choice(client, PAGE)
    assert "2 districts may be yours: show them all" in words(page)
    assert '<details class="many">' in page.content.decode()
    assert "<figure" not in page.content.decode()

    nothing = send(client, page, url=PAGE, step="choose")
    assert '<details class="many" open>' in nothing.content.decode()
