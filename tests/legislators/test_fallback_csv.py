"""Open States' CSV, the fallback, with the faults its writer is known for.

The people are invented.
"""

import csv

import pytest

from legislators.models import Contact, Seat, Source, Term
from legislators.roster.published import Refused
from legislators.roster.refreshing import refresh

pytestmark = pytest.mark.django_db
HEADER = (
    "id,name,current_party,current_district,current_chamber,given_name,family_name,gender,email,biography,birth_date,death_date,image,"
    "links,sources,capitol_address,capitol_voice,capitol_fax,district_address,district_voice,district_fax,twitter,youtube,instagram,"
    "facebook,wikidata"
)


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


def row(id, name, district="1", chamber="lower", party="Meadow", **fields):
    given, _, family = name.partition(" ")
    said = {
        "id": f"ocd-person/{id}",
        "name": name,
        "current_party": party,
        "current_district": district,
        "current_chamber": chamber,
    }
    return (
        said | {"given_name": given, "family_name": family, "email": f"{id}@example.org"} | fields
    )


def table(folder, *rows):
    (folder / "all-current-roles.jsonl").unlink(missing_ok=True)
    with (folder / "vt.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, next(csv.reader([HEADER])))
        writer.writeheader()
        writer.writerows(rows)
    return read(folder)


def test_the_csv_is_read_where_nothing_better_is_there_and_its_gaps_are_told(folder):
    summary = table(
        folder,
        row("ann", "Ann Alder", district_voice="802-555-0130"),
        row("cyd", "Cyd Cedar", "Rutland", "upper"),
    )

    assert holders("state_lower") == [("1", "Ann Alder")]
    assert Contact.objects.get(value="802-555-0130").office == "district"
    assert any("vt.csv: a fallback: no capitol offices" in line for line in summary.lines)


def test_the_csv_is_not_read_beside_the_yaml(folder):
    with (folder / "vt.csv").open("w") as file:
        file.write("nothing,of\nuse,here\n")
    read(folder)
    assert not Source.objects.filter(key="openstates-csv").exists()


def test_a_leaked_row_is_refused_and_nobody_loses_a_seat_by_it(folder):
    read(folder)
    summary = table(folder, row("eli", "Eli Elm", "2"), row("lee", "Lee Leaked", "2"))

    refused = [(reject.row, reject.reason) for reject in summary.rejected]
    assert [name for name, _ in refused] == ["Lee Leaked, VT state_lower 2"]
    assert "repeats party, chamber and district" in refused[0][1]
    assert holders("state_lower") == [("1", "Bob Birch"), ("1", "Ann Alder"), ("2", "Eli Elm")]
    assert ["VT", "state_lower"] not in Source.objects.get(key="openstates-csv").covers


def test_where_the_csv_names_too_many_it_is_believed_about_none_of_them(folder):
    summary = table(
        folder,
        row("eli", "Eli Elm", "2"),
        row("cyd", "Cyd Cedar", "Rutland", "upper"),
        row("fay", "Fay Fern", "2"),
    )

    assert sorted(reject.row.split(",")[0] for reject in summary.rejected) == [
        "Eli Elm",
        "Fay Fern",
    ]
    assert holders("state_lower") == []


def test_a_repeated_row_in_a_district_of_two_is_kept_but_doubted_aloud(folder):
    summary = table(folder, row("ann", "Ann Alder"), row("bob", "Bob Birch"))

    assert len(holders("state_lower")) == 2
    assert any(
        line.startswith("Bob Birch, VT state_lower 1: kept, though") for line in summary.lines
    )


def test_the_dead_and_districts_nobody_expects_are_refused(folder):
    summary = table(
        folder, row("ann", "Ann Alder", death_date="2026-02-01"), row("odd", "Odd One", "77")
    )
    assert sorted(reject.reason for reject in summary.rejected) == [
        "died on 2026-02-01",
        "no such district is expected",
    ]
    assert holders("state_lower") == []


def test_the_csv_does_not_unsay_the_first_day_of_a_term(folder):
    read(folder)
    table(folder, row("ann", "Ann Alder"), row("zed", "Zed Zelkova", "2"), row("bob", "Bob Birch"))
    assert str(Term.objects.get(legislator__name="Bob Birch").started_on) == "2023-01-04"


def test_a_table_that_is_no_such_csv_is_refused_by_name(folder):
    (folder / "all-current-roles.jsonl").unlink()
    (folder / "vt.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match=r"vt\.csv: it has no column id"):
        read(folder)
    assert not Seat.objects.exists()
