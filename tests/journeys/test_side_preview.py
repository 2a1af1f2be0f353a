"""Beside the form at the desk, the page as it would be; on a phone a button that opens it."""

import pytest

from campaigns.models import CampaignWords
from tests import build
from tests.axe import flaws
from tests.journeys.franklin import letter_campaign
from tests.pages.visits import arrive

WORDS = "/desk/campaigns/playgrounds/words/en/"


@pytest.fixture
def page(site, new_page):
    letter_campaign()
    build.user("organizer", email="olga@example.org")
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"/login/?next={WORDS}")
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    arrive(page, WORDS)
    return page


def test_what_is_typed_is_seen_beside_the_form_and_on_a_phone_as_a_page(page):
    seen = page.frame_locator("[data-preview] iframe")
    frame = page.locator("[data-preview] iframe")
    seen.get_by_role("heading", name="Open the playgrounds").wait_for()
    page.get_by_label("Title").fill("Open every playground")
    seen.get_by_role("heading", name="Open every playground").wait_for()
    page.get_by_label("Story").fill("## Why now\n\nThe summer is short.")
    page.get_by_label("As people will read it").get_by_role("heading", name="Why now").wait_for()
    assert flaws(page) == []

    assert frame.evaluate("it => it.clientWidth") == 390
    page.get_by_role("button", name="Desktop").click()
    assert frame.evaluate("it => it.clientWidth") == 1280
    assert frame.bounding_box()["width"] < 420
    page.get_by_role("button", name="Spanish").click()
    seen.get_by_role("link", name="English").wait_for()
    assert seen.get_by_role("heading", name="Open every playground").is_visible()
    # A page to look at: a press in it leads nowhere.
    seen.get_by_role("link", name="English").click()
    assert seen.get_by_role("heading", name="Open every playground").is_visible()

    page.set_viewport_size({"width": 390, "height": 844})
    frame.wait_for(state="hidden")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    opened.value.get_by_role("heading", name="Open every playground").wait_for()
    assert opened.value.get_by_text("This is a preview:").is_visible()
    assert CampaignWords.objects.get().title == "Open the playgrounds"

    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert CampaignWords.objects.get().title == "Open every playground"
