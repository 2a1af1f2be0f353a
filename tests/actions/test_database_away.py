"""The database goes away under a real web server: people are told the truth, and keep what they
typed.
"""

import json
import logging

import pytest
from django.db import OperationalError, connection

from actions.models import Submission
from config.children import free_port
from tests import processes
from tests.gate import Gate
from tests.journeys.newcomer import Newcomer

OWN_WORDS = "My “canary” daughter's playground closed <last> winter.\nPlease open it."
ADDRESS = {
    "country": "US",
    "age": "40",
    "street": "1 Elm St",
    "city": "Polk",
    "state": "FK",
    "zip": "00001",
}


@pytest.fixture(scope="module")
def _site_and_gate(_servers, django_db_setup, django_db_blocker):
    """A site of its own, whose way to the database can be closed; started once."""
    chosen = connection.settings_dict
    with django_db_blocker.unblock(), Gate(int(chosen["PORT"])) as gate:
        database = f"postgres://{chosen['USER']}@127.0.0.1:{gate.port}/{chosen['NAME']}"
        site = f"http://127.0.0.1:{free_port()}"
        with processes.web(SITE_URL=site, DATABASE_URL=database) as url:
            yield url, gate


@pytest.fixture
def gate(_site_and_gate):
    """Open, whatever the test before did."""
    _, gate = _site_and_gate
    gate.close()
    gate.open()
    return gate


@pytest.fixture
def behind_the_gate(_site_and_gate, gate, transactional_db, whole_zip):
    return _site_and_gate[0]


@pytest.fixture
def person(behind_the_gate):
    return Newcomer(behind_the_gate)


pytestmark = pytest.mark.usefixtures("whole_zip")


def write(person, language=""):
    """As far as the letter's own page."""
    person.open(f"{language}/act/playgrounds/").send(step="address", **ADDRESS)
    assert 'name="own_words"' in person.html


ME = {
    "given_name": "Nora",
    "family_name": "Canary",
    "email": "nora.canary@example.org",
    "own_words": OWN_WORDS,
    "step": "write",
}


def test_whoever_sends_meanwhile_gets_every_word_back_and_trying_again_counts_once(gate, person):
    write(person)
    gate.close()
    person.send(**ME)

    assert (person.status, person.headers["Retry-After"].isdecimal()) == (503, True)
    assert "no-store" in person.headers["Cache-Control"]
    assert "nothing you typed is lost" in person.html
    person.send()
    assert person.status == 503
    gate.open()
    person.send()

    assert "One step left" in person.html
    [submission] = Submission.objects.all()
    assert submission.own_words.replace("\r\n", "\n") == OWN_WORDS


def test_the_words_stand_in_boxes_to_be_copied_and_nothing_in_them_is_markup(gate, person):
    write(person)
    gate.close()
    person.send(**ME)

    assert "&lt;last&gt; winter.\nPlease open it.</textarea>" in person.html
    assert "<last>" not in person.html


def test_in_spanish_too(gate, person):
    write(person, "/es")
    gate.close()
    person.send(**ME)

    assert person.status == 503
    assert '<html lang="es">' in person.html
    assert "database is away" not in person.html


def test_a_page_that_cannot_be_shown_says_so_and_a_password_is_never_printed_back(gate, person):
    login = Newcomer(person.url).open("/login/")
    gate.close()

    assert person.open("/act/playgrounds/").status == 503
    assert "It is not you" in person.html
    login.send(username="ada@example.org", password="a secret that nobody sees")
    assert login.status == 503
    assert "a secret that nobody sees" not in login.html


def test_machines_get_the_one_shape_of_errors(gate, person):
    gate.close()

    assert person.open("/api/v2/campaigns/").status == 503
    assert json.loads(person.html)["error"]["code"] == "unavailable"


def test_what_was_typed_does_not_stand_in_the_log(client, db, monkeypatch, caplog):
    def away(*_args, **_options):
        raise OperationalError("connection refused, about nora.canary@example.org")

    monkeypatch.setattr("actions.pages.page_context.find_ask", away)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/act/playgrounds/", {**ADDRESS, **ME})

    assert answer.status_code == 503
    assert "canary" not in caplog.text
    assert "database is away" in caplog.text


@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_browser_with_and_without_scripts_the_words_are_still_there(
    gate, behind_the_gate, new_page, scripts
):
    page = new_page(base_url=behind_the_gate, java_script_enabled=scripts)
    page.goto("/act/playgrounds/")
    for name, text in {"street": "1 Elm St", "city": "Polk", "zip": "00001", "age": "40"}.items():
        page.locator(f"[name={name}]").fill(text)
    gate.close()
    page.locator("#step button[value=address]:not([aria-hidden])").click()
    page.get_by_role("heading", name="try again in a moment").wait_for()
    gate.open()
    page.get_by_role("button", name="Try again").click()
    page.locator("[name=own_words]").fill(OWN_WORDS)
    for name, text in {
        "given_name": "Nora",
        "family_name": "North",
        "email": "nora@example.org",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    gate.close()
    page.locator("form.write button[value=write]").last.click()
    page.get_by_role("heading", name="try again in a moment").wait_for()

    assert page.get_by_label("In your own words").input_value() == OWN_WORDS
    gate.open()
    page.get_by_role("button", name="Try again").click()
    page.locator("#one-step-left").wait_for()
    assert Submission.objects.count() == 1
