"""The numbers an organizer sees equal the tallies, whichever way they are cut."""

import datetime as dt
import itertools
import uuid

import pytest
from django.utils import timezone

from actions import recount, take
from actions.confirm import confirm
from actions.models import Action, Letter, Route, Submission, Voice
from actions.status import self_reports
from campaigns import counts
from campaigns.models import Tally
from desk.organizing import numbers
from tests import build
from worker.models import Delivery, State

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 5, 31, 12, tzinfo=dt.UTC)


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
    Voice.objects.create(ask=petition, idempotency_key=uuid.uuid4(), raised_on=NOW.date())
    act(build.ask(campaign=build.campaign("elsewhere")))
    recount.recount(everything=True)
    return letter.campaign


def total(rows, name):
    return sum(row[name] for row in rows)


def test_days_states_and_sources_each_add_up_to_the_tallies(campaign):
    told = Tally.objects.filter(ask__campaign=campaign)
    days = numbers.by_day(campaign, today=NOW.date())

    for name, expected in {"verified": 4, "pending": 1, "anonymous": 1}.items():
        assert sum(getattr(tally, name) for tally in told) == expected
        assert total(days, name) == expected
        assert total(numbers.by_state(campaign), name) == expected
    assert total(numbers.by_source(campaign), "verified") == 4


def test_there_is_a_row_for_each_of_the_last_thirty_days_and_one_for_all_earlier_ones(campaign):
    earlier, *days = numbers.by_day(campaign, today=NOW.date())

    assert (earlier["day"], earlier["verified"]) == (None, 1)
    assert [row["day"] for row in days] == [
        NOW.date() - dt.timedelta(days=n) for n in range(29, -1, -1)
    ]
    assert (
        days[0]["pending"],
        days[-2]["verified"],
        days[-1]["verified"],
        days[-1]["anonymous"],
    ) == (1, 2, 1, 1)


def test_states_are_named_most_people_first_and_the_untold_keep_a_row(campaign):
    build.jurisdiction("MD")
    rows = numbers.by_state(campaign)

    # Two in FK; elsewhere or untold one signature and one young voice; one in Maryland.
    assert [(row["name"], row["total"], row["share"]) for row in rows] == [
        ("", 2, 100),
        ("Franklin", 2, 100),
        ("Maryland", 1, 50),
    ]


def test_sources_are_counted_most_verified_first(campaign):
    assert [
        (row["source"], row["verified"], row["pending"]) for row in numbers.by_source(campaign)
    ] == [("", 2, 1), ("school", 2, 0)]


def test_the_page_says_so_when_there_is_nothing_yet(client):
    campaign = build.campaign()
    client.force_login(build.user("organizer"))

    assert "Nobody yet." in client.get(f"/desk/campaigns/{campaign.slug}/numbers/").content.decode()


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

    assert {str(row["label"]): row["number"] for row in numbers.by_evidence(ask.campaign)} == {
        "Accepted by the office's mail server": 1,
        "Refused, bounced or given up": 1,
        "Only the supporter can bring them": 1,
        "To an empty seat": 1,
    }
    assert [row["number"] for row in numbers.by_word(ask.campaign)] == [1, 1, 1]
    count = counts.of_ask(ask)
    assert (count.verified, count.self_reported, count.total) == (1, 3, 1)
    client.force_login(build.user("organizer"))
    page = client.get(f"/desk/campaigns/{ask.campaign.slug}/numbers/").content.decode()
    assert page.index("Letters, by evidence") < page.index("By the supporters' word")


def test_every_letter_is_in_exactly_one_row_by_evidence(db):
    ask = build.ask("letter")
    build.term(build.seat(district="7"), build.legislator(email="ada@house.example"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    letter = confirm(take.take_action(ask, build.filled_form(ask))).letters.get()
    states = itertools.product(
        State.values, ["email", "cwc", "paper", "lob"], [True, False], Route.values
    )
    for state, channel, rehearsal, route in states:
        if route == "none":
            continue
        Delivery.objects.filter(pk=letter.delivery_id).update(
            state=state, channel=channel, rehearsal=rehearsal
        )
        Letter.objects.filter(pk=letter.pk).update(route=route)
        assert [row["number"] for row in numbers.by_evidence(ask.campaign)] == [1], (
            state,
            channel,
            rehearsal,
            route,
        )


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
