"""Office addresses as they are published become lines for an envelope.

Streets and offices are public, or made up.
"""

import gzip
import json
import re

import pytest

from legislators.models import Contact
from legislators.postal import LINE_MAX, LINES, NoMailingAddress, mailing
from legislators.roster.congress import _offices


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
    ("published", "above", "street"),
    [
        # All up to the comma is the street, whatever suffixes are in its name.
        (
            "75 Rev Dr. Martin Luther King Jr. Blvd., St. Paul, MN 55155",
            "",
            "75 REV DR MARTIN LUTHER KING JR BLVD",
        ),
        (
            "State Capitol, 600 Dr. Martin L. King, Jr. Blvd., Nashville, TN 37243",
            "STATE CAPITOL",
            "600 DR MARTIN L KING JR BLVD",
        ),
        (
            "901 E. St. Louis Street, Suite 1604, Springfield, MO 65806",
            "",
            "901 E ST LOUIS ST STE 1604",
        ),
        ("121 SW Port St. Lucie Blvd., Port St. Lucie, FL 34984", "", "121 SW PORT ST LUCIE BLVD"),
        ("15 St. John St., Schuylkill Haven, PA 17972", "", "15 ST JOHN ST"),
        ("500 Trail Creek Rd, Polk, MD 21401", "", "500 TRAIL CREEK RD"),
        ("77 Square Lake Rd, Polk, MD 21401", "", "77 SQUARE LAKE RD"),
        ("40 St Paul Pl, Polk, MD 21401", "", "40 ST PAUL PL"),
        ("624 Avenue of the States, Chester, PA 19013", "", "624 AVENUE OF THE STATES"),
        ("1412 Avenue J Suite 2E, Brooklyn, NY 11230", "", "1412 AVENUE J STE 2E"),
        ("251 North Ave. West Second Floor, Westfield, NJ 07090", "", "251 NORTH AVE W SECOND FL"),
        ("15651 North Freeway, Houston, TX 77090", "", "15651 NORTH FWY"),
        # Numbers of every kind
        (
            "1202-1/2 7th Street NW, Suite 218, Rochester, MN 55901",
            "",
            "1202-1/2 7TH ST NW STE 218",
        ),
        ("403½ NE Jefferson St., Peoria, IL 61603", "", "403 1/2 NE JEFFERSON ST"),
        ("67/69 Church St., New Brunswick, NJ 08901", "", "67/69 CHURCH ST"),
        ("40-13 159th St., Suite A, Flushing, NY 11358", "", "40-13 159TH ST STE A"),
        ("Fenton Building 2–6 E. 2nd St., Jamestown, NY 14701", "FENTON BLDG", "2-6 E 2ND ST"),
        ("W62N589 Washington Ave., Cedarburg, WI 53012", "", "W62N589 WASHINGTON AVE"),
        ("585 W 500 S, #230, Bountiful, UT 84010", "", "585 W 500 S #230"),
        ("2146 27 th Avenue, Suite 500, Council Bluffs, IA 51501", "", "2146 27TH AVE STE 500"),
        ("254 36 Street, B-329, Brooklyn, NY 11232", "B-329", "254 36 ST"),
        ("871 County Road 814, Green Forest, AR 72638", "", "871 COUNTY ROAD 814"),
        ("1715 Highway 35 North Suite 307, Middletown, NJ 07748", "", "1715 HIGHWAY 35 N STE 307"),
        # A unit stands behind.
        ("8001 Broadway, Suite 102, Merrillville, IN 46410", "", "8001 BROADWAY STE 102"),
        ("State Capitol, Rm. 236; Salt Lake City, UT 84114", "", "STATE CAPITOL RM 236"),
        ("One Canal Plaza, Suite 802, Portland, ME 04101", "", "ONE CANAL PLAZA STE 802"),
        (
            "US Federal Courthouse, One Church Street, Suite F-401, Montgomery, AL 36104",
            "US FEDERAL COURTHOUSE",
            "ONE CHURCH STREET STE F-401",
        ),
        (
            "Wells Fargo Center, 1500 Broadway, Suite 1230, Lubbock, TX 79401",
            "WELLS FARGO CENTER",
            "1500 BROADWAY STE 1230",
        ),
        (
            "1967 Highway 34, Building C Suite 202, Wall Township, NJ 07719",
            "",
            "1967 HIGHWAY 34 BLDG C STE 202",
        ),
        (
            "Room 130, 5500 S. Zapata Highway, Building F, Laredo, TX 78046",
            "",
            "5500 S ZAPATA HWY BLDG F RM 130",
        ),
        ("2700 M Street, 250B, Bakersfield, CA 93301", "", "2700 M ST # 250B"),
        ("115 East, State Capitol, Madison WI 53702", "", "STATE CAPITOL # 115 EAST"),
        ("5659 State Route 5 Suites 1-3, Herkimer, NY 13350", "", "5659 STATE ROUTE 5 STE 1-3"),
        (
            "800 Atlantic City Blvd. Suites 2 and 3, Bayville, NJ 08721",
            "",
            "800 ATLANTIC CITY BLVD STE 2 AND 3",
        ),
        # Rooms and buildings with numbers of their own
        (
            "975 John F. Kennedy Federal Building 15 New Sudbury St., Boston, MA 02203",
            "975 JOHN F KENNEDY FEDERAL BLDG",
            "15 NEW SUDBURY ST",
        ),
        (
            "Governor; 501 North 3rd Street; 508 Main Capitol Building; Harrisburg, PA 17120",
            "GOVERNOR 508 MAIN CAPITOL BLDG",
            "501 N 3RD ST",
        ),
        ("Annex 1 100 S. Lawrence St., Montgomery, AL 36104", "ANNEX 1", "100 S LAWRENCE ST"),
    ],
)  # fmt: skip
def test_a_street_is_all_up_to_the_comma_and_a_unit_stands_behind_it(published, above, street):
    made = mailing("Ana Ruiz", published)
    assert (made.above, made.street) == (above, street)


@pytest.mark.parametrize(
    "published",
    [
        "City Hall Conference Room 100 State St., Beloit, WI 53511",
        "100 Elm Mall 200 Main St., Polk, MD 21401",
        "585 500 South, Bountiful, UT 84010",
        "Room 230, Boston, MA 02133",
    ],
)
def test_in_doubt_between_two_streets_no_envelope_is_made_and_it_says_why(published):
    with pytest.raises(NoMailingAddress, match=r"It may be|It has no street"):
        mailing("Ana Ruiz", published)


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
    published = list(published_addresses(shared_data))
    refused, units = [], []
    for name, address in published:
        try:
            made = mailing(name, address, title="Representative")
        except NoMailingAddress as fault:
            # Many publish a town and nothing else for their district.
            refused += [] if "no street" in str(fault) or "ZIP" in str(fault) else [address]
            continue
        assert len(made.lines) <= LINES, address
        assert max(map(len, made.lines)) <= LINE_MAX, address
        units += (
            [address] if re.match(r"(STE|RM|#|UNIT|\d+(ST|ND|RD|TH) FL)\b", made.street) else []
        )
    assert len(published) > 13_000
    assert units == []
    assert len(refused) < 20


def published_addresses(folder):
    with gzip.open(folder / "openstates/all-current-roles.jsonl.gz", "rt") as lines:
        for person in map(json.loads, lines):
            for office in person["offices"] or []:
                if office.get("classification") != "home" and office.get("address"):
                    yield person["name"], office["address"]
    for ways in _offices(folder / "congress/legislators-district-offices.yaml.gz").values():
        for way in ways:
            if way.kind == Contact.Kind.ADDRESS and way.value:
                yield "Ana Ruiz", way.value
