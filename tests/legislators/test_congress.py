"""The codes of Congress's offices, from the seats."""

import csv
import datetime as dt

import pytest

from legislators.models import Chamber, Seat
from legislators.roster import congress
from legislators.states import STATES

# Before the election that ended the terms of two appointed senators whom the published list still
# names.
DAY = dt.date(2026, 10, 1)


def seat(chamber, state, district="", label=""):
    return Seat(chamber=chamber, jurisdiction_id=state, district=district, label=label)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (seat(Chamber.US_HOUSE, "MD", "5"), "HMD05"),
        (seat(Chamber.US_HOUSE, "CA", "52"), "HCA52"),
        (seat(Chamber.US_HOUSE, "VT", "0"), "HVT00"),
        (seat(Chamber.US_HOUSE, "AS", "0"), "HAQ00"),
        (seat(Chamber.US_HOUSE, "DC", "0"), "HDC00"),
        (seat(Chamber.US_SENATE, "NV", label="Class 1"), "SNV01"),
        (seat(Chamber.US_SENATE, "NV", label="Class 3"), "SNV03"),
        (seat(Chamber.US_SENATE, "NV"), ""),
        (seat(Chamber.STATE_UPPER, "NV", "4"), ""),
        (seat(Chamber.US_HOUSE, "MD", ""), ""),
    ],
)
def test_an_office_is_named_by_its_seat(made, code):
    assert made.congress_code == code


def test_every_office_of_the_published_list_is_its_members_seat(shared_data):
    """537 codes with the member behind each, made by others; our seats come from the roster of
    Congress.
    """
    with (shared_data / "cwc" / "office_codes.csv").open() as table:
        published = {row["bioguide"]: row["office_code"] for row in csv.DictReader(table)}
    holdings, _rejected = congress.read(
        shared_data / "congress" / "legislators-current.yaml.gz", states=list(STATES), on=DAY
    )
    ours = {held.key.removeprefix("bioguide:"): seat_of(held).congress_code for held in holdings}

    assert len(published) == 537
    assert {key: ours.get(key) for key in published} == published


def seat_of(held):
    state = held.division.split("/")[2].rpartition(":")[2].upper()
    return Seat(
        chamber=held.chamber, jurisdiction_id=state, district=held.district, label=held.label
    )
