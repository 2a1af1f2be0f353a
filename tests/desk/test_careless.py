"""A live campaign, and ten presses of somebody who was not looking: each is refused, asked about
once more, or undone by one press. People go on acting on it.
"""

import pytest
from django.urls import reverse

from actions.confirm import confirm
from actions.take import take_action
from campaigns.models import Campaign, CampaignWords, Ending
from tests import build
from tests.actions.browsing import ACT, Fields
from worker.models import Delivery, Hold, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def live(letter_ask):
    """With a letter in line, a second ask, and a group of targets that is needed."""
    petition = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(petition, "We ask for this.")
    confirm(take_action(letter_ask, build.filled_form(letter_ask)))
    return letter_ask


def at(name, ask, *more):
    return reverse(f"desk:{name}", args=[ask.campaign.slug, *more])


def as_saved(client, page):
    return Fields(client.get(page).content.decode()).values


def empty_the_targets(client, ask):
    return client.post(at("ask_rule_remove", ask, ask.pk, ask.rules.get().pk))


def aim_at_nobody(client, ask):
    page = at("ask_rule", ask, ask.pk, ask.rules.get().pk)
    return client.post(page, as_saved(client, page) | {"chambers": ["state_upper"], "do": "save"})


def remove_an_ask(client, ask):
    return client.post(at("ask_remove", ask, ask.campaign.asks.last().pk))


def remove_the_ask_that_people_answered(client, ask):
    return client.post(at("ask_remove", ask, ask.pk), {"sure": "remove"})


def add_an_unwritten_ask(client, ask):
    return client.post(at("ask_add", ask), {"kind": "call"})


def empty_the_letter(client, ask):
    page = at("ask_letter", ask, ask.pk)
    return client.post(page, as_saved(client, page) | {"letter_body": ""})


def paste_a_gap_into_the_letter(client, ask):
    page = at("ask_letter", ask, ask.pk)
    return client.post(
        page, as_saved(client, page) | {"letter_body": "Because [why], {frist_name}."}
    )


def empty_the_consent(client, ask):
    page = at("campaign_words", ask, "en")
    return client.post(page, as_saved(client, page) | {"consent": ""})


def empty_the_petition(client, ask):
    page = at("ask_words", ask, ask.campaign.asks.last().pk, "en")
    return client.post(page, as_saved(client, page) | {"text": ""})


def empty_the_sender(client, ask):
    page = at("campaign_settings", ask)
    return client.post(page, as_saved(client, page) | {"sender_name": ""})


def move_its_address(client, ask):
    page = at("campaign_settings", ask)
    return client.post(page, as_saved(client, page) | {"slug": "elsewhere"})


def delete_it(client, ask):
    return client.post(at("campaign_delete", ask), {"sure": "delete"})


def launch_it_again(client, ask):
    return client.post(at("campaign_deed", ask, "launch"))


def archive_it(client, ask):
    return client.post(at("campaign_deed", ask, "archive"))


def close_it_without_a_word(client, ask):
    return client.post(at("campaign_deed", ask, "close"), {"closing_message": ""})


CARELESS = [
    empty_the_targets,
    aim_at_nobody,
    remove_an_ask,
    remove_the_ask_that_people_answered,
    add_an_unwritten_ask,
    empty_the_letter,
    paste_a_gap_into_the_letter,
    empty_the_consent,
    empty_the_petition,
    empty_the_sender,
    move_its_address,
    delete_it,
    launch_it_again,
    archive_it,
    close_it_without_a_word,
]


def snapshot(ask):
    """All that a supporter could notice, and the letter that waits."""
    campaign = Campaign.objects.get()
    return {
        "campaign": (campaign.slug, campaign.state, campaign.sender_name),
        "words": list(CampaignWords.objects.values("language", "story", "consent")),
        "asks": [
            (one.kind, one.letter_body, list(one.rules.values_list("chambers", flat=True)))
            for one in campaign.asks.all()
        ],
        "texts": [one.petition_texts.count() for one in campaign.asks.all()],
        "letters": list(Delivery.objects.filter(key__startswith="letter:").values_list("state")),
        "holds": Hold.objects.count(),
    }


@pytest.mark.parametrize("press", CARELESS, ids=lambda press: press.__name__)
def test_a_careless_press_changes_nothing_and_people_go_on_acting(organizer, live, press):
    before = snapshot(live)

    answer = press(organizer, live)

    assert answer.status_code in (302, 403, 409, 422)
    assert snapshot(live) == before
    assert 'name="step"' in organizer.get(ACT).content.decode()


def test_letters_of_a_campaign_that_ended_a_moment_ago_are_not_let_go_by_mistake(
    organizer, client, live
):
    organizer.post(at("campaign_deed", live, "close"), {"closing_message": "It is over."})
    client.force_login(build.user("staff", email="sam@example.org"))
    hold = {"scope": "campaign", "key": f"campaign:{live.campaign_id}"}

    page = client.post(reverse("desk:hold_lift"), hold, follow=True).content.decode()

    assert "ended a moment ago" in page
    assert Hold.objects.count() == 1


@pytest.mark.parametrize("deed", ["close", "win", "pause"])
def test_a_press_that_stops_people_is_taken_back_by_one_press(organizer, live, deed):
    before = snapshot(live)
    organizer.post(at("campaign_deed", live, deed), {"closing_message": "It is over."})
    assert Campaign.objects.get().state != "live"

    back = ("campaign_deed", "resume") if deed == "pause" else ("campaign_undo",)
    organizer.post(at(back[0], live, *back[1:]))

    assert snapshot(live) == before
    assert not Ending.objects.exists()
    assert Delivery.objects.get(key__startswith="letter:").state == State.QUEUED
