"""Every page of the console on a phone: axe finds nothing, nothing scrolls sideways."""

from django.urls import resolve

from demo import colleagues
from tests.journeys.person import PHONE
from tests.pages.inspector import Inspector
from tests.pages.visits import arrive, sign_in

# What the keyboard reaches and cannot be seen there, or is reached out of turn.
KEYBOARD = """() => {
    const flaws = []
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
        if (one.tabIndex > 0) flaws.push(`out of turn: ${one.outerHTML.slice(0, 120)}`)
        if (one.tabIndex < 0 || one.disabled || !one.checkVisibility()) continue
        one.focus({ preventScroll: true })
        // A link in a drawing has the line around its own shape.
        const shape = one.querySelector(":scope > g > rect")
        const drawn = shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 3
        const style = getComputedStyle(one), size = one.getBoundingClientRect()
        const ring = drawn || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        const clipped = one.closest("thead") && getComputedStyle(one.closest("thead")).clipPath !== "none"
        if (!ring || size.width < 2 || clipped) flaws.push(`no focus to be seen: ${one.outerHTML.slice(0, 120)}`)
    }
    return flaws
}"""


def test_every_page_of_the_console(demonstration, new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    inspector = Inspector(page, weighs=False)
    page.goto("/login/?next=/desk/")
    sign_in(page, f"administrator@{colleagues.DOMAIN}", colleagues.PASSWORD)
    arrive(page, "/desk/")

    for view in every_view(page, "/desk/"):
        inspector.look(view)
        if page.locator("body.console").count():  # and no 404 for an address without its query
            assert page.locator("details.page-help").count() == 1, view
        page.keyboard.press("Tab")  # from here on a focus is one that the keyboard gave
        inspector.found += [f"{view}: {flaw}" for flaw in page.evaluate(KEYBOARD)]
    assert not inspector.found, "\n".join(inspector.found)
    by_keyboard(page)


def by_keyboard(page):
    """Past the menu to the content, into the menu and out, into the help and out."""
    page.goto("/desk/issues/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("link => link.matches(':focus-visible')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    opener = page.get_by_role("button", name="Menu: Issues")
    opener.press("Enter")
    page.get_by_role("link", name="Organization").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Organization").wait_for(state="hidden")
    assert opener.evaluate("button => button === document.activeElement")

    mark = page.locator(".page-help summary")
    mark.press("Enter")
    page.get_by_text("An issue is a matter you work on").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("An issue is a matter you work on").wait_for(state="hidden")
    assert mark.evaluate("summary => summary === document.activeElement")


def every_view(page, start):
    """Follow the console's links, to one page of each kind."""
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop(0)
        view = resolve(path).view_name
        if view in seen:
            continue
        seen.add(view)
        page.goto(path)
        yield view
        # A link inside a drawing has its address in `baseVal`, as it is written there.
        hrefs = page.eval_on_selector_all(
            "a[href]",
            "links => links.map(({ href }) => new URL(href.baseVal ?? href, location).pathname)",
        )
        waiting += [
            path
            for path in hrefs
            if path.startswith(("/desk/", "/outbox/"))
            and "download" not in path
            and not path.endswith((".csv", ".pdf", "/pdf/"))
        ]
    assert len(seen) > 15
