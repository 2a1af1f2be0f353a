"""Machines read what the public pages show, and errors have one shape."""

import pytest
from django.utils import timezone

from campaigns.models import Tally
from tests import build

pytestmark = pytest.mark.django_db
URL = "/api/v2/campaigns/"


def test_a_campaign_tells_its_words_its_asks_and_its_count(client):
    ask = build.ask("petition")
    Tally.objects.create(ask=ask, state="FK", verified=3, pending=2, counted_at=timezone.now())
    [campaign] = client.get(URL).json()["results"]

    assert (campaign["slug"], campaign["title"], campaign["asks"]) == (
        "playgrounds",
        "Open the playgrounds",
        ["petition"],
    )
    assert campaign["count"] == {
        "verified": 3,
        "pending": 2,
        "unverified": 0,
        "anonymous": 0,
        "self_reported": 0,
        "on_paper": 0,
        "total": 3,
        "goal": 100,
    }
    assert client.get(URL + "playgrounds/").json() == campaign


def test_a_draft_is_not_told(client):
    build.campaign("secret", state="draft")

    assert client.get(URL).json()["results"] == []
    answer = client.get(URL + "secret/")
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"code", "message", "fields"}


def test_what_is_not_there_has_the_one_shape_of_errors(client):
    for address in (URL + "no/such/", "/api/nope/"):
        answer = client.get(address)

        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_nothing_can_be_written(client):
    answer = client.post(URL, {"slug": "mine"}, content_type="application/json")

    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_the_number_of_queries_does_not_grow_with_the_campaigns(client, django_assert_num_queries):
    for number in range(12):
        build.ask("petition", campaign=build.campaign(f"campaign-{number}", bill="SB 17"))

    with django_assert_num_queries(6):
        client.get(URL)
