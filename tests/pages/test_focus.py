"""Whoever goes by keyboard sees where they are."""

from legislators.addresses import Address
from tests.journeys.franklin import letter_campaign
from tests.journeys.person import PHONE
from tests.pages.visits import a_letter


def test_the_focus_can_be_seen_wherever_the_keyboard_takes_it(site, new_page):
    page = new_page(viewport=PHONE)
    slug = letter_campaign().campaign.slug
    home = Address("1 Elm St", "Polk", "FK", "00001")
    for name in a_letter(page, "", home=home, campaign=slug):
        page.locator(".skip").focus()
        reached = list(iter(lambda: next_focus(page), None))
        assert len(reached) > 5, name
        assert [shown for shown in reached if not shown["ring"]] == [], name


def next_focus(page):
    """Press Tab; what has the focus then, and whether a ring is drawn round it.

    None after the page's last.
    """
    page.keyboard.press("Tab")
    return page.evaluate("""() => {
        const here = document.activeElement, style = getComputedStyle(here)
        if (here === document.body) return null
        return { html: here.outerHTML.slice(0, 120), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 }
    }""")
