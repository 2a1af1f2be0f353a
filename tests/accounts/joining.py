"""How somebody comes to work here, in a browser: by a link, with a password and an app's codes."""

import re

from tests.accounts.authenticator import code
from tests.pages.visits import arrive

NEWCOMER = "new@example.org"
PASSWORD = "four words nobody guesses"


def press(page, name):
    page.get_by_role("button", name=name).click()


def look_on(name):
    """Nobody takes a picture."""


def make_account(page, link, stop=look_on):
    page.goto(link)
    page.get_by_label("Your name").fill("Nia Newcomer")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    stop("invited")
    press(page, "Make my account")
    arrive(page, "/desk/")
    stop("home")


def add_app(page, stop=look_on):
    """The key in it. From the page about second factors; the recovery codes are kept."""
    page.get_by_role("link", name="Set up an app").click()
    stop("add-app")
    key = page.locator("#app-key").inner_text()
    page.get_by_label("The code it shows now").fill(code(key))
    press(page, "Switch it on")
    arrive(page, ".*/codes/.*")
    assert len(re.findall(r"\b\d{4} \d{4}\b", page.locator("#recovery-codes").inner_text())) == 10
    stop("recovery-codes")
    page.get_by_role("link", name="I have them").click()
    return key
