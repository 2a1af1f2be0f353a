"""Axe finds nothing on the public pages on a desk. On a phone: tests/pages."""

from legislators.models import Contact, Legislator
from tests import build
from tests.axe import flaws
from tests.journeys.franklin import letter_campaign
from tests.journeys.person import ACT, give_address, send, write_letter

DESK = {"width": 1280, "height": 844}


def test_pages_that_are_only_read(new_page, transactional_db):
    page = new_page(viewport=DESK, reduced_motion="reduce")
    letter_campaign()
    build.ask("petition", campaign=build.campaign("won-one", state="won"))
    build.ask("petition", campaign=build.campaign("paused-one", state="paused"))
    addresses = [
        "/",
        "/es/",
        "/issues/children/",
        "/act/won-one/",
        "/act/paused-one/",
        f"{ACT}thanks/",
        "/newsletter/",
        "/login/",
        "/nothing/",
    ]

    found = []
    for address in addresses:
        page.goto(address)
        found += flaws(page)
    assert found == []


def test_every_step_of_a_letter(new_page, transactional_db):
    page = new_page(viewport=DESK, reduced_motion="reduce")
    letter_campaign()
    page.goto(ACT)
    found = flaws(page)
    give_address(page, street="", city="", zip="", age="")
    page.get_by_role("alert").wait_for()
    found += flaws(page)
    write_letter(page)
    page.get_by_text("Why this office?").first.click()
    found += flaws(page)
    page.get_by_role("textbox", name="E-mail").fill("not an address")
    page.locator("button[name=step][value=write]:not([aria-hidden])").click()
    page.get_by_role("alert").wait_for()
    found += flaws(page)
    page.get_by_role("textbox", name="E-mail").fill("nora@example.org")
    send(page)
    assert found + flaws(page) == []


def test_a_split_zip_a_petition_a_call_a_child_and_somebody_from_elsewhere(
    new_page, transactional_db
):
    page = new_page(viewport=DESK, reduced_motion="reduce")
    ask = letter_campaign()
    other = build.seat(district="8")
    build.term(other, build.legislator("Cora Bell", email="cora@house.franklin.example"))
    build.zip_district("00001", seat=other)
    build.zip_district("20001", seat=build.seat(state="MD", district="9"))
    call = build.ask("call", campaign=ask.campaign)
    build.rule(call, states=["FK"], chambers=["state_upper"])
    senator = Legislator.objects.get(name="Sena Okoro")
    Contact.objects.create(
        legislator=senator, kind="phone", value="+15550100100", source=build.source()
    )
    build.petition_text(build.ask("petition", campaign=ask.campaign))
    stages = [
        (ACT, "00001", "34", "choose"),
        (ACT, "20001", "34", "elsewhere"),
        (f"{ACT}2/", "00001", "34", "write"),
        (f"{ACT}3/", "00001", "34", "write"),
        (f"{ACT}3/", "00001", "9", "child"),
    ]

    found = []
    for address, zip5, age, stage in stages:
        # Who opens the page that is open already comes back to the step they left.
        page.goto("about:blank")
        page.goto(address)
        # A script puts a petition's two steps on one page.
        if address.endswith("3/"):
            page.locator("[data-stage=together]").wait_for()
        page.get_by_label("ZIP code").fill(zip5)
        page.get_by_label("How old are you?").fill(age)
        page.locator("main button[name=step]:not([aria-hidden])").first.click()
        page.locator(f"[data-stage={stage}]").wait_for()
        found += flaws(page)
    assert found == []
