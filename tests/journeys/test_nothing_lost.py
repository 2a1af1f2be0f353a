"""Back, Reload and the other language keep what was typed."""

from tests.journeys.person import ACT, PHONE, give_address, give_name
from tests.pages.visits import arrive

WORDS = "My son plays there."


def shows_everything(page):
    page.locator("[name=own_words]").wait_for()
    values = page.evaluate(
        "names => names.map(name => document.querySelector(`[data-stage] [name=${name}]:not("
        "[type=hidden])`).value)",
        ["own_words", "given_name", "family_name", "email"],
    )
    assert values == [WORDS, "Nora", "Álvarez", "nora@example.org"]
    assert page.locator("[data-stage] [name=street]").input_value() == "1 Elm St"


def test_with_scripts_each_step_is_an_entry_that_comes_back_filled(letter, new_page):
    page = new_page(viewport=PHONE)
    page.goto(ACT)
    give_address(page)
    page.get_by_label("In your own words").fill(WORDS)
    give_name(page)

    page.reload()
    shows_everything(page)
    page.go_back()
    street = page.get_by_label("Street address")
    street.wait_for()
    assert (street.input_value(), page.get_by_label("ZIP code").input_value()) == (
        "1 Elm St",
        "00001",
    )
    page.go_forward()
    shows_everything(page)
    page.get_by_role("link", name="Español").click()
    arrive(page, f"/es{ACT}")
    shows_everything(page)
    page.go_back()
    arrive(page, ACT)
    shows_everything(page)


def test_without_scripts_reload_and_the_other_language_keep_every_word(letter, new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(ACT)
    give_address(page)
    page.get_by_label("In your own words").fill(WORDS)
    give_name(page)

    page.get_by_role("button", name="Español").click()
    arrive(page, f"/es{ACT}")
    shows_everything(page)
    page.reload()
    shows_everything(page)
    page.locator("[name=given_name]").press("Enter")
    page.locator("#one-step-left").wait_for()
