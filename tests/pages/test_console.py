"""Every page of the console on a phone: axe finds nothing, nothing scrolls sideways."""

from django.urls import resolve

from demo import colleagues
from tests.journeys.person import PHONE
from tests.pages.inspector import Inspector
from tests.pages.visits import arrive, sign_in


def test_every_page_of_the_console(demonstration, new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    inspector = Inspector(page, weighs=False)
    page.goto("/login/?next=/desk/")
    sign_in(page, f"administrator@{colleagues.DOMAIN}", colleagues.PASSWORD)
    arrive(page, "/desk/")

    for view in every_view(page, "/desk/"):
        inspector.look(view)
    assert not inspector.found, "\n".join(inspector.found)


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
        hrefs = page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.href)).map(url => url.pathname)"
        )
        waiting += [
            path
            for path in hrefs
            if path.startswith(("/desk/", "/outbox/")) and "download" not in path
        ]
    assert len(seen) > 15
