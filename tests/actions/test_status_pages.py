"""What links in mail open: a GET shows a button, its POST does the deed, and the mailbox
decides.
"""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Submission
from supporters import links
from supporters.models import Consent, Supporter
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


def test_leaving_the_newsletter_takes_one_click_from_anywhere_and_can_be_undone(client, petition):
    from supporters import consent
    from supporters.newsletter import unsubscribe_url

    nora = build.supporter()
    consent.grant(nora, Consent.Purpose.NEWSLETTER, "Send me news.")
    path = "/" + unsubscribe_url(nora).split("/", 3)[3]
    client.get(path)
    assert consent.is_granted(nora, Consent.Purpose.NEWSLETTER)
    client.post(path, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
    assert not consent.is_granted(nora, Consent.Purpose.NEWSLETTER)
    client.post(path, {"undo": "1"})
    assert consent.is_granted(nora, Consent.Purpose.NEWSLETTER)


def test_joining_the_newsletter_answers_all_who_are_grown_alike_and_waits_for_the_mailbox(
    client, db
):
    build.supporter(email="known@example.org")
    new, known, young = (
        client.post("/newsletter/", {"email": f"{who}@example.org", "age": age}).content
        for who, age in (("new", "34"), ("known", "34"), ("young", "15"))
    )
    assert new == known != young
    assert not Consent.objects.exists()
    assert not Supporter.objects.filter(email="young@example.org").exists()

    link = mailed_link("newsletter")
    client.get(link)
    assert not Consent.objects.exists()
    client.post(link)
    assert Consent.objects.get().granted


def test_not_me_deletes_it_and_asks_that_mailbox_about_it_no_more_for_a_week(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    send(client, page, step="write", **ME)
    confirm_page = client.get(mailed_link("confirm")).content.decode()
    link = re.search(r'href="(/not-me/[^"]+)"', confirm_page)[1]
    client.get(link)
    assert Submission.objects.exists()
    client.post(link)
    assert not Submission.objects.exists()

    send(client, page, step="write", **{**ME, "given_name": "Mallory"})
    assert Delivery.objects.filter(lane="mail").count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        send(client, page, step="write", **{**ME, "given_name": "Nora Later"})
    assert Delivery.objects.filter(lane="mail").count() == 2


def test_not_me_on_one_ask_leaves_the_others_their_way(client, petition):
    first = take.take_action(petition, build.filled_form(petition))
    client.post(f"/not-me/{links.make('not-me', first.public_id)}/")
    other = build.ask("petition", campaign=build.campaign("libraries"))
    build.petition_text(other)
    take.take_action(other, build.filled_form(other))

    assert Delivery.objects.filter(lane="mail").count() == 2


def test_the_confirmation_mail_holds_one_link_and_no_other(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    send(client, page, step="write", **ME)
    message = message_from_bytes(bytes(Delivery.objects.get().message), policy=policy.default)

    assert (
        len(
            set(
                re.findall(
                    r"/(?:confirm|not-me|unsubscribe|withdraw|letters)/[^\s\"<]+",
                    message.as_string().replace("=\n", ""),
                )
            )
        )
        == 1
    )


def test_a_person_in_quarantine_is_told_by_mail_and_answers_with_one_press(
    client, letter_ask, whole_zip
):
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")
    send(client, page, step="write", website="http://spam.example", **ME)
    link = mailed_link("confirm")
    assert "a person here looks at it" in client.get(link).content.decode()
    answer = press(client, link).content.decode()

    assert "A person will look at it." in answer
    assert "It counts" not in answer
    assert Submission.objects.get().appealed_at
    assert not Delivery.objects.exclude(lane="mail").exists()


@pytest.mark.parametrize(("age", "offered"), [({}, True), ({"is_minor": True}, False)])
def test_a_receipt_offers_to_leave_the_newsletter_only_to_its_readers(letter_ask, age, offered):
    typed = build.filled_form(
        letter_ask, entry=build.entry(**age), newsletter_wording="Send me news."
    )
    confirm(take.take_action(letter_ask, typed))
    receipt = message_from_bytes(
        bytes(Delivery.objects.get(key__startswith="receipt:").message), policy=policy.default
    )
    text = receipt.get_body(("plain",)).get_content()

    assert ("/unsubscribe/" in text) is offered
    assert "/withdraw/" in text
    assert "My son plays there." in text


def test_the_status_page_of_calls_says_what_was_reported(client, db):
    ask = build.ask("call")
    seat = build.seat(district="7")
    build.term(seat, build.legislator("Ada Smith", phone="+15550100100"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    form = build.filled_form(ask, outcomes={seat.pk: "voicemail"})
    action = confirm(take.take_action(ask, form))
    page = client.get(f"/letters/{links.make('status', action.public_id)}/").content.decode()

    assert "<title>Your calls" in page
    assert "Franklin district 7" in page
    assert "I left a message" in page


def test_a_signature_keeps_showing_the_text_that_was_signed(client, petition):
    action = confirm(take.take_action(petition, build.filled_form(petition)))
    build.petition_text(petition, "We ask for something else.")
    page = client.get(f"/letters/{links.make('status', action.public_id)}/").content.decode()

    assert "<title>Your signature" in page
    assert "We ask for playgrounds." in page
    assert "something else" not in page
