"""Public forms: judged by where they come from, how often and how fast, without a cookie."""

import pytest
from django.conf import settings

from actions.confirm import confirm
from actions.models import Submission
from actions.screening.machines import new_token, read_token
from actions.screening.rates import RATES
from actions.take import take_action
from supporters.links import make
from tests import build
from tests.actions.browsing import is_taken

pytestmark = pytest.mark.django_db
URL = "/act/playgrounds/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Origin": "http://testserver"}, 422),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_post_from_another_site_is_refused(client, petition, headers, status):
    assert client.post(URL, {"step": "address"}, headers=headers).status_code == status


def test_reading_sets_no_cookie_and_may_be_cached(client, petition):
    response = client.get(URL)

    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_past_the_limit_the_page_asks_for_patience_and_keeps_every_word(
    client, petition, monkeypatch
):
    limit = 5
    monkeypatch.setitem(RATES, "lookup", f"{limit}/m")
    typed = {"step": "address", "zip": "00001", "age": "x", "country": "US"}
    answers = [client.post(URL, typed) for _ in range(limit)]
    assert {answer.status_code for answer in answers} == {422}
    # A minute may have ended on the way, and the count begun anew.
    response = next(
        answer
        for answer in (client.post(URL, typed) for _ in range(limit + 1))
        if answer.status_code == 429
    )

    assert 0 < int(response["Retry-After"]) <= 60
    assert 'value="00001"' in response.content.decode()
    assert "error-summary" not in response.content.decode()


@pytest.mark.parametrize("what", ["lookup", "act"])
def test_whoever_must_wait_before_sending_keeps_letter_name_and_tick(
    client, letter_ask, monkeypatch, what
):
    build.zip_district("00001", letter_ask)
    monkeypatch.setitem(RATES, what, "0/m")
    typed = {
        "step": "write",
        "zip": "00001",
        "age": "30",
        "own_words": "My son plays there.",
        "given_name": "Nora",
        "newsletter": "on",
    }
    response = client.post(URL, typed)

    page = response.content.decode()
    assert response.status_code == 429
    assert "My son plays there." in page
    assert 'value="Nora"' in page
    assert "error-summary" not in page
    assert what == "lookup" or "checked" in page


def test_an_address_to_mend_costs_no_word_of_the_letter(client, letter_ask):
    page = client.post(
        URL, {"step": "write", "zip": "1", "age": "30", "own_words": "My son plays there."}
    ).content.decode()

    assert "My son plays there." in page


def test_every_form_behind_a_link_has_its_limit(client, petition, monkeypatch):
    monkeypatch.setitem(RATES, "link", "0/m")
    monkeypatch.setitem(RATES, "unsubscribe", "0/m")
    action = confirm(take_action(petition, build.filled_form(petition)))
    other = build.filled_form(petition, entry=build.entry(given_name="Ida"))
    submission = take_action(petition, other)
    pages = [f"/{path}/{make(path, submission.public_id)}/" for path in ("confirm", "not-me")]
    links = {"withdraw": "withdraw", "letters": "status"}
    pages += [f"/{path}/{make(purpose, action.public_id)}/" for path, purpose in links.items()]
    pages += [
        f"/{path}/{make(path, action.supporter.public_id)}/"
        for path in ("newsletter", "unsubscribe")
    ]

    assert [client.post(page).status_code for page in pages] == [429] * 6
    assert [client.get(page).status_code for page in pages] == [200] * 6
    action.refresh_from_db()
    submission.refresh_from_db()
    assert (action.state, submission.state) == ("confirmed", "waiting")


def test_changing_the_address_counts_as_a_lookup(client, letter_ask, monkeypatch):
    monkeypatch.setitem(RATES, "lookup", "0/m")

    assert client.post(URL, {"step": "change", "zip": "00001", "age": "30"}).status_code == 429


def test_a_dead_redis_stops_nobody(client, petition, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }

    assert (
        client.post(
            URL, {"step": "address", "zip": "00001", "age": "30", "country": "US"}
        ).status_code
        == 200
    )


def test_a_form_made_for_one_ask_does_not_open_another(petition):
    token = new_token(petition.pk).sign()

    assert read_token(token, petition.pk)
    assert read_token(token, petition.pk + 1) is None
    assert read_token(token[:-2] + "xx", petition.pk) is None
    assert read_token("", petition.pk) is None


@pytest.mark.parametrize("trap", ["honeypot", "haste"])
def test_the_web_never_tells_a_machine_that_it_was_noticed(client, petition, settings, trap):
    settings.FORM_LEAST_SECONDS = 60 if trap == "haste" else 0
    form = {
        "step": "write",
        "zip": "00001",
        "age": "30",
        "country": "US",
        "token": new_token(petition.pk).sign(),
    }
    form |= {"given_name": "Nora", "family_name": "Álvarez", "email": "nora@example.org"}
    if trap == "honeypot":
        form["website"] = "http://spam.example"
    response = client.post(URL, form)

    assert is_taken(response)
    assert Submission.objects.get().state == Submission.State.QUARANTINED


def test_a_large_body_is_refused_before_it_is_read(client, petition):
    assert client.post(URL, {"statement": "x" * settings.PUBLIC_BODY_LIMIT}).status_code == 413


def test_a_draft_has_no_page(client, db):
    build.ask("petition", campaign=build.campaign("secret", state="draft"))

    assert client.get("/act/secret/").status_code == 404
