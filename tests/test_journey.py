"""The whole way in a real browser, a colleague's to a live campaign and a supporter's on it:
gunicorn, PostgreSQL, Redis, a Celery worker and an SMTP server, all real.
"""

import re
from urllib.parse import urlsplit

import pytest

from accounts import one_use_links, people
from actions.models import Action
from actions.tasks import count
from campaigns.models import Brand
from config.children import free_port
from tests import build, processes
from tests.accounts.joining import NEWCOMER, add_app, make_account, press
from tests.journeys.franklin import DELEGATE, SENATOR, letter_campaign, three_offices
from tests.journeys.going_live import go_live
from tests.journeys.person import (
    NORA,
    OWN_WORDS,
    PHONE,
    confirm,
    link_in,
    mail_to,
    mails_to,
    parsed,
    send,
    text_of,
    wait_for,
    write_letter,
)
from tests.pages.visits import arrive
from tests.smtp_sink import Sink

LETTER = f"""Dear Delegate Smith,

{OWN_WORDS}

Please open the playgrounds of Polk, Delegate Ada Smith.

Sincerely,

Nora Álvarez
1 Elm St
Polk, FK 00001
"""


@pytest.fixture
def relay():
    """A relay on the open internet, as far as we are concerned."""
    with Sink() as sink:
        yield sink


@pytest.fixture
def open_for_real(site, start_worker, relay, smtp_sink):
    """Web and worker with delivery switched on. The catcher listens too, and must hear nothing."""
    real = {
        "DELIVERY_ENABLED": "1",
        "SMTP_URL": relay.url,
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        "MAIL_DOMAIN": "mail.example.org",
        "LETTER_FROM": "letters@mail.example.org",
        "MAIL_FROM": "hello@mail.example.org",
    }
    with processes.web(**real) as url:
        start_worker(**real)
        yield url
    assert smtp_sink.caught == []


@pytest.fixture
def invitation(transactional_db):
    """What an administrator hands over."""
    boss = build.user("administrator", email="boss@example.org")
    made = people.invite(NEWCOMER, ["organizer"], author=boss)
    return f"/invited/{one_use_links.give_token(made)}/"


def test_from_an_invited_colleague_to_a_letter_in_a_mailbox(
    open_for_real, relay, new_page, invitation
):
    three_offices()
    Brand.objects.create(name="Children First")
    desk = new_page(base_url=open_for_real)
    make_account(desk, invitation)
    desk.goto("/account/second-factor/")
    key = add_app(desk)
    press(desk, "Sign out")
    steps = go_live(desk, key)
    print(f"\nFrom sign-in to live\n{steps.told()}")
    # It may get shorter.
    assert steps.presses <= 24

    page = new_page(base_url=open_for_real, viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Open the playgrounds").click()
    arrive(page, "/act/playgrounds/")
    write_letter(page)
    assert_it_says_who_reads_it(page)
    send(page)
    assert page.get_by_role("heading", name="One step left").is_visible()

    assert counted(page) is None
    assert_nothing_is_done_before_the_answer(page, relay)
    confirm(page, relay)

    arrived = mail_to(relay, DELEGATE)
    assert arrived.sender != mail_to(relay, SENATOR).sender
    assert_it_arrived_as_it_was_written(arrived)
    assert text_of(mail_to(relay, SENATOR)).startswith("Dear Senator Okoro,")

    see_status(page, {"Sena Okoro": "Accepted", "Ada Smith": "Accepted", "Bo Diaz": "Needs you"})
    page.get_by_text("The mail server's own words").first.click()
    assert re.search(r"2\.0\.0 queued as \d", page.locator("code").first.inner_text())
    assert_the_receipt_holds_it(mail_to(relay, NORA, holding="It counts."), arrived, page)
    page.get_by_text("Read it word for word").last.click()
    assert_no_field_is_left_open(page.locator(".letter[open]").inner_text())

    count.delay()
    assert wait_for(lambda: counted(page), "the recount")["verified"] == 1
    assert [mail.recipient for mail in relay.caught].count(DELEGATE) == 1
    assert len(mails_to(relay, NORA)) == 2


def assert_it_says_who_reads_it(page):
    page.get_by_text("To Sena Okoro, Ada Smith and Bo Diaz").click()
    assert page.locator(".legislator h3").all_inner_texts() == [
        "Sena Okoro",
        "Ada Smith",
        "Bo Diaz",
    ]
    page.get_by_text("Why this office?").nth(1).click()
    assert page.get_by_text("ZIP 00001 lies in House District 7").first.is_visible()
    letter = page.get_by_label("The letter")
    assert letter.input_value() == "Please open the playgrounds of Polk."


def assert_nothing_is_done_before_the_answer(page, relay):
    """The mail that asks holds none of the words; its page shows them, and does nothing yet."""
    asked = mail_to(relay, NORA)
    assert asked.sender.endswith("@bounce.mail.example.org")
    assert "playgrounds of Polk" not in text_of(asked)
    page.goto(link_in(asked, "confirm"))
    assert not Action.objects.exists()
    assert OWN_WORDS in page.locator("main").inner_text()


def assert_it_arrived_as_it_was_written(arrived):
    assert arrived.sender.endswith("@bounce.mail.example.org")
    assert headers_of(arrived) == {
        "From": f"Nora Álvarez (via Children First) <letters+{token_of(arrived)}@mail.example.org>",
        "To": "Delegate Ada Smith <ada.smith@house.franklin.example>",
        "Reply-To": "Nora Álvarez <nora@example.org>",
        "Subject": "Playgrounds in district 7",
    }
    assert text_of(arrived).replace("\r\n", "\n") == LETTER
    assert arrived.content.isascii()
    assert b"\n" not in arrived.content.replace(b"\r\n", b"")
    assert b'\r\nTo: "Delegate Ada Smith" <ada.smith@house.franklin.example>\r\n' in arrived.content


def assert_the_receipt_holds_it(copy, arrived, page):
    """And leads to the page that they are on: the rest of its link tells when it was signed."""
    assert link_in(copy, "letters").split(".")[0] == urlsplit(page.url).path.split(".")[0]
    assert OWN_WORDS in text_of(copy).replace("\r\n", "\n")
    assert text_of(arrived) in text_of(copy)
    assert_no_field_is_left_open(text_of(copy))


def test_the_same_way_without_scripts_in_practice_mode(
    site, page_without_scripts, worker_at_work, smtp_sink
):
    letter_campaign()
    page = page_without_scripts
    write_letter(page)
    send(page)
    with page.expect_request(lambda request: request.method == "POST") as pressed:
        confirm(page, smtp_sink)
    # All that a browser on plain http in a local network says of where it comes from.
    assert pressed.value.all_headers()["origin"] == site

    assert text_of(mail_to(smtp_sink, DELEGATE)).startswith("Dear Delegate Smith,")
    see_status(page, {"Sena Okoro": "Rehearsed", "Ada Smith": "Rehearsed", "Bo Diaz": "Needs you"})
    assert not page.get_by_text("Copy the text").is_visible()
    page.get_by_role("button", name="I sent it myself").click()
    page.get_by_text("You told us that you sent it yourself.").wait_for()
    assert told(page)["Bo Diaz"] == "Sent by you"

    count.delay()
    numbers = wait_for(lambda: counted(page), "the recount")
    assert (numbers["verified"], numbers["self_reported"]) == (1, 1)


@pytest.fixture
def page_without_scripts(new_page):
    return new_page(java_script_enabled=False, viewport=PHONE)


def counted(page):
    numbers = page.request.get("/act/playgrounds/count.json").json()
    return numbers if numbers["verified"] else None


def see_status(page, expected):
    """On to the private page, looking again until it says of each office what we expect."""
    page.get_by_role("link", name="See your letter").click()
    wait_for(
        lambda: told(page) == expected or page.reload() is None, f"{expected} on the status page"
    )


def told(page):
    cards = page.locator(".offices > li").all()
    return {
        card.locator("h3").inner_text(): card.locator(".row .status").inner_text() for card in cards
    }


def assert_no_field_is_left_open(text):
    """The person's own braces stay; ours are filled."""
    assert "of Polk, Senator Sena Okoro." in text
    assert "Playgrounds in district 4" in text
    assert set(re.findall(r"\{\w+\}", text)) == {"{zip}"}


def token_of(caught):
    return caught.message_id.strip("<>").partition("@")[0]


def headers_of(caught):
    message = parsed(caught)
    return {
        name: str(message[name]).replace('"', "") for name in ("From", "To", "Reply-To", "Subject")
    }
