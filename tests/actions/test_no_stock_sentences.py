"""What a form says is in our own words: nobody who signs, writes, tells, nominates or asks for
their page reads Django's, which are a machine's, and in Spanish call people *usted*.
"""

import html
import re
from collections import defaultdict

import lxml.html as html5
import pytest
from django import forms
from django.core import validators
from django.utils import translation

from actions.models import Hero, Story
from campaigns.models import Brand
from supporters import links
from supporters.forms import PublicForm
from tests import build
from tests.actions import sign_ons
from tests.actions.browsing import fields, send
from tests.actions.own_page import visit
from tests.kinds import all_below

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
ACT = "/act/playgrounds/"
HERO = {
    "age": "41",
    "given_name": "Rosa",
    "family_name": "Quack",
    "named": "first",
    "deed": "I drove.",
    "own_words": "Somebody had to.",
    "email": "rosa@example.org",
    "consent": "on",
}
STORY = {
    "step": "story",
    "text": "Then somebody listened.",
    "named": "none",
    "years": "2",
    "allows_page": "on",
    "email": "zeph@example.org",
    "email_again": "zeph@example.org",
}


def stock_sentences(language):
    """As patterns, from Django itself."""
    kinds = [forms.Field, *all_below(forms.Field)]
    kinds = [kind for kind in kinds if kind.__module__.startswith("django.")]
    said = [
        text for kind in kinds for text in vars(kind).get("default_error_messages", {}).values()
    ]
    checks = [one for one in vars(validators).values() if isinstance(one, type)]
    said += [vars(one)["message"] for one in checks if "message" in vars(one)]
    # A sentence with a number is made of that number.
    with translation.override(language):
        texts = {str(text % defaultdict(lambda: 2)) for text in said}
    for text in texts:
        yield re.compile(r"\S+".join(map(re.escape, re.split(r"\b2\b", text))))


def empty(page):
    kept = ("token", "form_key", "read")
    return {name: value if name in kept else "" for name, value in fields(page).values.items()}


def too_long(page):
    """As if more than fits was pasted everywhere, and no choice were offered any more."""
    values = fields(page).values
    for field in html5.fromstring(page.content.decode()).iter("input", "textarea", "select"):
        name, longest = field.get("name"), field.get("data-longest")
        if longest:
            values[name] = "w" * (int(longest) + 1)
        elif field.tag == "select" or field.get("type") == "radio":
            values[name] = "no-such"
    return values | ({"age": "41"} if "age" in values else {})


class Asked:
    """Sends a page's form empty in Spanish and overlong in English, and keeps the answers."""

    def __init__(self, client):
        self.client, self.answers = client, {"en": [], "es": []}

    def asks(self, path, page=None, **steps):
        page = page or self.client.get(path)
        for language, root, fill in (("es", "/es", empty), ("en", "", too_long)):
            answer = self.client.post(root + path, fill(page) | steps)
            assert answer.status_code == 422, (path, fill.__name__, answer.status_code)
            self.answers[language].append(html.unescape(answer.content.decode()))
        return page

    def asks_and_sends(self, path, page=None, **typed):
        steps = {"step": typed["step"]} if "step" in typed else {}
        return send(self.client, self.asks(path, page, **steps), path, **typed)


def test_no_form_of_the_public_says_a_sentence_of_django_s(client, letter_ask, whole_zip):
    petition = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(petition, "We ask for playgrounds.")
    call = build.ask("call", campaign=letter_ask.campaign)
    build.rule(call, states=["FK"], chambers=["state_lower"])
    Brand.objects.create(name="Children First", takes_stories=True)
    for who in ("ana", "bo"):
        build.user("story reviewer", email=f"{who}@example.org")
    sign_ons.made()
    asked = Asked(client)
    for ask in (letter_ask, petition, call):
        path = ACT if ask == letter_ask else f"{ACT}{ask.position}/"
        second = asked.asks_and_sends(path, step="address", zip="00001", age="34")
        asked.asks(path, second, step="write")
    asked.asks("/newsletter/")
    asked.asks("/representatives/", step="address")
    asked.asks(sign_ons.PAGE)
    tell = asked.asks_and_sends("/stories/tell/", step="begin", danger="no", age="34")
    asked.asks("/stories/tell/", tell, step="story", age="34")
    send(client, tell, "/stories/tell/", **STORY)
    own = f"/own/{links.make('own', Story.objects.get().public_id)}/"
    client.post(own, {"do": "confirm"})
    asked.asks(own, do="choices")
    asked.asks_and_sends(hero_form(client), **HERO)
    hero = Hero.objects.get()
    client.post(f"/heroes/confirm/{links.make('hero-confirm', hero.public_id)}/")
    asked.asks(f"/heroes/yours/{links.make('hero', hero.public_id)}/")
    asked.asks("/me/")
    visit(client, build.supporter())
    asked.asks("/me/details/")
    asked.asks("/me/mailbox/")

    for language, pages in asked.answers.items():
        stock = [*stock_sentences(language)]
        assert len(stock) > 30
        assert [one.pattern for one in stock for page in pages if one.search(page)] == []


def hero_form(client):
    page = client.get("/heroes/nominate/").content.decode()
    return re.search(r"/heroes/for-you/[^/\"\s]+/", page)[0]


def test_every_form_of_the_public_is_of_those_that_speak_for_themselves():
    public = ("actions.", "supporters.", "campaigns.")
    ours = [kind for kind in all_below(forms.BaseForm) if kind.__module__.startswith(public)]

    assert [kind for kind in ours if not issubclass(kind, PublicForm)] == []
