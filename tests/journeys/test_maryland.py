"""Real rosters and maps: a Maryland ZIP code's letters go to those who really sit for it.

The names come from the published roster by eye, not through our own code.
"""

import pytest
from django.core.management import call_command

from actions.models import Letter
from tests import build
from tests.journeys.person import NORA, PHONE, confirm, parsed, send, wait_for, write_letter
from tests.pages.visits import arrive
from worker.models import Delivery

# Bowie lies in district 23, which has three delegates; Deale in 30B, which has one.
BOWIE = {
    "Senator Ron Watson <ron.watson@senate.maryland.gov>",
    "Delegate Adrian Boafo <adrian.boafo@house.maryland.gov>",
    "Delegate Kym Taylor <kym.taylor@house.maryland.gov>",
    "Delegate Marvin Holmes <marvin.holmes@house.maryland.gov>",
}
DEALE = {
    "Senator Shaneka Henson <shaneka.henson@senate.maryland.gov>",
    "Delegate Seth Howard <seth.howard@house.maryland.gov>",
}
CONGRESS = {"Angela D. Alsobrooks", "Chris Van Hollen", "Steny H. Hoyer"}


@pytest.fixture
def maryland(site, shared_data):
    call_command("load_data", "--from", shared_data, "--state", "MD", verbosity=0)
    ask = build.ask(
        "letter",
        letter_body="Please act, {title} {legislator}.",
        letter_subject="For district {district}",
    )
    build.rule(ask, states=["MD"], chambers=["state_upper", "state_lower", "us_house", "us_senate"])
    return ask


def test_a_maryland_letter_goes_to_the_districts_own_senator_and_every_delegate(
    maryland, new_page, worker_at_work, smtp_sink
):
    letters_of(
        new_page(viewport=PHONE),
        smtp_sink,
        zip="20716",
        city="Bowie",
        street="15901 Fred Robinson Way",
    )
    assert addressees(smtp_sink) == BOWIE
    assert left_to_the_writer() == CONGRESS

    smtp_sink.caught.clear()
    letters_of(new_page(viewport=PHONE), smtp_sink, zip="20751", city="Deale", street="")
    assert addressees(smtp_sink) == DEALE
    assert left_to_the_writer() == CONGRESS
    assert not Delivery.objects.filter(rehearsal=False).exists()


def letters_of(page, sink, **address):
    """A new person's letter, sent and confirmed; every one to an office has left."""
    mailbox = f"nora.{address['zip']}@example.org"
    write_letter(page, **address)
    page.get_by_role("textbox", name="E-mail").fill(mailbox)
    send(page)
    confirm(page, sink, mailbox)
    page.get_by_role("link", name="See your letter").click()
    arrive(page, "/letters/.*")
    needy = page.locator(".offices > li", has_text="Needs you").locator("h3")
    assert set(needy.all_inner_texts()) == CONGRESS
    offices = Delivery.objects.exclude(lane="mail")
    wait_for(lambda: not offices.exclude(state="sent").exists(), "every letter to leave")


def addressees(sink):
    return {
        str(parsed(caught)["To"]).replace('"', "")
        for caught in sink.caught
        if NORA.partition("@")[2] not in caught.recipient
    }


def left_to_the_writer():
    return set(Letter.objects.filter(route="assisted").values_list("holder_name", flat=True))
