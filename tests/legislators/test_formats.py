"""Every published format in miniature, about invented people."""

import datetime as dt
import io
import json
import tarfile
import zipfile

import pytest

from legislators.loading import load
from legislators.models import (
    Chamber,
    Committee,
    CommitteeMembership,
    Contact,
    Legislator,
    Source,
    Term,
)
from legislators.roster.metadata import geoid_rows
from legislators.roster.openstates import parties_on
from legislators.roster.published import Refused
from legislators.roster.refreshing import refresh
from legislators.roster.seats import expected
from tests.legislators import folder as miniature

pytestmark = pytest.mark.django_db


def read(folder):
    return refresh(folder, ["VT"], say=lambda line: None)[0]


def holders(chamber):
    terms = Term.objects.filter(seat__chamber=chamber, ended_on=None).order_by(
        "seat__district", "seat__position"
    )
    return [
        (term.seat.district, term.legislator.name)
        for term in terms.select_related("seat", "legislator")
    ]


def yaml(path, content):
    path.write_text(json.dumps(content))  # JSON is YAML


# congress-legislators


def test_district_offices_and_official_accounts_come_with_a_member(folder):
    office = {
        "id": "x",
        "address": "2 Mill Lane",
        "suite": "Suite 4",
        "city": "Rutland",
        "state": "VT",
        "zip": "05701",
        "phone": "802-555-0111",
    }
    yaml(
        folder / "legislators-district-offices.yaml",
        [{"id": {"bioguide": "A000001"}, "offices": [office | {"fax": "802-555-0112"}]}],
    )
    social = {
        "twitter": "RepFir",
        "facebook": "repfir",
        "youtube": "fir",
        "youtube_id": "UC1",
        "instagram": "rep.fir",
        "twitter_id": 7,
    }
    yaml(
        folder / "legislators-social-media.yaml",
        [{"id": {"bioguide": "A000001"}, "social": social}],
    )
    read(folder)

    flo = Legislator.objects.get(name="Flo Fir")
    assert set(flo.contacts.filter(office="district").values_list("kind", "value", "place")) == {
        ("phone", "802-555-0111", "Rutland, VT"),
        ("fax", "802-555-0112", "Rutland, VT"),
        ("address", "2 Mill Lane, Suite 4, Rutland, VT 05701", "Rutland, VT"),
    }
    accounts = flo.contacts.filter(
        kind__in=["twitter", "facebook", "instagram", "youtube"]
    ).values_list("value", flat=True)
    assert set(accounts) == {
        "https://x.com/RepFir",
        "https://www.facebook.com/repfir",
        "https://www.instagram.com/rep.fir",
        "https://www.youtube.com/channel/UC1",
    }


COMMITTEES = [
    {
        "type": "house",
        "name": "House Committee on Orchards",
        "thomas_id": "HSOR",
        "url": "https://orchards.example.org",
        "phone": "202-555-0120",
        "subcommittees": [{"name": "Cider", "thomas_id": "01"}],
    }
]
MEMBERSHIPS = {
    "HSOR": [
        {
            "name": "Flo Fir",
            "party": "majority",
            "rank": 1,
            "title": "Chair",
            "bioguide": "A000001",
        },
        {"name": "Elsewhere", "party": "minority", "rank": 1, "bioguide": "Z000009"},
    ],
    "HSOR01": [{"name": "Flo Fir", "party": "majority", "rank": 2, "bioguide": "A000001"}],
}


def test_committees_come_with_their_parts_and_with_members_we_know(folder):
    yaml(folder / "committees-current.yaml", COMMITTEES)
    yaml(folder / "committee-membership-current.yaml", MEMBERSHIPS)
    read(folder)

    assert list(Committee.objects.values_list("key", "name", "parent__key")) == [
        ("HSOR", "House Committee on Orchards", None),
        ("HSOR01", "Cider", "HSOR"),
    ]
    rows = CommitteeMembership.objects.values_list(
        "committee__key", "legislator__name", "side", "rank", "title"
    )
    assert set(rows) == {
        ("HSOR", "Flo Fir", "majority", 1, "Chair"),
        ("HSOR01", "Flo Fir", "majority", 2, ""),
    }


def test_committees_follow_the_source_and_twice_changes_nothing(folder):
    yaml(folder / "committees-current.yaml", COMMITTEES)
    yaml(folder / "committee-membership-current.yaml", MEMBERSHIPS)
    read(folder)
    before = set(CommitteeMembership.objects.values_list("pk", flat=True))
    read(folder)
    assert set(CommitteeMembership.objects.values_list("pk", flat=True)) == before

    yaml(folder / "committee-membership-current.yaml", {"HSOR01": MEMBERSHIPS["HSOR01"]})
    read(folder)
    assert list(CommitteeMembership.objects.values_list("committee__key", flat=True)) == ["HSOR01"]


def ruler(first, last, *terms, **id):
    return {
        "id": id,
        "name": {"first": first, "last": last},
        "terms": [
            dict(zip(("type", "start", "end"), term, strict=True), party="Meadow") for term in terms
        ],
    }


def test_the_president_and_the_vice_president_are_those_in_office(folder):
    people = [
        ruler("Old", "Oak", ("prez", "2021-01-20", "2025-01-20"), govtrack=1),
        ruler(
            "Pia",
            "Pine",
            ("viceprez", "2021-01-20", "2025-01-20"),
            ("prez", "2025-01-20", "2029-01-20"),
            bioguide="P000001",
        ),
        ruler("Vic", "Vine", ("viceprez", "2025-01-20", "2029-01-20"), icpsr_prez=99),
    ]
    yaml(folder / "executive.yaml", people)
    miniature.write_table(
        folder / "MANIFEST.csv",
        [["file", "commit", "note"], ["executive.yaml", "c", "as of 2026-06-15"]],
    )
    read(folder)

    rows = Term.objects.filter(seat__chamber=Chamber.PRESIDENT).order_by("seat__position")
    assert [(term.seat.title, term.legislator.name, term.legislator.key) for term in rows] == [
        ("President", "Pia Pine", "bioguide:P000001"),
        ("Vice President", "Vic Vine", "icpsr_prez:99"),
    ]
    assert Source.objects.get(key="executive").covers == [["US", "president"]]


# Open States: YAML


def person_file(row):
    role = {"type": row["type"], "district": row["district"], "start_date": row["start"]}
    role["jurisdiction"] = "ocd-jurisdiction/country:us/state:vt/government"
    facts = {
        "id": row["id"],
        "name": row["name"],
        "email": row["email"],
        "party": [{"name": "Meadow"}],
        "ids": {"twitter": "x"},
    }
    return json.dumps(facts | {"offices": row["offices"], "links": [], "roles": [role]}).encode()


def archive(path, rows):
    names = {
        f"people-main/data/vt/legislature/{number}.yml": person_file(row)
        for number, row in enumerate(rows)
    }
    names["people-main/data/vt/retired/9.yml"] = person_file(
        miniature.person("old", "Old Oak", district="2")
    )
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as file:
            for name, content in names.items():
                file.writestr(name, content)
    else:
        with tarfile.open(path, "w:xz") as file:
            for name, content in names.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                file.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("name", ["people-main.zip", "people-main.tar.xz"])
def test_an_archive_of_people_is_read_without_the_retired(folder, name):
    (folder / "all-current-roles.jsonl").unlink()
    archive(folder / name, miniature.PEOPLE[:4])
    read(folder)

    assert holders("state_lower") == [("1", "Bob Birch"), ("1", "Ann Alder")]
    assert Contact.objects.filter(legislator__name="Ann Alder", value="https://x.com/x").exists()


# Open States' own tables

MODULE = """
from ..models import State, Chamber, District, simple_numbered_districts

VT = State(
    name="Vermont", abbr="VT", fips="50", unicameral=False, division_id="ocd-division/country:us/state:vt",
    lower=Chamber(chamber_type="lower", name="House", title="Representative", num_seats=3, districts=simple_numbered_districts(
        "ocd-division/country:us/state:vt", "lower", 1, num_seats=2) + [District("2", "lower", "ocd-division/country:us/state:vt/sldl:2")]),
    upper=Chamber(chamber_type="upper", name="Senate", title="Senator", num_seats=3, districts=[
        District("Rutland", "upper", "ocd-division/country:us/state:vt/sldu:rutland", num_seats=3)]),
)
"""
UNITED = """
seats_by_state = {"VT": 1, "ME": 2}
def us_house_districts():
    territories = [District("DC-AL", "lower", "ocd-division/country:us/district:dc", title_override="Delegate")]
    for state in STATES:
        districts.append(District(f"{state}", "lower", f"{state}"))
"""


def package(path, **modules):
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in modules.items():
            wheel.writestr(f"openstates/metadata/data/{name}.py", text)
    return path


@pytest.mark.parametrize("name", ["openstates-6.25.6-py3-none-any.whl", "openstates-core-main.zip"])
def test_open_states_package_gives_the_same_seats_as_the_table(folder, name):
    same = expected(folder / "districts_metadata.csv", ["VT"])
    path = package(folder / name, vt=MODULE, us=UNITED)
    assert sorted(map(str, expected(path, ["VT"]))) == sorted(map(str, same))
    assert [(seat.chamber, seat.title) for seat in expected(path, ["DC"])] == [
        ("us_house", "Delegate"),
        ("governor", "Mayor"),
        ("lt_governor", "Lieutenant Governor"),
        ("attorney_general", "Attorney General"),
    ]


def test_a_package_that_runs_code_to_say_its_districts_is_refused_and_not_run(folder):
    trap = MODULE.replace(
        'simple_numbered_districts(\n        "ocd-division/country:us/state:vt", "lower", 1,'
        " num_seats=2)",
        "exit(3)",
    )
    path = package(folder / "openstates-6.25.6-py3-none-any.whl", vt=trap, us=UNITED)
    with pytest.raises(Refused, match="openstates-6"):
        expected(path, ["VT"])


def test_census_numbers_come_from_the_configs_where_no_rule_gives_them(tmp_path):
    path = tmp_path / "openstates-geo-main.zip"
    division = "ocd-division/country:us/state:vt/sldu:rutland"
    config = {
        "id-mappings": {
            "sldu": {},
            "custom": [{"os-id": division, "sld-id": "sldu-50RUT"}, {"os-id": "of the past"}],
        }
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("openstates-geo-main/configs/jurisdictions/vt.yml", json.dumps(config))
    assert geoid_rows(path) == [{"layer": "sldu", "geoid": "50RUT", "ocd_division": division}]


def test_everything_loads_from_what_is_published_without_a_table_made_by_hand(folder):
    (folder / "districts_metadata.csv").unlink()
    (folder / "tiger_geoid_to_ocd.csv").unlink()
    package(folder / "openstates-core-main.zip", vt=MODULE, us=UNITED)
    config = {
        "id-mappings": {
            "custom": [
                {"os-id": "ocd-division/country:us/state:vt/sldu:rutland", "sld-id": "sldu-50RUT"}
            ]
        }
    }
    with zipfile.ZipFile(folder / "openstates-geo-main.zip", "w") as archive:
        archive.writestr("openstates-geo-main/configs/jurisdictions/vt.yml", json.dumps(config))
    load(folder, ["VT"], say=lambda line: None)
    assert ("Rutland", "Cyd Cedar") in holders("state_upper")


def test_a_party_that_somebody_has_left_no_longer_counts():
    switcher = [{"name": "Democratic", "end_date": "2022-12-29"}, {"name": "Republican"}]
    leaving = [{"name": "Meadow", "end_date": "2027-01-04"}]

    assert parties_on(switcher, dt.date(2022, 12, 28)) == ["Democratic", "Republican"]
    assert parties_on(switcher, dt.date(2022, 12, 29)) == ["Republican"]
    assert parties_on(switcher, dt.date(2026, 11, 29)) == ["Republican"]
    assert parties_on(leaving, dt.date(2026, 11, 29)) == ["Meadow"]
