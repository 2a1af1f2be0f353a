"""Views and starts are counted without anybody being known by it."""

import pytest
from django.test import Client

from actions.breakdowns import visits
from actions.models import Submission
from actions.screening import rates
from campaigns.models import Breakdown
from tests.actions.browsing import ACT, ME, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
SEEN = f"{ACT}seen/"


def total(ask, metric, side="whole", value=""):
    visits.flush()
    rows = Breakdown.objects.filter(ask=ask, metric=metric, side=side, value=value)
    return sum(rows.values_list("number", flat=True))


def see(ask, query="", **headers):
    answer = Client(headers=headers).post(SEEN + query, {"ask": ask.pk})
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})


def test_a_view_is_counted_by_hour_source_and_language_and_flushed_once(petition):
    see(petition, "?source=Newsletter-12")
    see(petition, "?utm_source=newsletter-12")
    see(petition)

    assert total(petition, "views") == 3
    assert total(petition, "views", "source", "newsletter-12") == 2
    assert total(petition, "views", "language", "en") == 3
    assert Breakdown.objects.filter(ask=petition, side="day", metric="views").count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"dnt": "1"},
        {"sec-gpc": "1"},
        {"sec-purpose": "prefetch;prerender"},
        {"user-agent": "Mozilla/5.0 (compatible; Somebot/2.1)"},
        {"origin": "https://elsewhere.example"},
    ],
)
def test_who_asks_not_to_be_counted_or_is_no_reader_is_not(headers, petition):
    Client(headers=headers).post(SEEN, {"ask": petition.pk})

    assert total(petition, "views") == 0


def test_one_network_cannot_inflate_views_without_end(petition, monkeypatch):
    monkeypatch.setitem(rates.RATES, "seen", "3/m")
    for _ in range(9):
        see(petition)

    assert total(petition, "views") == 3


def test_sources_that_somebody_makes_up_fill_no_table(petition, monkeypatch):
    monkeypatch.setattr(visits, "MOST_SOURCES", 3)
    for number in range(9):
        see(petition, f"?source=made-up-{number}")

    assert total(petition, "views") == 9
    found = Breakdown.objects.filter(side="source", metric="views").values_list("number", flat=True)
    assert sorted(found) == [1, 1, 1, 6]


@pytest.mark.parametrize(
    "source",
    ["nora@example.org", "Nora North", "+15550100100", "5550100100", "a" * 41, "=1+1", "ñ"],
)
def test_a_source_that_could_name_a_person_is_none(source, client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    client.post(f"{ACT}?source={source}", page_fields(page) | ME | {"step": "write"})

    assert Submission.objects.get().source == ""


def test_a_source_goes_with_the_form_to_its_action_and_a_good_first_step_is_a_start(
    client, letter_ask, whole_zip
):
    first = client.get(f"{ACT}?source=school")
    client.post(f"{ACT}?source=school", page_fields(first) | {"step": "address", "zip": "nonsense"})
    fields = page_fields(first) | {"step": "address", "zip": "00001", "age": "34"}
    page = client.post(f"{ACT}?source=school", fields)
    client.post(f"{ACT}?source=school", page_fields(page) | ME | {"step": "write"})

    assert Submission.objects.get().source == "school"
    assert total(letter_ask, "starts") == 1
    assert total(letter_ask, "starts", "source", "school") == 1


def test_without_redis_nobody_is_counted_and_nothing_breaks(petition, monkeypatch):
    nowhere = visits.Redis.from_url("redis://127.0.0.1:1/0", retry=None)
    monkeypatch.setattr(visits, "counter", lambda _: nowhere)
    see(petition)

    assert visits.flush() == 0
    monkeypatch.setattr(visits, "_resting_until", 0.0)


def page_fields(page):
    from tests.actions.browsing import Fields

    return Fields(page.content.decode()).values
