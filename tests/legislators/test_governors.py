"""Our own list of governors fills what rosters lack, and yields to every newer roster."""

import datetime as dt

import pytest

from legislators.by_hand.holders import Said, say
from legislators.contacts import reach
from legislators.holders import holders_of
from legislators.lookup import find_point
from legislators.models import Chamber, Legislator, Seat, Term
from legislators.roster import governors
from legislators.roster.published import Refused, Summary, read_table
from legislators.roster.refreshing import refresh
from legislators.states import STATES
from tests.legislators import folder as miniature

pytestmark = pytest.mark.django_db
SCOTT = "ocd-person/f3e613ff-3cd6-4b2c-b268-f6460d029f05"
DAY = dt.date(2026, 11, 30)


def load(path, *governors, as_of="2026-06-15"):
    """Vermont, with these governors beside a member of its House."""
    people = [miniature.person("ann", "Ann Alder"), *governors]
    return refresh(miniature.write(path, people=people, as_of=as_of), ["VT"], lambda line: None)[0]


def governor(id="eve", name="Eve Elder", **fields):
    return miniature.person(id, name, "governor", None, **fields)


def holder(day=DAY):
    seat = Seat.objects.get(chamber=Chamber.GOVERNOR)
    term = holders_of([seat.pk], day).get(seat.pk)
    return term.legislator.name if term else ""


def test_whom_no_roster_names_is_named_by_the_list_until_the_term_ends(tmp_path):
    summary = load(tmp_path)

    assert holder() == "Phil Scott"
    assert reach(Legislator.objects.get(key=SCOTT)).phone == "802-828-3333"
    assert holder(dt.date(2027, 1, 14)) == ""
    assert "governors whom no roster names, from our own list: VT; 1 new" in summary.lines


def test_loading_twice_changes_nothing(tmp_path):
    load(tmp_path)
    before = list(Term.objects.order_by("pk").values())
    load(tmp_path)

    assert list(Term.objects.order_by("pk").values()) == before


def test_whom_a_roster_names_is_left_alone(tmp_path):
    load(tmp_path, governor())

    assert holder() == "Eve Elder"
    assert not Legislator.objects.filter(key=SCOTT).exists()


def test_a_newer_roster_takes_over_also_the_same_person(tmp_path):
    load(tmp_path)
    load(tmp_path, governor(SCOTT.rpartition("/")[2], "Philip B. Scott"), as_of="2026-09-01")
    assert holder() == "Philip B. Scott"
    assert Term.objects.filter(seat__chamber=Chamber.GOVERNOR).count() == 1

    load(tmp_path, governor(), as_of="2026-10-01")
    assert holder() == "Eve Elder"


def test_a_newer_roster_without_a_governor_says_nothing_of_the_office(tmp_path):
    load(tmp_path)
    load(tmp_path, as_of="2026-10-01")

    assert holder() == "Phil Scott"


def test_what_people_here_said_stands(tmp_path):
    load(tmp_path)
    seat = Seat.objects.get(chamber=Chamber.GOVERNOR)
    say(seat, Said("Eve Elder", "sworn in"), author="sam@example.org")
    load(tmp_path)

    assert holder() == "Eve Elder"


def test_when_the_term_is_over_lookup_says_that_it_may_have_changed_hands(tmp_path):
    load(tmp_path)
    match = find_point(43.5, -72.8, dt.date(2027, 2, 1))

    assert [p.status for p in match.places if p.seat.chamber == Chamber.GOVERNOR] in (
        [],
        ["turnover"],
    )


def test_every_row_has_its_days_and_its_source():
    for row in read_table(governors.FILE, ["as_of"]):
        days = [dt.date.fromisoformat(row[name]) for name in ("started_on", "as_of", "ended_on")]
        assert days == sorted(days)
        assert row["source"].startswith("https://")
        assert row["state"] in STATES


def test_a_damaged_list_is_refused(tmp_path):
    bad = tmp_path / "governors.csv"
    bad.write_text("as_of,state\n2026-08-14,VT\n")

    with pytest.raises(Refused, match="has no column"):
        governors.fill_in(["VT"], Summary(), bad)
