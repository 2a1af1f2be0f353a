"""Organizers see, before and after launch, which ways their letters would take today: what the
letters then do.
"""

import pytest
from django.urls import reverse

from actions.models import Ladder
from tests import build
from worker.channels.cwc import offices
from worker.inbound import dead_addresses

pytestmark = pytest.mark.django_db
ADA = "ada@legislature.example"


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer"))
    return client


@pytest.fixture
def ask():
    """A draft's letter to a delegate with an address, a member of Congress, and an empty seat."""
    ask = build.ask(campaign=build.campaign(state="draft", topic="Families"))
    build.term(build.seat(), build.legislator("Ada Smith", email=ADA))
    seat = build.seat(
        "us_house",
        state="MD",
        district="5",
        division="ocd-division/country:us/state:md/cd:5",
        title="Member",
    )
    build.term(seat, build.legislator("Cy Cole", form="https://example.gov/form"))
    build.seat(district="2")
    build.rule(ask, chambers=["state_lower", "us_house"])
    return ask


def seen(organizer, name, ask, *args):
    return organizer.get(reverse(f"desk:{name}", args=[ask.campaign.slug, *args])).content.decode()


def places(ask):
    return {"campaign": (), "campaign_deed": ("launch",), "ask_targets": (ask.pk,)}


@pytest.mark.parametrize("name", ["campaign", "campaign_deed", "ask_targets"])
def test_the_same_numbers_stand_everywhere(organizer, ask, name):
    assert "1 of 3 by e-mail, 1 needs the supporter, 1 has no known holder" in seen(
        organizer, name, ask, *places(ask)[name]
    )


@pytest.mark.parametrize("name", ["campaign", "campaign_deed", "ask_targets"])
def test_congress_counts_as_ours_once_it_is_set_up(organizer, ask, congress, name):
    offices.refresh()

    assert "1 of 3 by CWC, 1 by e-mail, 1 has no known holder" in seen(
        organizer, name, ask, *places(ask)[name]
    )


def test_while_choosing_the_count_says_how_the_ticked_seats_are_reached(organizer, ask):
    typed = {"chambers": ["us_house"], "do": "count"}
    url = reverse("desk:ask_targets", args=[ask.campaign.slug, ask.pk])

    assert (
        "1 of 1 needs the supporter"
        in organizer.post(url, typed, headers={"X-Part": "count"}).content.decode()
    )
    assert "1 of 1 needs the supporter" in organizer.post(url, typed).content.decode()


def test_a_letter_that_everybody_must_carry_themselves_is_worth_a_look_but_launches(organizer, ask):
    dead_addresses.declare_dead(ADA, because="gone")
    check = organizer.get(reverse("desk:campaign_deed", args=[ask.campaign.slug, "launch"]))
    [finding] = [one for one in check.context["findings"] if "need the supporter" in one["label"]]

    assert not finding["ok"]
    assert not finding["blocking"]


@pytest.mark.parametrize(
    ("routes", "says"),
    [
        (["email"], "By e-mail"),
        (["assisted"], "Needs the supporter&#x27;s help"),
        (["call"], "Needs the supporter&#x27;s help"),
    ],
)
def test_the_preview_says_which_way_this_letter_would_take(organizer, ask, routes, says):
    Ladder.objects.filter(chamber="state_lower").update(routes=routes)
    shown = organizer.post(
        reverse("desk:ask_preview", args=[ask.campaign.slug, ask.pk]), {"name": "Ada"}
    ).content.decode()

    assert f"· {says}" in shown


def test_the_preview_knows_congress(organizer, ask, congress):
    offices.refresh()
    shown = organizer.post(
        reverse("desk:ask_preview", args=[ask.campaign.slug, ask.pk]), {"name": "Cy"}
    ).content.decode()

    assert "By Congress&#x27;s own message system" in shown
