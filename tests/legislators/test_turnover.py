"""What a second roster changes, and what is told of it."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.core.management import call_command

from legislators.models import Contact, Disagreement, Source, Term, TurnoverReport
from legislators.roster import nightly
from legislators.roster.refreshing import refresh
from tests.legislators import folder as miniature

pytestmark = pytest.mark.django_db
ANN, BOB, CYD, DEE, EVE = miniature.PEOPLE


def publish(folder, people=miniature.PEOPLE, as_of="2026-06-15", **fields):
    return miniature.write(folder, people=people, as_of=as_of, **fields)


def read(folder):
    return refresh(folder, ["VT"], say=lambda line: None)


@pytest.fixture
def loaded(folder):
    read(folder)
    return folder


def changes(of="openstates"):
    """(kind, person, before, after) of the last report."""
    rows = TurnoverReport.objects.filter(source__key=of).first().changes
    return [(row["kind"], row["person"], row["before"], row["after"]) for row in rows]


def test_a_first_load_is_no_turnover(loaded):
    assert TurnoverReport.objects.count() == 2
    assert changes() == []


def test_who_came_who_left_and_what_stands_empty(loaded):
    publish(loaded, [ANN, miniature.person("fay", "Fay Fern"), CYD, EVE], as_of="2026-09-01")
    read(loaded)

    assert changes() == [
        ("new", "Fay Fern", "Bob Birch", ""),
        ("gone", "Bob Birch", "", "Fay Fern"),
        ("gone", "Dee Dogwood", "", ""),
        ("vacant", "", "Dee Dogwood", ""),
    ]
    report = TurnoverReport.objects.first()
    assert (str(report.as_of), str(report.before_on)) == ("2026-09-01", "2026-06-15")


def test_who_changes_chambers_has_moved(loaded):
    publish(
        loaded,
        [ANN, BOB | {"type": "upper", "district": "Rutland"}, CYD, DEE, EVE],
        as_of="2026-09-01",
    )
    read(loaded)

    assert changes() == [
        ("moved", "Bob Birch", "VT state_lower 1", "VT state_upper Rutland"),
        ("vacant", "", "Bob Birch", ""),
    ]


def test_new_contacts_are_told_with_the_old_ones(loaded):
    publish(loaded, [ANN | {"email": "new@example.org"}, BOB, CYD, DEE, EVE], as_of="2026-09-01")
    read(loaded)

    assert changes() == [("contact", "Ann Alder", "email ann@example.org", "email new@example.org")]


def test_whoever_is_re_elected_is_neither_new_nor_gone(loaded):
    term = {
        "type": "rep",
        "district": 0,
        "start": "2027-01-03",
        "end": "2029-01-03",
        "url": "https://fir.example.org",
    }
    again = miniature.member("A000001", "Flo", "Fir", **term)
    publish(loaded, congress=[again, *miniature.CONGRESS[2:]], as_of="2027-01-10")
    read(loaded)

    told = changes("congress-legislators")
    assert not any("Flo Fir" in line for line in told)
    assert ("gone", "Gus Gum", "", "") in told


def test_the_same_roster_again_leaves_no_second_report(loaded):
    read(loaded)
    assert TurnoverReport.objects.count() == 2


def test_terms_are_closed_with_the_day_of_the_roster_and_stay(loaded):
    publish(loaded, [ANN], as_of="2026-09-01")
    read(loaded)
    bob = Term.objects.get(legislator__name="Bob Birch")
    assert bob.ended_on == dt.date(2026, 9, 1)


def test_the_command_prints_the_turnover(loaded, capsys):
    publish(loaded, [ANN, CYD, DEE, EVE], as_of="2026-09-01")
    call_command("refresh_rosters", folder=loaded)

    told = capsys.readouterr().out
    assert (
        "State legislatures and governors, 2026-09-01 since 2026-06-15: 0 new, 1 gone, 0 moved, 1"
        " vacant, 0 contact" in told
    )
    assert "gone: Bob Birch, VT state_lower 1" in told
    assert "vacant: VT state_lower 1, was Bob Birch" in told


def test_the_nightly_refresh_reads_the_folder_it_is_told_of_and_only_states_loaded_before(
    loaded, settings
):
    settings.ROSTERS_FROM = str(loaded)
    publish(loaded, [ANN, CYD, DEE, EVE], as_of="2026-09-01")
    nightly.refresh_rosters()

    assert ("gone", "Bob Birch", "", "") in changes()
    assert nightly.loaded_states() == ["VT"]


def test_the_nightly_refresh_leaves_the_practice_state_and_the_network_alone(settings):
    settings.DATA_SOURCES = [{"file": "x", "url": "http://127.0.0.1:9/", "part": "rosters"}]
    with patch(
        "legislators.roster.nightly.refresh_from", side_effect=AssertionError("it reached out")
    ):
        nightly.refresh_rosters()

    assert not TurnoverReport.objects.exists()


def test_a_nightly_refresh_that_fails_changes_nothing_and_says_so(loaded, settings, caplog):
    settings.ROSTERS_FROM = str(loaded)
    (loaded / "all-current-roles.jsonl").write_text("{ not json\n")
    nightly.refresh_rosters()

    assert Term.objects.filter(ended_on=None).exists()
    assert "The rosters stay as they were" in caplog.text


# A second opinion


def us(id, name, type, district):
    return miniature.person(id, name, type, district) | {"st": "us"}


AGREEING = [
    us("f", "Florence Fir", "lower", "VT-AL"),
    us("g", "Gus Gum", "upper", "Vermont"),
    us("h", "H. Hólly Jr.", "upper", "Vermont"),
]


def test_sources_that_agree_up_to_accents_and_given_names_are_left_in_peace(folder):
    publish(folder, [*miniature.PEOPLE, *AGREEING])
    read(folder)
    assert not Disagreement.objects.exists()


def test_a_disagreement_is_kept_with_both_words_and_dates_and_the_believed_source_fills_the_seat(
    folder,
):
    publish(folder, [*miniature.PEOPLE, us("z", "Zoe Zinnia", "lower", "VT-AL"), *AGREEING[1:]])
    summary, _ = read(folder)

    row = Disagreement.objects.get()
    assert (row.chamber, row.jurisdiction_id, row.district) == ("us_house", "VT", "0")
    assert (row.believed_says, row.other_says) == ("Flo Fir", "Zoe Zinnia")
    assert Term.objects.get(seat__chamber="us_house").legislator.name == "Flo Fir"
    assert any("says Flo Fir" in line and "says Zoe Zinnia" in line for line in summary.lines)


def test_one_source_that_knows_of_a_vacancy_disagrees(folder):
    publish(folder, [*miniature.PEOPLE, *AGREEING[1:]])
    read(folder)
    assert Disagreement.objects.get().other_says == ""


def test_a_disagreement_is_settled_when_they_agree_and_never_deleted(folder):
    publish(folder, [*miniature.PEOPLE, *AGREEING[1:]])
    read(folder)
    publish(folder, [*miniature.PEOPLE, *AGREEING], as_of="2026-09-01")
    read(folder)
    read(folder)

    assert [row.settled_on is not None for row in Disagreement.objects.all()] == [True]


def test_a_contact_another_source_knows_too_is_one_row(loaded):
    """The fallback names people by the same ids as the YAML."""
    ann = Contact.objects.get(value="ann@example.org")
    Contact.objects.filter(pk=ann.pk).update(source=Source.objects.get(key="congress-legislators"))
    read(loaded)
    assert Contact.objects.filter(value="ann@example.org").count() == 1
