"""What a confirmed action leads to: one next ask that is this person's, with nothing to type again."""

import pytest
from django.utils import timezone

from campaigns.models import Tally
from tests import build
from tests.actions.browsing import ACT, ME, Fields, fields, mailed_link, press, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry", "whole_zip")]


@pytest.fixture
def confirmed(client, letter_ask):
    """The page after the button, where the campaign has a call and a petition besides."""
    build.ask("petition", campaign=letter_ask.campaign, position=2)
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")
    send(client, page, step="write", **ME)
    return press(client, mailed_link("confirm"))


def test_the_next_ask_takes_address_and_name_along(client, confirmed):
    form = confirmed.content.decode().split(f'action="{ACT}2/#step"')[1].split("</form>")[0]
    page = client.post(f"{ACT}2/", {**Fields(form).values, "step": "begin"})
    assert fields(page).values["zip"] == "00001"

    page = send(client, page, f"{ACT}2/", step="address", age="34")
    assert {name: fields(page).values[name] for name in ME} == ME


def test_whoever_opens_the_link_later_finds_no_address_in_the_page(client, confirmed):
    page = client.get(confirmed.wsgi_request.path).content.decode()

    assert f'href="{ACT}2/"' in page
    assert "1 Elm St" not in page


def test_what_was_done_is_not_asked_again(client, confirmed):
    page = send(client, client.get(f"{ACT}2/"), f"{ACT}2/", step="address", zip="00001", age="34")
    send(client, page, f"{ACT}2/", step="write", **ME)
    page = press(client, mailed_link("confirm")).content.decode()

    assert "Another two minutes?" not in page


def test_what_is_passed_on_says_by_which_way(client, confirmed):
    page = confirmed.content.decode()

    assert f"{ACT}?source=share-link" in page
    assert "source%3Dshare-whatsapp" in page


def test_the_number_towards_the_goal_is_the_one_that_the_asks_own_page_shows(
    client, confirmed, letter_ask
):
    petition = letter_ask.campaign.asks.get(position=2)
    Tally.objects.create(ask=letter_ask, state="", verified=3, counted_at=timezone.now())
    Tally.objects.create(ask=petition, state="", verified=9, counted_at=timezone.now())

    page = client.get(confirmed.wsgi_request.path).content.decode()

    assert "3 of 100 so far" in " ".join(page.split())
