"""Districts with a seat and a holder, and what a lookup says of them, for tests."""

import datetime as dt

from legislators.models import Chamber, Edition, ZipDistrict
from tests import build


def edition(layer="cd", states=("MD",), **fields):
    values = {
        "layer": layer,
        "name": "119th Congress",
        "states": list(states),
        "valid_from": dt.date(2025, 1, 3),
        "is_active": True,
    } | fields
    return Edition.objects.create(**values)


def district(state, number, *zips, on=None, chamber=Chamber.US_HOUSE):
    """A district with one seat and a holder, touched by these ZIPs."""
    tail = {"us_house": "cd", "state_lower": "sldl", "state_upper": "sldu"}[chamber]
    division = f"ocd-division/country:us/state:{state.lower()}/{tail}:{number.lower()}"
    seat = build.seat(chamber, state=state, district=number, division=division)
    build.term(seat)
    for zip5 in zips:
        ZipDistrict.objects.create(edition=on, zip=zip5, state=state, division=division)
    return seat


def statewide(state, chamber=Chamber.US_SENATE, position=1):
    seat = build.seat(
        chamber,
        state=state,
        district="",
        division=f"ocd-division/country:us/state:{state.lower()}",
        position=position,
    )
    build.term(seat)
    return seat


def found(match):
    return [(place.seat.chamber, place.seat.district, place.certain) for place in match.places]
