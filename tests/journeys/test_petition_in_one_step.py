"""A petition is signed on one page; without scripts on two."""

import pytest

from tests import build
from tests.actions.browsing import ACT, ME


@pytest.fixture
def petition(site):
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for playgrounds.")
    return ask


def sign(page, age):
    page.goto(ACT)
    page.locator("form[data-together]").wait_for()
    page.get_by_label("ZIP code").fill("00001")
    page.get_by_label("How old are you?").fill(age)
    for name, value in ME.items():
        page.locator(f"[name={name}]").fill(value)


def test_one_press_signs_and_only_adults_are_asked_what_they_allow(petition, phone):
    sign(phone, "16")
    assert not phone.get_by_label("Show my first name").is_visible()
    phone.get_by_label("How old are you?").fill("34")
    assert phone.get_by_label("Show my first name").is_visible()
    phone.locator("form[data-together] button[name=step]").click()

    phone.locator("#one-step-left").wait_for()


def test_of_a_child_neither_name_nor_mailbox_is_sent(petition, phone):
    sent = []
    phone.on("request", lambda request: sent.append(request.post_data or ""))
    sign(phone, "12")
    phone.locator("form[data-together] button[name=step]").click()

    phone.get_by_role("heading", name="Your voice counts").wait_for()
    assert not [body for body in sent if "nora" in body.lower()]
