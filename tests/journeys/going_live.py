"""What somebody at the desk presses and types from the sign-in page to a live campaign."""

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.accounts.authenticator import code
from tests.accounts.joining import NEWCOMER, PASSWORD
from tests.pages.visits import arrive

STORY = "## What is happening\n\nThe gates of every playground have been locked since spring."


@dataclass
class Steps:
    """One person's way, counted: every press, and every field that was filled in."""

    page: object
    lines: list = field(default_factory=list)
    presses: int = 0
    fields: int = 0

    @contextmanager
    def step(self, name):
        presses, fields, began = self.presses, self.fields, time.monotonic()
        yield
        took = time.monotonic() - began
        self.lines.append((name, self.presses - presses, self.fields - fields, took))

    def press(self, name, role="link", inside="body"):
        self.presses += 1
        self.page.locator(inside).get_by_role(role, name=re.compile(f"^{name}")).first.click()

    def fill(self, label, text):
        self.fields += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def told(self):
        rows = [f"{'step':34}{'presses':>8}{'fields':>8}{'seconds':>9}"]
        rows += [f"{name:34}{n:8}{typed:8}{took:9.1f}" for name, n, typed, took in self.lines]
        took = sum(line[3] for line in self.lines)
        return "\n".join([*rows, f"{'together':34}{self.presses:8}{self.fields:8}{took:9.1f}"])


def go_live(page, key):
    """From signed out to a live letter campaign under /act/playgrounds/; the steps that it took."""
    on = Steps(page)
    page.goto("/login/")
    with on.step("Sign in"):
        on.fill("E-mail address", NEWCOMER)
        on.fill("Password", PASSWORD)
        on.press("Sign in", "button")
        arrive(page, "/login/second/.*")
        on.fill("Code", code(key, steps=1))
        on.press("Go on", "button")
        arrive(page, "/desk/")
    with on.step("An issue, since there is none"):
        on.press("Campaigns")
        on.press("New campaign")
        arrive(page, "/desk/issues/new/")
        on.fill("Name", "Child health")
        on.fill("Summary", "Every child plays.")
        on.press("Save", "button")
    with on.step("A draft from a starter"):
        arrive(page, "/desk/campaigns/new/")
        on.fill("Title", "Open the playgrounds")
        on.press("Make the draft", "button", inside=".toolbar")
    with on.step("Its words"):
        arrive(page, ".*/words/en/")
        on.fill("Summary", "They are closed.")
        on.fill("Story", STORY)
        on.press("Save", "button")
    with on.step("No call, and the letter"):
        on.press("Asks")
        on.press("Remove.*Call", "button")
        on.press("Letter.*Write")
        on.fill("Subject", "Playgrounds in district {district}")
        on.fill("Letter", "Please open the playgrounds of {city}, {title} {legislator}.")
        on.press("Save", "button")
    with on.step("A short address"):
        on.press("Settings")
        on.fill("Address", "playgrounds")
        on.press("Save", "button")
    with on.step("A look at the draft"):
        on.press("Preview")
        on.press("In English")
        page.get_by_text("This is a preview:").wait_for()
        page.get_by_role("heading", name="Open the playgrounds").wait_for()
        on.press("Back to the campaign")
    with on.step("Check and go live"):
        on.press("Check and go live", inside=".tabs")
        on.press("Go live", "button")
        page.get_by_text("It is live.").wait_for()
    return on
