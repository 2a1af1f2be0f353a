import datetime as dt

import pytest
from django.utils import timezone

from legislators.models import Disagreement, TurnoverReport
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(build.user("organizer"))
    return client


def report(**fields):
    change = {
        "kind": "new",
        "state": "FK",
        "chamber": "state_lower",
        "district": "7",
        "person": "Ann Alder",
        "before": "Bob Birch",
        "after": "",
    }
    defaults = {
        "source": build.source(),
        "as_of": dt.date(2026, 8, 5),
        "before_on": dt.date(2026, 6, 15),
        "changes": [change],
    }
    return TurnoverReport.objects.create(**(defaults | fields))


def disagreement(**fields):
    believed, other = build.source(key="one", name="One"), build.source(key="two", name="Two")
    says = {"believed": believed, "believed_as_of": believed.as_of, "believed_says": "Ann Alder"}
    says |= {"other": other, "other_as_of": other.as_of, "other_says": ""}
    where = {
        "chamber": "us_house",
        "jurisdiction": build.jurisdiction(),
        "division": "d",
        "district": "1",
    }
    return Disagreement.objects.create(
        **(where | says | {"noticed_on": timezone.localdate()} | fields)
    )


def words(answer):
    return " ".join(answer.content.decode().split())


def test_nothing_loaded_says_how_to_load(desk):
    assert "load_data" in words(desk.get("/desk/rosters/"))


def test_an_old_roster_is_called_stale_in_days_and_a_young_one_is_not(desk):
    build.source(key="old", name="Old roster", as_of=timezone.localdate() - dt.timedelta(days=61))
    assert "61 days, stale" in words(desk.get("/desk/rosters/"))
    build.source(key="old").delete()
    build.source(key="young", as_of=timezone.localdate() - dt.timedelta(days=60))
    assert "stale</span>" not in words(desk.get("/desk/rosters/"))


def test_the_last_turnover_is_counted_and_its_lines_are_a_page_away(desk):
    made = report()
    page = words(desk.get("/desk/rosters/"))
    assert f"/desk/rosters/{made.pk}/" in page
    assert "new: 1" in page

    page = words(desk.get(f"/desk/rosters/{made.pk}/"))
    assert "Ann Alder" in page
    assert "Bob Birch" in page
    assert "State house 7" in page


def test_a_report_tells_the_rows_it_could_not_use(desk):
    made = report(changes=[], refused=[["Odd One, FK lower 77", "no such district is expected"]])
    assert "Odd One, FK lower 77: no such district is expected" in words(
        desk.get(f"/desk/rosters/{made.pk}/")
    )


def test_a_disagreement_shows_both_words_until_it_is_settled(desk):
    row = disagreement()
    page = words(desk.get("/desk/rosters/"))
    assert "Ann Alder <br>" in page
    assert "nobody <br>" in page

    Disagreement.objects.filter(pk=row.pk).update(settled_on=timezone.localdate())
    page = words(desk.get("/desk/rosters/"))
    assert "nobody <br>" not in page
    assert "Settled before" in page


def test_the_number_of_queries_does_not_grow_with_the_sources(desk, django_assert_max_num_queries):
    for number in range(6):
        report(source=build.source(key=f"roster-{number}"))
    with django_assert_max_num_queries(15):
        desk.get("/desk/rosters/")


def test_what_people_here_typed_in_is_no_roster_that_grows_old(client, db):
    build.approved_contact(build.legislator(), "email", "ada@new.example")
    client.force_login(build.user("staff"))

    assert "Typed in by people here" not in client.get("/desk/rosters/").content.decode()
