"""Words of despair: who wrote them sees where help is, once, and everything else stays as it was."""

import datetime as dt
import logging

import pytest

from actions.models import Submission
from campaigns.models import Brand
from tests.actions.browsing import ACT, ME, fields, send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("no_hurry", "letter_ask", "whole_zip"),
]
HEAVY = "I lost my job and my house, and I don't want to live anymore. Please keep the clinic."


def written(client, url=ACT, **typed):
    page = send(client, client.get(url), url, step="address", zip="00001", age="34")
    return send(
        client, page, url, step="write", own_words=HEAVY, phone="555 010 0123", **ME, **typed
    )


def test_help_is_shown_before_sending_with_everything_typed_kept_and_the_button_below(client):
    page = written(client)

    html = page.content.decode()
    assert page.status_code == 200
    assert "Call or text 988" in html
    assert 'href="tel:988"' in html
    assert html.index("Call or text 988") < html.index("Send it as it is")
    kept = fields(page).values
    assert kept["own_words"].lstrip("\n") == HEAVY
    assert (kept["given_name"], kept["phone"]) == ("Nora", "555 010 0123")
    assert not Submission.objects.exists()


def test_the_second_press_sends_every_word_as_it_was_and_nothing_says_what_was_shown(
    client, caplog
):
    caplog.set_level(logging.DEBUG)
    send(client, written(client), step="write")

    [kept] = Submission.objects.values()
    assert (kept["own_words"], kept["state"], kept["quarantined_because"]) == (HEAVY, "waiting", "")
    assert "seen" not in kept
    # Hashes and times may have these digits by chance.
    typed = ("own_words", "statement", "entry", "answers", "permissions", "source", "appeal")
    assert "988" not in repr([kept[name] for name in typed])
    assert not [line for line in caplog.messages if "despair" in line or "help" in line.lower()]


def test_it_is_shown_once_also_where_something_else_is_mended_afterwards(client):
    page = send(client, written(client), step="write", email="nora@")
    assert page.status_code == 422
    assert "Call or text 988" not in page.content.decode()

    send(client, page, step="write", email="nora@example.org")
    assert Submission.objects.exists()


def test_other_words_and_words_of_ours_show_nothing(client, letter_ask):
    letter_ask.letter_body = "Suicidal thoughts are an illness. Fund the line."
    letter_ask.save()
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    send(client, page, step="write", own_words="My son plays there.", **ME)

    assert Submission.objects.exists()


def test_in_spanish_the_lines_are_those_for_spanish(client):
    page = send(client, client.get("/es" + ACT), "/es" + ACT, step="address", zip="00001", age="34")
    words = "Ya no quiero vivir. No quiten la clínica."
    page = send(client, page, "/es" + ACT, step="write", own_words=words, **ME)

    assert "envía AYUDA al 988" in page.content.decode()
    for english in ("Send it as it is", "Call 988", "Text 741741"):
        assert english not in page.content.decode()


def test_the_organization_s_own_lines_are_shown_with_their_day(client):
    Brand.objects.create(
        name="Children First",
        help_lines={"en": "Franklin Warmline | Call us | tel:+15550100199"},
        help_lines_on=dt.date(2026, 3, 14),
    )
    html = written(client).content.decode()

    assert "Franklin Warmline" in html
    assert "March 14, 2026" in html
    assert "988" not in html
