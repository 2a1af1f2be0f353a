"""The pages about officials with something on them: axe finds nothing, on a phone and on a desk."""

import datetime as dt
import os

import pytest

from legislators.by_hand.contacts import type_in
from legislators.by_hand.holders import Said, say
from legislators.models import CustomOffice, Term
from legislators.roster.holdings import Holding
from legislators.roster.terms import write_terms
from tests import build
from tests.axe import WIDTHS, flaws
from tests.desk.offices import TABLE, office
from tests.pages.visits import come_in

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def filled(site, letter_ask):
    """Addresses to approve, holders by hand that rosters confirm and dispute, offices of our own."""
    ada, other = Term.objects.select_related("seat", "legislator").order_by("seat__position")[:2]
    type_in(ada.legislator, "email", "ada@new.example", author="eve@example.org", reason="Called")
    type_in(other.legislator, "email", "ada@new.example", author="sam@example.org", reason="Mail")
    far = build.seat(district="9")
    say(far, Said("Kim Day", "https://example.org/news", party="Green"), author="eve@example.org")
    say(ada.seat, Said("Lou Park", "https://example.org/oath"), author="sam@example.org")
    source = build.source()
    source.as_of = dt.date.today() + dt.timedelta(days=1)
    source.save()
    seats = {ada.seat: "Zoe Lane", far: "Kim Day"}
    write_terms(
        [
            Holding(f"made-up/{name}", name, "", "", "", s.chamber, s.division, s.district)
            for s, name in seats.items()
        ],
        source,
        [("FK", far.chamber)],
    )
    office()
    office("School board of Polk", "zips", zips=["00001", "00002"], holder="")
    return {
        "approvals": "/desk/officials/",
        "holders": "/desk/officials/holders/?q=FK",
        "holder": f"/desk/officials/holders/seats/{ada.seat_id}/",
        "offices": "/desk/officials/offices/",
        "office": f"/desk/officials/offices/{CustomOffice.objects.last().pk}/",
        "new": "/desk/officials/offices/new/",
        "history": f"/outbox/seats/{ada.seat_id}/history/",
    }


def test_axe_finds_nothing_on_the_pages_about_officials(filled, new_page):
    page = new_page()
    come_in(page, build.user("administrator", email="sam@example.org"))

    found = []
    for name in [*filled, "wrong", "table"]:
        visit(page, name, filled)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += flaws(page)
            found += [f"{name} scrolls sideways at {width}"] if page.evaluate(SIDEWAYS) else []
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)
    assert found == []


def visit(page, name, filled):
    if name in filled:
        page.goto(filled[name])
    elif name == "wrong":
        page.goto(filled["new"])
        page.locator("main form button").click()
        page.locator("[role=alert]").wait_for()
    else:
        page.goto("/desk/officials/offices/many/")
        page.locator("textarea").fill(TABLE + "Board of Parole,Chair,state,,,,their site,\n")
        page.locator("button[value=look]").click()
        page.locator("#rows").wait_for()
