"""The numbers an organizer sees equal the tallies, whichever way they are cut, and single nobody
out.
"""

import csv
import datetime as dt
import io
import itertools
import uuid
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import recount, take
from actions.breakdowns.evidence import Evidence, evidence_of
from actions.confirm import confirm
from actions.models import Action, Route, Submission, Voice
from actions.status import self_reports
from campaigns import counts
from campaigns.models import Breakdown, Tally
from desk.numbers import cuts, letter_cuts, reading
from tests import build
from worker.models import Delivery, State

pytestmark = pytest.mark.django_db
NOW = timezone.localtime().replace(hour=12)
TODAY = timezone.localdate()


def act(ask, *, days_ago=0, state="confirmed", us_state="FK", source=""):
    at = NOW - dt.timedelta(days=days_ago)
    who = build.supporter(email=f"supporter{next(build.number)}@example.org")
    fields = {
        "state": state,
        "us_state": us_state,
        "source": source,
        "created_at": at,
        "changed_at": timezone.now(),
    }
    if state in ("waiting", "quarantined"):
        whose = {"supporter_key": who.key, "mailbox": who.mailbox}
        return Submission.objects.create(ask=ask, form_key=uuid.uuid4(), **whose, **fields)
    return Action.objects.create(ask=ask, supporter=who, idempotency_key=uuid.uuid4(), **fields)


@pytest.fixture
def campaign():
    """Old and new, verified and pending, withdrawn and quarantined, a young voice, two asks, and
    another campaign's action.
    """
    letter = build.ask()
    petition = build.ask("petition", campaign=letter.campaign)
    act(letter)
    act(letter, days_ago=1, us_state="MD", source="school")
    act(letter, days_ago=400, source="school")
    act(petition, days_ago=1, us_state="")
    for state in ("waiting", "withdrawn", "quarantined"):
        act(petition, days_ago=29, state=state)
    Voice.objects.create(ask=petition, idempotency_key=uuid.uuid4(), raised_on=TODAY)
    act(build.ask(campaign=build.campaign("elsewhere")))
    recount.recount(everything=True)
    return letter.campaign


def tables(campaign, *, is_strict=False):
    scope = reading.Scope.of([campaign], is_strict=is_strict)
    numbers = reading.read(scope)
    names = {"FK": "Franklin", "MD": "Maryland"}
    made = (
        cuts.by_day(numbers, scope),
        cuts.by_state(numbers, scope, names, "/{}/".format),
        cuts.by_source(numbers),
        letter_cuts.by_evidence(numbers, scope),
        cuts.by_word(numbers, scope),
    )
    return {table.name: table for table in made}


def column(table, metric):
    at = table.metrics.index(metric)
    return {row.key: row.cells[at].number for row in table.rows}


def read(client, path):
    """The rows of a CSV of numbers, without its head."""
    answer = client.get(path)
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_days_and_states_each_add_up_to_the_tallies(campaign):
    told = Tally.objects.filter(ask__campaign=campaign)
    made = tables(campaign)

    for name, expected in {"verified": 4, "pending": 1, "anonymous": 1}.items():
        assert sum(getattr(tally, name) for tally in told) == expected
        assert sum(column(made["days"], name).values()) == expected
        assert sum(column(made["states"], name).values()) == expected


def test_there_is_a_row_for_each_of_the_last_thirty_days_and_one_for_all_earlier_ones(campaign):
    verified = column(tables(campaign)["days"], "verified")

    before, *days = verified
    assert (before, verified[before]) == (cuts.BEFORE, 1)
    assert days == [TODAY - dt.timedelta(days=n) for n in range(29, -1, -1)]
    assert (verified[days[-2]], verified[days[-1]]) == (2, 1)


def test_states_are_named_most_people_first_and_the_untold_keep_a_row(campaign):
    rows = tables(campaign)["states"].rows

    assert [(row.label, row.cells[0].number, row.url) for row in rows] == [
        ("Franklin", 2, "/FK/"),
        ("Maryland", 1, "/MD/"),
        ("Outside the states, or not told", 1, ""),
    ]


def test_the_page_says_so_when_there_is_nothing_yet(client):
    campaign = build.campaign()
    client.force_login(build.user("organizer"))

    assert "Nobody yet." in client.get(f"/desk/campaigns/{campaign.slug}/numbers/").content.decode()


def fill(ask, side, numbers, metric="verified"):
    Breakdown.objects.bulk_create(
        Breakdown(ask=ask, side=side, value=value, metric=metric, number=number)
        for value, number in numbers.items()
    )


def test_a_small_source_is_told_to_nobody_and_neither_is_what_would_give_it_back(client):
    ask = build.ask()
    fill(ask, "source", {"": 60, "school": 3, "bus": 12})
    fill(ask, "state", {"FK": 75})
    client.force_login(build.user("organizer"))
    page = f"/desk/campaigns/{ask.campaign.slug}/numbers/"

    rows = read(client, f"{page}sources.csv")
    assert [row[:2] for row in rows] == [
        ["None given", "60"],
        ["bus", "kept back"],
        ["school", "<5"],
    ]
    assert ">12<" not in client.get(page).content.decode()


def test_a_partner_sees_no_small_number_whatever_it_is_of(client):
    ask = build.ask()
    fill(ask, "state", {"FK": 70, "MD": 2, "VA": 9})
    fill(ask, "day", {TODAY.isoformat(): 2}, "verified")
    path = f"/desk/campaigns/{ask.campaign.slug}/numbers/states.csv"
    client.force_login(build.user("organizer", "partner"))
    hidden = {row[0]: row[1] for row in read(client, path)}
    client.force_login(build.user("organizer"))
    told = {row[0]: row[1] for row in read(client, path)}

    assert hidden == {"Franklin": "70", "Virginia": "kept back", "Maryland": "<5"}
    assert told == {"Franklin": "70", "Virginia": "9", "Maryland": "2"}


def test_inside_a_state_districts_add_up_and_offices_tell_nothing_that_they_hide(client):
    ask = build.ask()
    seats = {n: build.seat(district=str(n)) for n in (7, 8, 9, 10)}
    build.term(seats[7], build.legislator("Ada Smith"))
    fill(ask, "state", {"FK": 90})
    numbers = {7: 41, 8: 2, 9: 11, 10: 0}
    fill(ask, "sldl", {seats[n].division: number for n, number in numbers.items() if number})
    fill(ask, "office", {str(seats[n].pk): number for n, number in numbers.items() if number})
    client.force_login(build.user("organizer"))
    page = f"/desk/campaigns/{ask.campaign.slug}/numbers/FK/"

    assert {row[0]: row[1] for row in read(client, f"{page}districts-sldl.csv")} == {
        "House District 7": "41",
        "House District 8": "<5",
        "House District 9": "kept back",
        "House District 10": "0",
        "District not told": "36",
    }
    offices = {row[0]: row[1] for row in read(client, f"{page}offices.csv")}
    assert list(offices.values()) == ["41", "<5", "kept back"]
    assert next(iter(offices)).startswith("Ada Smith (Democrat")
    assert client.get(page).status_code == 200
    assert client.get(page.replace("/FK/", "/ZZ/")).status_code == 404
    assert client.get(f"{page}nothing.csv").status_code == 404


def test_an_issue_adds_up_its_campaigns_that_may_be_seen(client):
    one = build.ask("petition", campaign=build.campaign("one"))
    two = build.ask("petition", campaign=build.campaign("two"))
    draft = build.ask("petition", campaign=build.campaign("three", state="draft"))
    for ask, number in ((one, 40), (two, 20), (draft, 7)):
        fill(ask, "state", {"FK": number})
        Tally.objects.create(ask=ask, state="FK", verified=number, counted_at=NOW)
    fill(one, "source", {"school": 40})
    fill(two, "source", {"school": 3, "bus": 10, "web": 7})
    client.force_login(build.user("organizer"))

    # One campaign hides it: 43 in all would give its three back.
    sources = {row[0]: row[1] for row in read(client, "/desk/issues/children/numbers/sources.csv")}
    assert sources == {"school": "kept back", "bus": "10", "web": "kept back"}
    rows = read(client, "/desk/issues/children/numbers/campaigns.csv")
    assert [row[1] for row in rows] == ["40", "20"]
    assert read(client, "/desk/issues/children/numbers/states.csv")[0][1] == "60"
    assert client.get("/desk/issues/children/numbers/").status_code == 200
    assert client.get("/desk/issues/children/numbers/FK/").status_code == 200


def test_a_source_that_a_spreadsheet_would_run_is_text(client):
    ask = build.ask()
    fill(ask, "source", {"=1+1": 60, "@x": 70})
    client.force_login(build.user("organizer"))

    rows = read(client, f"/desk/campaigns/{ask.campaign.slug}/numbers/sources.csv")
    assert [row[0] for row in rows] == ["'@x", "'=1+1"]


def test_a_page_asks_as_many_questions_for_much_as_for_little(client, campaign):
    client.force_login(build.user("organizer"))
    path = f"/desk/campaigns/{campaign.slug}/numbers/"

    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    questions()
    few = questions()
    for number in range(12):
        build.ask("petition", campaign=campaign)
        fill(campaign.asks.first(), "source", {f"code-{number}": 8})
        fill(campaign.asks.first(), "host", {f"letters:host{number}.example": 8}, "accepted")

    assert questions() == few


def test_what_supporters_say_they_did_is_in_no_number_that_rests_on_evidence(client):
    ask = build.ask("letter")
    for position, email in enumerate(["ada@house.example", "bo@house.example", ""], start=1):
        build.term(build.seat(district="7", position=position), build.legislator(email=email))
    build.seat(district="7", position=4)
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    action = confirm(take.take_action(ask, build.filled_form(ask)))
    sent, failed = action.letters.filter(route="email").order_by("seat__position")
    Delivery.objects.filter(pk=sent.delivery_id).update(state="sent", rehearsal=False)
    Delivery.objects.filter(pk=failed.delivery_id).update(state="failed", rehearsal=False)
    now = timezone.now()
    for letter, what in [
        (failed, "form"),
        (action.letters.get(route="assisted"), "mailed"),
        (action.letters.get(route="assisted"), "talked"),
    ]:
        assert self_reports.note_self_report(action, seat_id=letter.seat_id, what=what, at=now)
    recount.recount()

    made = tables(ask.campaign)
    assert column(made["letters"], "letters") == {
        "accepted": 1,
        "refused": 1,
        "by_hand": 1,
        "empty": 1,
    }
    assert list(column(made["told"], "told").values()) == [1, 1, 1]
    count = counts.of_ask(ask)
    assert (count.verified, count.self_reported, count.total) == (1, 3, 1)
    client.force_login(build.user("organizer"))
    page = unescape(client.get(f"/desk/campaigns/{ask.campaign.slug}/numbers/").content.decode())
    assert page.index("Letters, by evidence") < page.index("By the supporters' word")


def test_every_letter_has_one_evidence_whatever_its_route_and_delivery():
    everything = itertools.product(
        Route.values,
        [None, NOW],
        [*State.values, None],
        ["email", "cwc", "paper", "lob", None],
        [True, False],
    )
    for route, waits, state, channel, rehearsal in everything:
        assert evidence_of(route, waits, state, channel, rehearsal) in Evidence


LONG = """<dl class="facts">
  <dt>Accepted by the office's mail server, no bounce in 48 hours</dt><dd>795</dd></dl>"""


@pytest.mark.django_db(transaction=True)
def test_a_number_beside_a_long_label_stays_on_one_line(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/")
    page.evaluate("html => document.querySelector('main').innerHTML = html", LONG)
    page.evaluate("document.querySelector('dl').style.inlineSize = '16rem'")

    lines = page.evaluate(
        """() => {
          const words = document.createRange()
          words.selectNodeContents(document.querySelector("dd"))
          return words.getClientRects().length
        }"""
    )
    assert lines == 1
