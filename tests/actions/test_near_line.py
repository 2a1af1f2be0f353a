"""Somebody whose street runs along a district line is asked, and what they choose is kept as their
choice.
"""

import pytest

from actions.models import Action
from legislators.loading import load
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send
from tests.legislators import folder as miniature
from tests.legislators.streetmap import STEP, lay_streets, street, write

pytestmark = pytest.mark.django_db
SPLIT, LAT = -72.5, 43.5


@pytest.fixture
def vermont(settings, tmp_path):
    """Main Street runs 50 m west of the line between house districts 1 and 2, Far Street well
    inside district 1.
    """
    settings.FORM_LEAST_SECONDS = 0
    settings.VAR_DIR = tmp_path / "var"
    load(miniature.write(tmp_path / "published"), ["VT"], lambda *_: None)
    blocks = {"Main St": SPLIT - 50 / 80_750, "Far St": SPLIT - 0.2}
    streets = [
        street(name, [(lon, LAT), (lon, LAT + STEP)], (101, 199, "O"), zip="05002")
        for name, lon in blocks.items()
    ]
    lay_streets(write(tmp_path / "tl_2024_50001_addrfeat.zip", streets))
    ask = build.ask(
        "letter", letter_subject="Playgrounds", letter_body="Please open the playgrounds."
    )
    build.rule(ask, states=["VT"], chambers=["state_lower"])
    return ask


def home(street_line):
    return {"street": street_line, "city": "Polk", "state": "VT", "zip": "05002", "age": "34"}


def test_a_street_along_a_line_is_asked_in_those_words(client, vermont):
    page = send(client, client.get(ACT), step="address", **home("149 Main St")).content.decode()

    assert "Your street runs along a district line. Which is yours?" in page
    assert all(name in page for name in ("Ann Alder", "Bob Birch"))
    assert "Change address" in page
    assert "add your street" not in page


def test_the_choice_is_kept_as_the_person_s_with_how_it_was_found(client, vermont):
    page = send(client, client.get(ACT), step="address", **home("149 Main St"))
    page = send(
        client, page, step="choose", choice_state_lower="ocd-division/country:us/state:vt/sldl:1"
    )
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert (action.chosen_by_person, action.match_certain, action.match_method) == (
        True,
        False,
        "street",
    )
    assert {letter.holder_name for letter in action.letters.all()} == {"Ann Alder", "Bob Birch"}


def test_a_street_inside_one_district_is_not_asked_though_its_zip_is_split(client, vermont):
    page = send(client, client.get(ACT), step="address", **home("149 Far St")).content.decode()

    assert "Your street lies in House District 1" in page
    assert "Which is yours?" not in page


def test_a_zip_alone_is_still_asked_for_the_street(client, vermont):
    page = send(client, client.get(ACT), step="address", **home("")).content.decode()

    assert "Your ZIP touches more than one district. Which is yours?" in page
    assert "Add my street" in page
