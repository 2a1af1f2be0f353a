"""Office addresses as they are published become lines for an envelope.

Streets and offices are public, or made up.
"""

import gzip
import json

import pytest

from legislators.postal import LINE_MAX, LINES, NoMailingAddress, mailing


@pytest.mark.parametrize(
    ("published", "lines"),
    [
        ("120 Harbor St, Annapolis, MD 21401", ["120 HARBOR ST", "ANNAPOLIS MD 21401"]),
        (
            "Room 156, Lowe House Office Building 6 Bladen St., Annapolis, MD 21401",
            ["RM 156 LOWE HOUSE OFFICE BLDG", "6 BLADEN ST", "ANNAPOLIS MD 21401"],
        ),
        (
            "Room 727, 11 S. Union St., Montgomery, AL 36130",
            ["11 S UNION ST RM 727", "MONTGOMERY AL 36130"],
        ),
        (
            "P.O. Box 83720 700 W. Jefferson St., Boise, ID 83720",
            ["PO BOX 83720", "BOISE ID 83720"],
        ),
        (
            "Room 5620, 1021 O St. P.O. Box 942849, Sacramento, CA 94249",
            ["RM 5620", "PO BOX 942849", "SACRAMENTO CA 94249"],
        ),
        (
            "271 Cannon House Office Building Washington DC 20515-3801",
            ["271 CANNON HOUSE OFFICE BLDG", "WASHINGTON DC 20515-3801"],
        ),
        ("900 Court St. NE, Salem, OR 97301", ["900 COURT ST NE", "SALEM OR 97301"]),
        (
            "State Capitol 600 E. Boulevard Ave., Bismarck, ND 58505",
            ["STATE CAPITOL", "600 E BOULEVARD AVE", "BISMARCK ND 58505"],
        ),
        (
            "Cordell Hull Building 425 Rep. John Lewis Way North, Nashville, TN 37243",
            ["CORDELL HULL BLDG", "425 REP JOHN LEWIS WAY N", "NASHVILLE TN 37243"],
        ),
        (
            "Room E2.302, P.O. Box 12910, Austin, TX 78711",
            ["RM E2.302", "PO BOX 12910", "AUSTIN TX 78711"],
        ),
        (
            "700 Capitol Avenue, Suite 100; Frankfort, Kentucky 40601",
            ["700 CAPITOL AVE STE 100", "FRANKFORT KY 40601"],
        ),
        ("12 Main Street; Charleston, West Virginia 25301-", ["12 MAIN ST", "CHARLESTON WV 25301"]),
        (
            "El Capitolio, Avenida Constitución P.O. Box 9022228, San Juan, PR 00902",
            ["EL CAPITOLIO AVENIDA CONSTITUCION", "PO BOX 9022228", "SAN JUAN PR 00902"],
        ),
        (
            (
                "Room 404-B, Coverdell Legislative Office Building 18 Capitol Square SW, Atlanta,"
                " GA 30334"
            ),
            ["COVERDELL LEGISLATIVE OFFICE BLDG", "18 CAPITOL SQ SW RM 404-B", "ATLANTA GA 30334"],
        ),
    ],
)
def test_a_published_address_becomes_lines_in_capitals_with_the_town_last(published, lines):
    assert mailing("Ana Ruiz", published, title="Senator").lines == ["SENATOR ANA RUIZ", *lines]


@pytest.mark.parametrize(
    "published",
    [
        "",
        "Albany, NY 12247",
        "State Capitol, Lansing, Michigan",
        "101 N. Carson Street, Suite",
        "1 Elm St, Somewhere, Ruritania 12345",
        "A" * 200 + " St, Polk, MD 21401",
    ],
)
def test_what_no_envelope_can_carry_is_refused_in_words(published):
    with pytest.raises(NoMailingAddress, match=r"\w+ \w+"):
        mailing("Ana Ruiz", published)


def test_a_long_title_gives_way_and_a_name_keeps_its_own_letters():
    assert (
        mailing("María Núñez-O'Brien, Jr.", "1 Elm St, Polk, MD 20715", title="Representative").name
        == "REPRESENTATIVE MARÍA NÚÑEZ-O'BRIEN JR"
    )
    assert (
        mailing(
            "Bartholomew Featherstonehaugh III", "1 Elm St, Polk, MD 20715", title="Representative"
        ).name
        == "BARTHOLOMEW FEATHERSTONEHAUGH III"
    )


def test_the_published_addresses_of_all_legislators_at_hand_become_envelopes_but_for_a_handful(
    shared_data,
):
    published = list(capitol_addresses(shared_data))
    refused = []
    for name, address in published:
        try:
            lines = mailing(name, address, title="Representative").lines
        except NoMailingAddress:
            refused.append(address)
        else:
            assert len(lines) <= LINES, address
            assert max(map(len, lines)) <= LINE_MAX, address
    assert len(published) > 7_500
    assert len(refused) < 20


def capitol_addresses(folder):
    with gzip.open(folder / "openstates/all-current-roles.jsonl.gz", "rt") as lines:
        for person in map(json.loads, lines):
            for office in person["offices"] or []:
                if office.get("classification") == "capitol" and office.get("address"):
                    yield person["name"], office["address"]
