import json
import struct
import zipfile
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators.contacts import reach
from legislators.lookup import find_point, find_zip
from legislators.models import (
    Chamber,
    Contact,
    Edition,
    Legislator,
    Seat,
    Term,
)
from legislators.roster.published import Refused
from tests.legislators import folder as miniature
from tests.legislators.vermont import DAY, load, rows

pytestmark = pytest.mark.django_db


def holders(match, chamber):
    return [
        (place.seat.position, place.holder and place.holder.legislator.name, place.status)
        for place in match.places
        if place.seat.chamber == chamber
    ]


def test_a_point_finds_everyone_who_represents_it(folder):
    load(folder)
    match = find_point(43.5, -72.8, DAY)

    assert match.state == "VT"
    assert all(place.certain for place in match.places)
    assert holders(match, Chamber.STATE_LOWER) == [
        (1, "Bob Birch", "held"),
        (2, "Ann Alder", "held"),
    ]
    assert holders(match, Chamber.STATE_UPPER) == [
        (1, "Cyd Cedar", "held"),
        (2, "Dee Dogwood", "held"),
        (3, None, "vacant"),
    ]
    assert holders(match, Chamber.US_SENATE) == [(1, "Gus Gum", "held"), (2, "Hal Holly", "held")]
    assert holders(match, Chamber.US_HOUSE) == [(1, "Flo Fir", "held")]
    assert holders(match, Chamber.GOVERNOR) == [(1, "Eve Elder", "held")]


def test_a_zip_is_certain_or_split_as_the_crosswalk_says(folder):
    load(folder)
    assert find_zip("05001", DAY).split_chambers() == {}
    assert {
        chamber: len(divisions)
        for chamber, divisions in find_zip("05002", DAY).split_chambers().items()
    } == {"state_lower": 2}


def test_contacts_come_in_and_a_link_for_an_email_is_a_form(folder):
    load(folder)
    ann = reach(Legislator.objects.get(name="Ann Alder"))
    assert (ann.email, ann.phone, ann.address) == (
        "ann@example.org",
        "802-555-0101",
        "1 State Street",
    )
    eve = reach(Legislator.objects.get(name="Eve Elder"))
    assert (eve.email, eve.form) == ("", "https://governor.example.org/contact")


def test_home_addresses_stay_out(tmp_path):
    home = [{"classification": "home", "address": "9 Private Lane", "voice": "802-555-0199"}]
    load(
        miniature.write(
            tmp_path / "published", people=[miniature.person("ann", "Ann Alder", offices=home)]
        )
    )
    assert not Contact.objects.filter(value__in=["9 Private Lane", "802-555-0199"]).exists()


def test_loading_twice_changes_nothing(folder):
    load(folder)
    before = rows()
    load(folder)
    assert rows() == before


def test_a_chamber_without_any_published_holder_is_unknown_not_vacant(tmp_path):
    load(miniature.write(tmp_path / "published", people=[miniature.person("ann", "Ann Alder")]))
    match = find_point(43.5, -72.8, DAY)
    assert {status for _, _, status in holders(match, Chamber.STATE_UPPER)} == {"unknown"}
    assert holders(match, Chamber.STATE_LOWER) == [(1, "Ann Alder", "held"), (2, None, "vacant")]


def test_who_is_current_is_told_by_dates(tmp_path):
    people = [
        miniature.person("past", "Pat Past", end="2026-01-01"),
        miniature.person("next", "Nan Next", start="2027-01-01"),
        miniature.person("now", "Noe Now", start="2019", end="2027-01-01"),
    ]
    load(miniature.write(tmp_path / "published", people=people))
    assert [name for _, name, _ in holders(find_point(43.5, -72.8, DAY), Chamber.STATE_LOWER)] == [
        "Noe Now",
        None,
    ]


def test_rows_that_fit_no_seat_are_listed_with_their_reason(tmp_path):
    people = [
        *miniature.PEOPLE,
        miniature.person("odd", "Odd One", district="77"),
        miniature.person("more", "More Over", start="2026-01-01"),
    ]
    people += [miniature.person("even", "Even More", start="2026-02-01")]
    summary = load(miniature.write(tmp_path / "published", people=people))

    assert {(reject.row.split(",")[0], reject.reason) for reject in summary.rejected} == {
        ("Odd One", "no such district is expected"),
        ("More Over", "no seat is left in this district"),
        ("Even More", "no seat is left in this district"),
    }


def test_a_redrawn_map_replaces_the_old_one_and_keeps_it(folder):
    load(folder)
    assert holders(find_point(43.5, -72.6, DAY), Chamber.STATE_LOWER)[0][1] == "Bob Birch"
    load(miniature.write(folder, split=-72.7))

    assert [
        place.seat.district
        for place in find_point(43.5, -72.6, DAY).places
        if place.seat.chamber == "state_lower"
    ] == ["2"]
    assert sorted(Edition.objects.filter(layer="sldl").values_list("is_active", flat=True)) == [
        False,
        True,
    ]


def test_an_older_roster_never_replaces_a_newer_one(folder):
    load(folder)
    before = rows()
    with pytest.raises(Refused, match="2026-01-01"):
        load(miniature.write(folder, as_of="2026-01-01"))
    assert rows() == before


def test_yaml_people_are_read_like_json_lines(folder):
    load(folder)
    before = holders(find_point(43.5, -72.8, DAY), Chamber.STATE_LOWER)
    Term.objects.all().delete()
    (folder / "all-current-roles.jsonl").unlink()
    legislature = folder / "people" / "data" / "vt" / "legislature"
    legislature.mkdir(parents=True)
    for row in miniature.PEOPLE[:2]:
        person = {
            "id": row["id"],
            "name": row["name"],
            "email": row["email"],
            "party": [{"name": "Meadow"}],
            "offices": row["offices"],
        }
        role = {"type": row["type"], "district": row["district"], "start_date": row["start"]}
        person["roles"] = [
            role | {"jurisdiction": "ocd-jurisdiction/country:us/state:vt/government"}
        ]
        (legislature / f"{row['name']}.yml").write_text(json.dumps(person))
    load(folder)
    assert holders(find_point(43.5, -72.8, DAY), Chamber.STATE_LOWER) == before


def test_the_census_own_files_are_read_too(folder):
    """Shapefile zips and the relationship files with their bars and byte order mark."""
    for name in ("cd119_500k.geojson", "zccd119.csv"):
        (folder / name).unlink()
    outer = [(-73, 43), (-73, 44), (-72, 44), (-72, 43), (-73, 43)]
    hole = [(-72.6, 43.4), (-72.4, 43.4), (-72.4, 43.6), (-72.6, 43.6), (-72.6, 43.4)]
    write_shapefile(
        folder / "cb_2024_us_cd119_500k.zip",
        {"STATEFP": "50", "CD119FP": "00", "NAMELSAD": "At large"},
        [outer, hole],
    )
    columns = "OID_CD119_20|GEOID_CD119_20|NAMELSAD_CD119_20|GEOID_ZCTA5_20|AREALAND_PART"
    lines = ["\ufeff" + columns, "1|5000|At large|05001|12", "2|5000|At large||7"]
    (folder / "tab20_cd11920_zcta520_natl.txt").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )

    load(folder)

    assert holders(find_point(43.2, -72.8, DAY), Chamber.US_HOUSE) == [(1, "Flo Fir", "held")]
    beside = find_point(43.5, -72.5 + 0.05, DAY)  # the state knows who, its map does not draw it
    assert [p.method for p in beside.places if p.seat.chamber == Chamber.US_HOUSE] == ["state"]
    assert holders(find_zip("05001", DAY), Chamber.US_HOUSE) == [(1, "Flo Fir", "held")]


def write_shapefile(path, row, rings):
    points = [point for ring in rings for point in ring]
    starts = [sum(len(ring) for ring in rings[:n]) for n in range(len(rings))]
    body = struct.pack("<i4dii", 5, -73, 43, -72, 44, len(rings), len(points)) + struct.pack(
        f"<{len(starts)}i", *starts
    )
    body += b"".join(struct.pack("<2d", *point) for point in points)
    fields = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([20]) + bytes(15) for name in row
    )
    header = struct.pack("<BBBBIHH20x", 3, 126, 1, 1, 1, 33 + len(fields), 1 + 20 * len(row))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.shp", bytes(100) + struct.pack(">ii", 1, len(body) // 2) + body)
        archive.writestr(
            "x.dbf",
            header
            + fields
            + b"\r"
            + b" "
            + b"".join(value.encode().ljust(20) for value in row.values()),
        )


def test_the_command_tells_what_came_in(folder, capsys, every_point):
    call_command("load_data", folder=folder, state=["Vermont"])
    told = capsys.readouterr().out
    assert "10 seats expected, 10 new" in told
    assert "50,000 points agree with GEOS" in told
    assert "0 rows refused" in told


def test_the_command_says_which_states_there_are_and_which_folder_is_not(folder):
    with pytest.raises(CommandError, match="Narnia"):
        call_command("load_data", folder=folder, state=["Narnia"])
    with pytest.raises(CommandError, match="no such folder"):
        call_command("load_data", folder=folder / "nowhere")


def test_the_command_ends_on_ctrl_c_with_a_word_and_without_a_trace(folder):
    with (
        patch("legislators.roster.refreshing.write_terms", side_effect=KeyboardInterrupt),
        pytest.raises(CommandError, match="nothing was changed") as stopped,
    ):
        call_command("load_data", folder=folder)
    assert stopped.value.returncode == 130
    assert not Seat.objects.exists()


def test_files_that_only_an_earlier_release_read_are_removed(folder, settings, capsys):
    old = settings.VAR_DIR / "ranges"
    old.mkdir(parents=True)
    (old / "VT.sqlite3").write_bytes(b"ranges")
    (old / "places.db").write_bytes(b"towns")

    call_command("load_data", folder=folder, state=["VT"])

    assert list(old.iterdir()) == []
    assert f"Removed 2 files of an earlier release in {old}" in capsys.readouterr().out
