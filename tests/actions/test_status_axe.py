"""The private page in every state: axe finds nothing, nothing is too wide or too small for a
finger, and the keyboard reaches all of it.
"""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from actions import take
from actions.confirm import confirm
from supporters import links
from tests import build
from tests.axe import WIDTHS, flaws
from worker.models import Attempt, Delivery

NOW = timezone.now
COPY = re.compile(r"Copy\s*: First name")
STATES = [
    ("queued", {}),
    ("queued", {"attempts_made": 1, "code": 451}),
    ("queued", {"channel": "paper"}),
    ("held", {"waits_for": "review"}),
    ("held", {"waits_for": "address", "ago": 2}),
    ("sent", {"code": 250}),
    ("sent", {"code": 250, "ago": 3}),
    ("sent", {"code": 201, "channel": "cwc", "recipient": "SFK01"}),
    ("uncertain", {}),
    ("uncertain", {"ago": 4}),
    ("failed", {"code": 550}),
    ("failed", {"code": 400, "channel": "cwc", "recipient": "HFK01"}),
    ("cancelled", {}),
]


@pytest.fixture
def addresses(transactional_db):
    """The private page of a letter to an office in each of these states and to two that need their
    writer, and in Spanish one of calls.
    """
    letter = build.ask(
        "letter",
        letter_subject="Open the playgrounds",
        letter_body="Please open the playgrounds, {title} {legislator}.",
    )
    call = build.ask("call", campaign=letter.campaign)
    long = "https://franklin.example/" + "contact/" * 20
    for position in range(1, len(STATES) + 3):
        email = f"office{position}@house.example" if position <= len(STATES) else ""
        person = build.legislator(
            f"Ada Smith-Featherstonehaugh {position}",
            email=email,
            phone=f"202-555-01{position:02}",
            form=long,
        )
        build.term(build.seat(district="7", position=position), person)
    for ask in (letter, call):
        build.rule(ask, states=["FK"], chambers=["state_lower"])
    return [letter_page(letter, "en"), calls_page(call, "es")]


def letter_page(ask, language):
    action = acted(ask, language)
    for letter, (state, fields) in zip(
        action.letters.exclude(delivery=None).order_by("seat__position"), STATES, strict=True
    ):
        put(letter, state, **fields)
    return address(action)


def calls_page(ask, language):
    seats = [place.seat.pk for place in build.places(ask)]
    return address(acted(ask, language, outcomes={seats[0]: "talked", seats[1]: "no_answer"}))


def acted(ask, language, **fields):
    entry = build.entry(email=f"{language}@example.org", language=language, phone="+12025550142")
    return confirm(take.take_action(ask, build.filled_form(ask, entry=entry, **fields)))


def put(letter, state, *, code=None, ago=0, **fields):
    at = NOW() - dt.timedelta(days=ago)
    ended = {"settled_at": at} if state in ("sent", "failed", "uncertain", "cancelled") else {}
    Delivery.objects.filter(pk=letter.delivery_id).update(
        state=state, rehearsal=False, **fields, **ended
    )
    answer = "Words-of-the-other-side-" * 12
    Attempt.objects.create(
        delivery_id=letter.delivery_id,
        at=at,
        state=state,
        code=code,
        answer=answer,
        author="worker",
    )


def address(action):
    with translation.override(action.language):
        return reverse("actions:status", args=[links.make("status", action.public_id)])


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_any_state_and_nothing_is_too_wide(new_page, addresses, width):
    page = new_page(viewport={"width": width, "height": 844})
    found = []
    for url in addresses:
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        found += flaws(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


def test_everything_to_press_has_room_for_a_finger(new_page, addresses):
    page = new_page(viewport={"width": 390, "height": 844})
    for url in addresses:
        page.goto(url)
        sizes = page.evaluate(
            """[...document.querySelectorAll("main :is(button, summary, a)")].filter(one => one.offsetParent)
               .map(one => [one.textContent.trim(), one.getBoundingClientRect().width, one.getBoundingClientRect().height])"""
        )
        assert len(sizes) > 20
        assert [size for size in sizes if min(size[1:]) < 24] == []


def test_with_the_keyboard_alone_a_field_is_copied_and_an_outcome_reported_and_taken_back(
    new_page, addresses
):
    page = new_page(viewport={"width": 390, "height": 844})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(addresses[0])
    office = page.locator("li.card", has_text=f"Featherstonehaugh {len(STATES) + 1}").first
    press(page, office.get_by_role("button", name=COPY))
    office.get_by_role("button", name=COPY).filter(has_text="✓").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Nora"

    press(page, office.get_by_role("button", name="I put it in the mail"))
    office.get_by_text("Mailed by you").wait_for()
    press(page, office.get_by_role("button", name="That was a mistake: I haven’t sent it"))
    office.get_by_text("Needs you").wait_for()
    press(page, office.get_by_role("button", name="I talked to somebody"))
    office.get_by_text("“I talked to somebody”").wait_for()


def press(page, button):
    """Reached by Tab, pressed by Enter, with a focus that can be seen."""
    button.wait_for()
    for _step in range(600):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    assert button.evaluate("one => one === document.activeElement"), (
        "the keyboard does not come there"
    )
    assert button.evaluate("one => getComputedStyle(one).outlineStyle !== 'none'")
    page.keyboard.press("Enter")


def test_without_scripts_all_of_it_can_be_selected_and_reported(new_page, addresses):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(addresses[0])
    office = page.locator("li.card", has_text=f"Featherstonehaugh {len(STATES) + 1}").first

    assert office.get_by_role("button", name="Copy").count() == 0
    assert office.locator(".copy-value").first.is_visible()
    assert office.locator("pre.copy-text").is_visible()
    office.get_by_role("button", name="I sent it myself").click()
    office.get_by_text("Sent by you").wait_for()
