"""What has to be mended is the first thing that a person meets, on a phone, by keyboard and without
scripts.
"""

import pytest

from tests.journeys.person import ACT, PHONE, give_address, send_button


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_to_mend_is_in_sight_has_the_focus_and_leads_to_its_fields(
    letter, new_page, scripts
):
    page = new_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto(ACT)
    page.get_by_role("button", name="Find my legislators").click()
    is_met_first(page)
    give_address(page)
    page.get_by_label("In your own words").fill("Kept.")
    send_button(page).click()
    is_met_first(page)
    assert page.get_by_label("In your own words").input_value() == "Kept."

    page.goto("/representatives/")
    page.get_by_role("button", name="Show my representatives").click()
    is_met_first(page)


def is_met_first(page):
    summary = page.locator(".error-summary")
    summary.wait_for()
    # Tests see the focus as a person does: by what the next key would reach.
    page.locator(".error-summary:focus").wait_for()
    top = summary.bounding_box()["y"]
    assert 0 <= top < PHONE["height"] / 2
    page.keyboard.press("Tab")
    link = page.locator(".error-summary a:focus")
    field = page.locator(link.get_attribute("href"))
    assert f"{field.get_attribute('id')}_error" in field.get_attribute("aria-describedby")
    page.keyboard.press("Enter")
    page.locator(f"{link_target(field)}:focus").wait_for()


def link_target(field):
    return "#" + field.get_attribute("id")
