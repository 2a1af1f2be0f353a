"""What a person does: in a browser, and in their mailbox."""

import re
import time
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from tests.processes import PATIENCE_S

PHONE = {"width": 390, "height": 844}
ACT = "/act/playgrounds/"
NORA = "nora@example.org"
OWN_WORDS = "My son plays there.\n.\nA line of a single dot, {zip} in braces, and a star: ★."


def wait_for(claim, what="", timeout_s=PATIENCE_S):
    """The first true answer of `claim()`."""
    deadline = time.monotonic() + timeout_s
    while not (answer := claim()):
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.03)
    return answer


def give_address(page, *, street="1 Elm St", city="Polk", zip="00001", age="34"):
    page.get_by_label("Street address").fill(street)
    page.get_by_label("City").fill(city)
    page.get_by_label("ZIP code").fill(zip)
    if age:
        page.get_by_label("How old are you?").fill(age)
    page.get_by_role("button", name="Find my legislators").click()


def give_name(page, *, given="Nora", family="Álvarez", email=NORA):
    page.get_by_label("First name").fill(given)
    page.get_by_label("Last name").fill(family)
    page.get_by_role("textbox", name="E-mail").fill(email)


def send_button(page):
    # Not the hidden one, which only the Enter key presses.
    return page.locator("button[name=step][value=write]:not([aria-hidden])")


def write_letter(page, url=ACT, own_words=OWN_WORDS, **address):
    """From the campaign's page to a letter that only has to be sent."""
    page.goto(url)
    give_address(page, **address)
    page.get_by_label("In your own words").fill(own_words)
    give_name(page)


def send(page):
    send_button(page).click()
    page.locator("#one-step-left").wait_for()


def mails_to(sink, recipient):
    return [caught for caught in list(sink.caught) if caught.recipient == recipient]


def mail_to(sink, recipient, *, holding=""):
    """The first message that arrives for this mailbox, or the first whose text holds some words."""

    def arrived():
        return next(
            (caught for caught in mails_to(sink, recipient) if holding in text_of(caught)), None
        )

    return wait_for(arrived, f"a mail to {recipient}")


def parsed(caught):
    return message_from_bytes(caught.content, policy=policy.default)


def text_of(caught):
    return parsed(caught).get_body(("plain",)).get_content()


def link_in(caught, part):
    """The path of a mailed link, so that it is opened on the site under test."""
    url = re.search(rf"https?://\S+?/{part}/\S+", text_of(caught))[0]
    return urlsplit(url).path


def confirm(page, sink, recipient=NORA):
    """Read the mail, open its link, press its button."""
    page.goto(link_in(mail_to(sink, recipient, holding="/confirm/"), "confirm"))
    page.get_by_role("button", name=re.compile("^Yes, ")).click()
    page.get_by_role("heading", level=1, name="It counts. Thank you.").wait_for()
