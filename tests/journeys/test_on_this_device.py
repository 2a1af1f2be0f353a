"""What somebody ticked to keep on this device, and whom it is not offered to."""

import pytest

from tests.journeys.person import ACT, give_address, give_name, send_button, wait_for

ON_DEVICE = "() => JSON.stringify(Object.keys(localStorage))"


@pytest.fixture
def kept(letter, phone):
    """A page on a device that remembers Nora and her letter; she has not sent it."""
    phone.goto(ACT)
    assert not phone.locator("[data-known]").is_visible()
    give_address(phone)
    give_name(phone)
    phone.get_by_label("In your own words").fill("Kept.")
    assert phone.evaluate(ON_DEVICE) == "[]"
    phone.get_by_label("Remember me here").check()
    phone.get_by_label("Keep my letter here").check()
    return phone


def test_a_letter_outlives_its_tab_and_the_next_time_is_a_press(kept):
    page = kept.context.new_page()
    kept.close()
    page.goto(ACT)
    assert page.get_by_label("Street address").input_value() == ""
    page.get_by_label("How old are you?").fill("34")
    assert page.get_by_text("Filled in from this device for Nora Álvarez").is_visible()
    page.get_by_role("button", name="Find my legislators").click()
    assert page.get_by_label("In your own words").input_value() == "Kept."
    send_button(page).click()
    page.locator("#one-step-left").wait_for()
    # A script of the page forgets the letter, which may run after its words can be seen.
    wait_for(lambda: page.evaluate(ON_DEVICE) == '["me"]', "the letter to be forgotten")

    page.goto(ACT)
    page.get_by_label("How old are you?").fill("34")
    page.get_by_role("button", name="Not you?").click()
    assert page.get_by_label("Street address").input_value() == ""
    assert page.evaluate(ON_DEVICE) == "[]"


def test_an_age_under_18_deletes_it_and_is_offered_nothing(kept):
    page = kept.context.new_page()
    page.goto(ACT)
    give_address(page, age="16")
    page.get_by_label("In your own words").wait_for()

    assert page.evaluate(ON_DEVICE) == "[]"
    assert not page.get_by_label("Remember me here").is_visible()
