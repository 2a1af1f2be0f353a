"""The pages about stories in a browser: nothing to stumble over, and a way out that leaves none of
them behind in the tab.
"""

import re

from actions.models import Story
from campaigns.models import Brand
from tests import build
from tests.axe import flaws

WEATHER = "https://www.weather.gov/"


def test_the_way_out_leaves_no_page_behind_and_no_word_that_was_typed(new_page, transactional_db):
    Brand.objects.create(name="Children First", takes_stories=True)
    first, second = (build.user("story reviewer") for _ in range(2))
    Story.objects.create(
        state="approved",
        title="Somebody listened",
        text="It got better.",
        notes=["locked-up"],
        named="none",
        until="2099-01-01",
        allows_page=True,
        first_by=first,
        second_by=second,
    )
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.context.route(f"{WEATHER}**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    page.goto("/newsletter/")
    page.goto("/stories/")
    found = flaws(page)
    page.get_by_role("link", name="Somebody listened").click()
    page.locator("main details summary").click()
    found += flaws(page)
    page.get_by_role("link", name="All stories").click()
    page.get_by_role("link", name="Tell your story").click()
    page.get_by_role("radio", name="No", exact=True).wait_for()
    found += flaws(page)
    assert found == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(WEATHER)
    page.go_back()
    page.wait_for_url(re.compile("/newsletter/$"))

    page.goto("/stories/tell/")
    page.get_by_role("radio", name="No", exact=True).check()
    page.locator("[name=age]").fill("34")
    page.get_by_role("button", name="Continue").click()
    page.locator("[name=text]").fill("Xylographic.")
    assert flaws(page) == []
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url(WEATHER)
    page.go_back()
    assert "Xylographic" not in page.content()
    page.foreign_requests.clear()
