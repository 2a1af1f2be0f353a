"""Every night who holds a campaign's seats is compared with the night before."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns import turnover
from campaigns.models import TargetsSeen, TargetTurnover
from legislators.models import Seat
from tests import build

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 11, 1)
LATER = FIRST + dt.timedelta(days=1)


@pytest.fixture
def ask():
    """To five seats of Democrats, and one that nobody holds."""
    made = build.ask()
    made.rules.create(chambers=["state_lower"])
    for place in range(1, 6):
        person = build.legislator(f"Old {place}")
        build.term(build.seat(district=str(place)), person, started_on=dt.date(2020, 1, 1))
    build.seat(district="6")
    return made


def follow(district, name, on=LATER, **fields):
    """Somebody else holds that seat from a day on."""
    seat = Seat.objects.get(district=district)
    seat.terms.update(ended_on=on)
    if name:
        build.term(seat, build.legislator(name), started_on=on, **fields)


def told():
    return [
        (one.seen_on, [(each["kind"], each["before"], each["after"]) for each in one.changes])
        for one in TargetTurnover.objects.all()
    ]


def test_what_changed_since_the_last_look_is_kept_and_said_on_the_campaigns_page(client, ask):
    turnover.look_at_all(FIRST)
    assert told() == []
    for district, name in (("1", "New 1"), ("2", "New 2"), ("3", None), ("6", "New 6")):
        follow(district, name)

    assert turnover.look_at_all(LATER) == 1

    assert told() == [
        (
            LATER,
            [
                ("changed", "Old 1", "New 1"),
                ("changed", "Old 2", "New 2"),
                ("vacant", "Old 3", ""),
                ("filled", "", "New 6"),
            ],
        )
    ]
    client.force_login(build.user("organizer"))
    page = " ".join(
        client.get(reverse("desk:campaign", args=[ask.campaign.slug])).content.decode().split()
    )
    assert (
        "2 seats changed hands, 1 seat fell vacant, 1 seat is held again, since Nov. 1, 2026"
        in page
    )
    assert "after Old 1" in page


def test_a_seat_whose_new_holder_is_of_another_party_goes_out_of_a_group_of_the_first(ask):
    ask.rules.update(parties=["Democratic"])
    turnover.look_at_all(FIRST)
    follow("1", "New 1", party="Republican")
    follow("6", "New 6")

    turnover.look_at_all(LATER)

    assert told()[0][1] == [("left", "Old 1", "New 1"), ("joined", "", "New 6")]


def test_what_an_organizer_changes_in_the_groups_is_no_turnover(ask):
    turnover.look_at_all(FIRST)
    ask.rules.update(seats=[Seat.objects.get(district="1").pk])
    turnover.look_at_all(LATER)
    assert told() == []

    after = LATER + dt.timedelta(days=1)
    follow("1", "New 1", on=after)
    turnover.look_at_all(after)
    assert told() == [(after, [("changed", "Old 1", "New 1")])]


def test_a_night_that_broke_off_goes_on_and_looks_at_nothing_twice(ask, monkeypatch):
    second = build.ask("call", campaign=ask.campaign)
    second.rules.create(chambers=["state_lower"])
    turnover.look_at_all(FIRST)
    follow("1", "New 1")
    real = turnover.compare

    def breaks_at_the_second(*args, **named):
        if TargetTurnover.objects.exists():
            raise RuntimeError("killed")
        return real(*args, **named)

    monkeypatch.setattr(turnover, "compare", breaks_at_the_second)
    with pytest.raises(RuntimeError):
        turnover.look_at_all(LATER)
    monkeypatch.setattr(turnover, "compare", real)

    assert turnover.look_at_all(LATER) == 1
    assert turnover.look_at_all(LATER) == 0
    assert TargetTurnover.objects.count() == 2
    assert set(TargetsSeen.objects.values_list("seen_on", flat=True)) == {LATER}


def test_drafts_and_ended_campaigns_are_not_looked_at(ask):
    for state in ("draft", "closed", "won", "archived"):
        ask.campaign.state = state
        ask.campaign.save()
        assert turnover.look_at_all(FIRST) == 0
