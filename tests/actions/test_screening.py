"""Threats by the writer wait for a person; anger, and what survivors quote, does not.

The letters in tests/actions/screened/ were made up for this. The rules were tuned on those in the
folder itself, not on those in `held_out`: a third of what the bar asks for. `veiled.txt` is not
promised: nothing in it says what will be done.
"""

import time
from pathlib import Path

import pytest

from actions.models import Submission
from actions.screening.own_words import is_despair, is_threat
from tests.actions.browsing import ACT, ME, mailed_link, send
from worker.models import Delivery

LETTERS = Path(__file__).parent / "screened"


def letters(name):
    """They stand apart by an empty line."""
    return (LETTERS / f"{name}.txt").read_text().strip().split("\n\n")


def held(texts):
    return [text for text in texts if is_threat(text)]


def test_every_explicit_threat_by_the_writer_is_held():
    threats = letters("threats")

    assert len(threats) >= 60
    assert [text for text in threats if not is_threat(text)] == []


def test_of_angry_letters_at_most_two_in_a_hundred_are_held():
    angry = letters("angry") + letters("held_out/angry")

    assert len(angry) >= 150
    assert len(held(angry)) <= 0.02 * len(angry)


def test_of_survivors_letters_at_most_one_in_a_hundred_is_held():
    survivors = letters("survivors") + letters("held_out/survivors")

    assert len(survivors) >= 100
    assert len(held(survivors)) <= 0.01 * len(survivors)


def test_letters_that_the_rules_have_not_seen_fare_no_worse_than_they_did():
    """When the rules were done: 30 of 45 threats, no angry letter, one survivor's of 45."""
    assert len(held(letters("held_out/threats"))) >= 30
    assert len(held(letters("held_out/angry"))) <= 1
    assert len(held(letters("held_out/survivors"))) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "I WILL KILL YOU",
        "i will k-i-l-l you",
        "I will k1ll you",
        "I\u2019ll   kill\nyou",
        "Te mat\u00e9 una vez en mis sue\u00f1os; te voy a m\u00e0tar de verdad",
    ],
)
def test_spelling_hides_nothing(text):
    assert is_threat(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said he would kill me.",
        'He wrote: "I will kill you." I have the letter.',
        "La mató su novio.",
        "I will never hurt you or anybody.",
        "I will shoot you an e-mail.",
        "",
    ],
)
def test_what_others_said_and_manners_of_speaking_are_none(text):
    assert not is_threat(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to die.",
        "Some days I just don\u2019t want to live anymore.",
        "My kids would be better off without me.",
        "I have thought about suicide every day since the layoff.",
        "I am going to end my life if this goes on.",
        "I can't go on like this anymore.",
        "I wish I had never been born.",
        "This is my last letter.",
        "Ya no quiero vivir.",
        "Me quiero morir.",
        "Pienso en quitarme la vida.",
        "Estarían mejor sin mí.",
        "A veces quiero hacerme daño.",
    ],
)
def test_words_of_despair_are_seen(text):
    assert is_despair(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to live near a park.",
        "Kill this bill.",
        "I can't wait any longer for the bus.",
        "My mother died waiting for a bed.",
        "This road will be the death of somebody.",
        "No puedo votar en esa fecha.",
        "Quiero vivir tranquila en mi barrio.",
    ],
)
def test_other_words_are_none(text):
    assert not is_despair(text)


def test_anger_is_hardly_ever_taken_for_despair():
    angry = letters("angry") + letters("held_out/angry")

    assert sum(map(is_despair, angry)) <= 0.02 * len(angry)


def test_a_text_made_to_be_slow_is_read_in_no_time():
    is_threat("once, so that the rules are compiled")
    began = time.process_time()
    for words in ("i will ", "the man ", "voy a ", "he said i will come to ", "1a", '"'):
        is_threat((words * 12_000)[:12_000])
        is_despair((words * 12_000)[:12_000])

    assert time.process_time() - began < 6


@pytest.mark.django_db
@pytest.mark.usefixtures("no_hurry", "letter_ask", "whole_zip")
def test_a_threat_waits_for_a_person_and_only_its_mailbox_is_told_why(client):
    for words in ("Please open them.", "If you vote no I will kill you."):
        page = send(client, client.get(ACT), step="address", zip="00001", age="34")
        answer = send(client, page, step="write", own_words=words, **ME)
        assert answer.status_code == 200

    fair, threat = Submission.objects.order_by("pk")
    assert (fair.state, threat.state) == ("waiting", "quarantined")
    assert threat.quarantined_because == "words that can be read as a threat"
    mail = bytes(Delivery.objects.filter(lane="mail").last().message).decode()
    assert "can be read as a threat" in mail
    assert "kill" not in mail
    page = client.get(mailed_link("confirm"))
    assert "a person here looks at it" in page.content.decode()
    assert "can be read as a threat" in page.content.decode()
