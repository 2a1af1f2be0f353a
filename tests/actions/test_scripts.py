"""What the scripts add to pages that work without them: each shown in Chromium, and each allowed to
fail.
"""

import pytest
from django.utils import timezone

from actions.models import Signatory, Story, Submission, UsedProof
from actions.screening import bursts
from campaigns.models import Campaign
from supporters import links
from tests.actions.browsing import fields
from tests.actions.sign_ons import PAGE, made
from tests.journeys.franklin import letter_campaign
from tests.journeys.person import (
    ACT,
    OWN_WORDS,
    PHONE,
    give_address,
    give_name,
    send,
    send_button,
    wait_for,
    write_letter,
)


@pytest.fixture
def ask(transactional_db):
    return letter_campaign()


def test_only_the_step_is_swapped_and_its_heading_takes_the_focus(page, ask):
    page.goto(ACT)
    page.evaluate("window.samePage = true")
    give_address(page)
    page.locator("[data-stage=write]").wait_for()

    assert page.evaluate("window.samePage")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.get_by_role("heading", level=1).count() == 1


def test_when_the_swap_fails_the_form_is_sent_the_plain_way(page, ask):
    page.goto(ACT)
    page.evaluate("window.samePage = true")
    page.route(
        "**" + ACT,
        lambda route: route.abort() if "x-part" in route.request.headers else route.continue_(),
    )
    give_address(page)
    page.locator("[data-stage=write]").wait_for()

    assert page.evaluate("window.samePage") is None


def test_a_slow_lookup_says_so_and_the_answer_still_comes(page, ask):
    page.goto(ACT)
    waiting = []
    page.route("**" + ACT, lambda route: waiting.append(route))
    give_address(page)
    page.get_by_text("Still looking.").wait_for()
    waiting.pop().continue_()

    page.locator("[data-stage=write]").wait_for()


def test_errors_take_the_focus_and_the_words_stay(page, ask):
    page.goto(ACT)
    give_address(page, street="", city="", zip="12", age="")
    page.get_by_role("alert").wait_for()

    assert page.evaluate("document.activeElement.dataset.errors") == ""
    assert page.get_by_label("ZIP code").input_value() == "12"


def test_a_letter_survives_a_reload(page, ask):
    write_letter(page)
    page.reload()
    page.locator("[data-stage=write]").wait_for()

    assert page.get_by_label("In your own words").input_value() == OWN_WORDS


def test_the_thanks_page_forgets_the_draft(page, ask):
    write_letter(page)
    assert page.evaluate("sessionStorage.length") > 0
    send(page)

    # A script of the page does it, which may run after its words can be seen.
    wait_for(lambda: page.evaluate("sessionStorage.length") == 0, "nothing kept in the tab")


def test_two_quick_presses_send_one_request(page, ask):
    write_letter(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if is_post(request) else None)
    send_button(page).dblclick()
    page.locator("#one-step-left").wait_for()

    assert len(sent) == 1
    assert Submission.objects.count() == 1


def is_post(request):
    return request.method == "POST" and not request.url.endswith("/proof/")


def test_enter_in_a_field_sends_the_letter_and_does_not_change_the_address(page, ask):
    write_letter(page)
    page.get_by_role("textbox", name="E-mail").press("Enter")
    page.locator("#one-step-left").wait_for()

    assert Submission.objects.count() == 1


def test_the_keyboard_alone_gets_from_the_first_tab_to_thanks(page, ask):
    page.goto(ACT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "street")
    for words in ("1 Elm St", "Polk", "00001", "34"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-stage=write]").wait_for()
    tab_to(page, "given_name")
    for words in ("Nora", "Álvarez", "nora@example.org"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#one-step-left").wait_for()


def tab_to(page, name):
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached {name}")


def test_a_long_text_counts_its_characters_only_when_they_run_short(page, ask):
    write_letter(page, own_words="Short.")
    counter = page.locator("output.counter").first
    assert counter.is_hidden()
    page.get_by_label("In your own words").fill("x" * 3950)

    assert counter.text_content() == "3950 / 4000"
    assert counter.is_visible()


def test_no_page_of_the_way_scrolls_sideways_on_a_phone(new_page, ask):
    page = new_page(viewport=PHONE)
    for go in (
        lambda: page.goto("/"),
        lambda: page.goto(ACT),
        lambda: give_address(page, age=""),
        lambda: give_address(page),
    ):
        go()
        page.locator("form[data-busy]").wait_for(state="detached")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-stage=write]").wait_for()
    give_name(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_of_a_hundred_letters_make_no_letter_and_no_story_wider_than_a_phone(new_page, ask):
    word = "a" * 160
    names = {"organization": word, "city": word[:80], "us_state": "FK"}
    Signatory.objects.create(sign_on=made(), state="approved", **names)
    story = Story.objects.create(
        title=word[:79],
        text=word,
        state="waiting",
        until=timezone.localdate(),
        named="none",
        proven_at=timezone.now(),
    )
    page = new_page(viewport=PHONE)
    for path in (PAGE, f"/own/{links.make('own', story.public_id)}/"):
        assert word[:79] in page.goto(path).text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_press_on_a_practice_address_fills_all_that_the_step_asks_for(page, ask, client):
    Campaign.objects.update(is_demo=True)
    page.goto(ACT)
    page.get_by_role("link", name="12 Walnut Avenue, 00018").click()
    assert page.get_by_label("ZIP code").input_value() == "00018"
    assert page.get_by_label("How old are you?").input_value() == "34"

    page.get_by_label("How old are you?").fill("16")
    page.get_by_role("link", name="8 Orchard Lane, 00015").click()
    assert page.get_by_label("How old are you?").input_value() == "16", "what was typed stays"

    without_scripts = fields(client.get(ACT + "?sample=1")).values
    assert without_scripts["zip"] == "00018"
    assert without_scripts["age"] == "34"


def test_in_a_burst_a_calculation_is_done_meanwhile_and_said_and_sent_along(page, ask):
    bursts.note(f"ask:{ask.pk}", "many on one ask", is_over=True)
    write_letter(page)
    proof = page.locator("input[name=proof]")
    wait_for(lambda: proof.count() and proof.input_value())
    assert page.get_by_role("status").get_by_text("calculation is done").is_visible()

    # Read once more before it is sent, it is another form to the browser.
    page.get_by_role("button", name="Read my letter").click()
    page.get_by_role("heading", name="word for word").wait_for()
    wait_for(lambda: proof.count() and proof.input_value())
    send(page)
    assert Submission.objects.get().state == "waiting"
    assert UsedProof.objects.count() == 1


def test_finished_letters_come_in_place_and_a_change_since_is_said(page, ask):
    write_letter(page)
    page.evaluate("window.samePage = true")
    page.get_by_role("button", name="Read my letters first").click()
    heading = page.get_by_role("heading", name="Your 3 letters, word for word")
    heading.wait_for()

    assert page.evaluate("window.samePage")
    assert heading.evaluate("heading => heading === document.activeElement")
    assert OWN_WORDS in page.locator(".letter[open] .kept").inner_text()
    changed = page.get_by_text("You changed something since.")
    assert not changed.is_visible()
    page.get_by_label("In your own words").fill("Something else.")
    assert changed.is_visible()
    assert not Submission.objects.exists()
