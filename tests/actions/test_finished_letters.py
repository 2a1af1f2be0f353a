"""A letter is read as it leaves before it is sent, and every copy of it is what was sealed."""

import datetime as dt
import html
import re
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Action, Ladder, Submission
from campaigns.models import Brand
from legislators.models import Contact
from tests import build
from tests.actions.browsing import ACT, HOME, ME, fields, kept, mailed_link, press, send
from tests.actions.congress_letters import nora
from tests.actions.posted import body
from tests.congress import field
from worker import retention
from worker.models import Delivery
from worker.paper.printed_letter import PrintedLetter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
# Blanks, a line of one dot, an accent in two parts, braces, HTML, and a line break of a browser.
OWN = "Mi hijo juega  ahí.\r\n.\r\n  <b>Cafe\u0301</b> & {zip} – ★\t!"


def receipt():
    """The copy in its writer's mailbox: plain, and as HTML."""
    [row] = Delivery.objects.filter(key__startswith="receipt:")
    mail = message_from_bytes(bytes(row.message), policy=policy.default)
    as_html = mail.get_body(("html",)).get_content().replace("\r\n", "\n")
    return body(row.message), kept(as_html)


@pytest.fixture
def writing(client, letter_ask, whole_zip):
    return send(client, client.get(ACT), step="address", **HOME)


def read(client, page, **typed):
    return send(client, page, step="read", **{"own_words": OWN, **ME, **typed})


def test_what_is_read_before_sending_is_what_the_office_gets(client, writing):
    shown = read(client, writing)
    page = shown.content.decode()

    assert shown.status_code == 200
    assert not Submission.objects.exists()
    assert not Delivery.objects.exists()
    assert "Your 2 letters, word for word" in page
    assert page.index("word for word") < page.rindex('value="write"')
    to_ada, to_bo = kept(page)
    assert to_ada.startswith("Dear Delegate Smith,\n\nMi hijo juega  ahí.\n.\n  <b>Café</b>")
    assert "Delegate Bo Diaz" in to_bo

    send(client, shown, step="write")
    asked = client.get(mailed_link("confirm")).content.decode()
    assert kept(asked) == [to_ada, to_bo]
    press(client, mailed_link("confirm"))
    [sealed] = Delivery.objects.exclude(lane="mail")
    assert body(sealed.message) == to_ada


def test_everything_that_was_typed_stays_and_a_letter_may_be_changed_and_read_again(
    client, writing
):
    shown = read(client, writing, newsletter="on", phone="555 010 0123")
    typed = fields(shown).values
    assert (typed["given_name"], typed["newsletter"]) == ("Nora", "on")
    assert typed["own_words"].split() == OWN.split()

    again = read(client, shown, statement="Open them.", own_words="")
    assert "Dear Delegate Smith,\n\nOpen them.\n\nSincerely," in again.content.decode()


def test_the_letter_has_the_order_of_the_form(client, writing):
    page = read(client, writing).content.decode()
    form = [page.index(f'name="{name}"') for name in ("own_words", "statement")]
    letter = kept(page)[0]
    said = [letter.index(words) for words in ("Dear Delegate", "Mi hijo", "Please open", "Sincere")]

    assert form == sorted(form)
    assert said == sorted(said)


def test_an_unfinished_letter_says_what_is_missing(client, writing):
    page = read(client, writing, email="")

    assert page.status_code == 422
    assert "letters, word for word" not in page.content.decode()
    assert "Mi hijo" in page.content.decode()


def test_reading_tells_nothing_of_whoever_is_known_by_that_name(client, writing):
    build.supporter(
        email=ME["email"], street="9 Secret Lane", city="Elsewhere", phone="+15550100999"
    )
    page = read(client, writing).content.decode()

    assert "Secret" not in page
    assert "Elsewhere" not in page


def test_the_copies_are_byte_for_byte_what_went_by_mail(client, writing):
    send(client, writing, step="write", own_words=OWN, **ME)
    press(client, mailed_link("confirm"))
    [sealed] = Delivery.objects.exclude(lane="mail")
    plain, as_html = receipt()
    page = client.get(mailed_link("letters")).content.decode()

    assert body(sealed.message) in plain
    assert body(sealed.message) in as_html
    assert body(sealed.message) in kept(page)
    # And the one for its writer to bring, as it is there to be copied.
    [by_hand] = re.findall(r'<pre class="copy-text"[^>]*>(.*?)</pre>', page, re.S)
    assert html.unescape(by_hand) in plain
    assert "Delegate Bo Diaz" in by_hand


def test_the_copies_are_what_was_sealed_for_paper(client, settings, letter_ask, whole_zip):
    settings.PAPER_BY = "print"
    Ladder.objects.update(routes=["paper", "email", "assisted"])
    Brand.objects.create(name="Children First", postal_address="120 Harbor St, Annapolis, MD 21401")
    ada = Contact.objects.get(value__startswith="ada.smith").legislator
    office = "Room 156, 6 Bladen St., Annapolis, MD 21401"
    source = build.source()
    Contact.objects.create(
        legislator=ada, kind="address", value=office, office="capitol", source=source
    )
    shown = read(client, send(client, client.get(ACT), step="address", **HOME))
    send(client, shown, step="write")
    press(client, mailed_link("confirm"))
    printed = PrintedLetter.from_bytes(bytes(Delivery.objects.get(channel="paper").message))
    page = client.get(mailed_link("letters")).content.decode()

    assert "\n\n".join(printed.text) in printed.as_text()
    assert printed.as_text().endswith("Sincerely,\n\nNora Álvarez\n1 Elm St\nPolk, FK 00001\n")
    for copies in (kept(shown.content.decode()), kept(page), receipt()[1]):
        assert printed.as_text() in copies
    assert printed.as_text() in receipt()[0]


def test_the_copies_are_what_was_sealed_for_congress(client, listed, to_congress):
    entry = nora(email="nora@example.org")
    submission = take.take_action(to_congress, build.filled_form(to_congress, entry=entry))
    asked = kept(client.get(mailed_link("confirm")).content.decode())
    confirm(submission)
    sealed = [bytes(row.message) for row in Delivery.objects.filter(channel="cwc")]
    page = kept(client.get(mailed_link("letters")).content.decode())

    for document in sealed:
        own = field(document, "ConstituentMessage")
        statement = field(document, "OrganizationStatement")
        for copies in (asked, page, receipt()[1]):
            assert copies.index(own) < copies.index(statement)
        assert f"{own}\n\n{statement}" in receipt()[0]


def test_once_its_text_is_forgotten_the_page_has_what_was_typed(client, writing):
    send(client, writing, step="write", own_words=OWN, **ME)
    press(client, mailed_link("confirm"))
    link = mailed_link("letters")
    long_ago = timezone.now() - dt.timedelta(days=99)
    Delivery.objects.exclude(lane="mail").update(state="sent", settled_at=long_ago)
    retention.forget_texts()
    page = client.get(link).content.decode()

    assert "What you wrote" in page
    assert OWN.replace("\r\n", "\n") in [text.replace("\r\n", "\n") for text in kept(page)]
    assert Action.objects.get().own_words
