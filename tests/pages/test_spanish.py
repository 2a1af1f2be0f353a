"""Every page and stage of the demonstration in Spanish, on a phone: axe finds nothing, nothing
scrolls sideways, each weighs less than 60 kB before pictures, none sets a cookie on a supporter.
"""

from tests.journeys.person import PHONE
from tests.pages.inspector import Inspector
from tests.pages.visits import everything


def test_every_page_and_stage_that_a_supporter_may_see(demonstration, new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    inspector = Inspector(page)
    for name in everything(page, prefix="/es"):
        inspector.look(name)
    assert not inspector.found, "\n".join(inspector.found)
