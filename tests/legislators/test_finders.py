"""Whoever is not sure is sent to an official page that fits the chamber, never to one that cannot
answer.
"""

import re
from urllib.parse import urlsplit

import pytest

from legislators.finders import _FINDERS, ALL_LEGISLATURES, HOUSE, finder
from legislators.states import STATES

# Legislatures' own names outside .gov.
OFFICIAL = {
    "legislature.state.ny.us",
    "www.palegis.us",
    "www.gis.lcc.mn.gov",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_s_chambers_have_a_page_of_their_own_or_the_list_of_all(state):
    for chamber in ("state_upper", "state_lower", "state_unicameral"):
        found = finder(chamber, state)
        assert found.url != HOUSE
        assert found.is_list == (found.url == ALL_LEGISLATURES)


def test_congress_is_asked_of_the_house_and_nothing_of_a_governor():
    assert finder("us_house", "OH").url == HOUSE
    assert finder("governor", "OH") is None
    assert finder("dc_council", "DC") is None


def test_the_made_up_state_sends_nobody_anywhere():
    assert finder("us_house", "FK") is None
    assert finder("state_lower", "FK") is None


def test_where_each_chamber_has_its_own_page_each_is_sent_to_its_own():
    assert finder("state_upper", "NY").url != finder("state_lower", "NY").url
    assert finder("state_lower", "FL").is_list


def test_every_page_is_official_and_goes_over_https():
    for (state, _chamber), url in _FINDERS.items():
        parts = urlsplit(url)
        assert state in STATES
        assert parts.scheme == "https"
        assert (
            parts.hostname.endswith(".gov")
            or parts.hostname in OFFICIAL
            or re.search(r"\.state\.[a-z]{2}\.us$", parts.hostname)
        ), url
