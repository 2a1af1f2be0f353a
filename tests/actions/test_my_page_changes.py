"""What one puts right, ends, takes back or deletes on one's own page, and what one takes along."""

import re
from email import message_from_bytes, policy

import pytest

from actions import take
from actions.confirm import confirm
from actions.models import Action, NewMailbox, SameKey
from campaigns.models import Partner
from supporters import consent
from supporters.models import Suppression
from supporters.people import key_of, mailbox_of
from tests import build
from tests.actions.own_page import LINK, text_of, visit
from worker.models import Delivery

pytestmark = pytest.mark.django_db


def test_one_takes_back_ones_own_and_nobody_elses(client, petition):
    mine = confirm(take.take_action(petition, build.filled_form(petition)))
    other = build.entry(given_name="Ada", email="ada@example.org")
    theirs = confirm(take.take_action(petition, build.filled_form(petition, entry=other)))
    visit(client, mine.supporter)
    path = f"/me/withdraw/{mine.public_id}/"

    assert client.post(f"/me/withdraw/{theirs.public_id}/").status_code == 404
    client.get(path)
    assert Action.objects.filter(state="confirmed").count() == 2
    client.post(path, headers={"Origin": "https://elsewhere.example"})
    assert Action.objects.filter(state="confirmed").count() == 2
    client.post(path)
    assert Action.objects.get(state="confirmed") == theirs
    client.cookies.clear()
    late = client.post(path, {"reason": "I changed my mind"})
    assert late.status_code == 403
    assert "I changed my mind" in text_of(late)


def test_name_and_address_are_put_right_and_a_name_that_is_taken_waits_for_a_person(
    client, letter_ask
):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    nora, other = action.supporter, build.ask("petition", campaign=build.campaign("libraries"))
    build.petition_text(other)
    waits = take.take_action(other, build.filled_form(other))
    ada = build.supporter(email=nora.email, given_name="Ada", family_name="Álvarez")
    visit(client, nora)
    typed = {"given_name": "Norah", "family_name": "Alvarez", "street": "5 Oak St"}
    typed |= {"city": "Polk", "zip": "00001", "country": "US", "language": "es"}

    wrong = client.post("/me/details/", {**typed, "zip": "123", "given_name": ""})
    assert wrong.status_code == 422
    assert "Type your first name." in text_of(wrong)
    assert 'value="5 Oak St"' in wrong.content.decode()
    assert client.post("/me/details/", {**typed, "phone": "202 456 1414"}).status_code == 302
    nora.refresh_from_db()
    waits.refresh_from_db()
    assert (nora.name, nora.street, nora.language) == ("Norah Alvarez", "5 Oak St", "es")
    assert (nora.state, nora.phone) == ("FK", "+12024561414")
    assert nora.key == key_of(nora.email, "Norah", "Alvarez") == waits.supporter_key
    # What is sealed keeps the words it had.
    assert b"Norah" not in bytes(Delivery.objects.exclude(lane="mail").first().message)

    taken = client.post("/me/details/", {**typed, "given_name": "Ada", "street": ""})
    nora.refresh_from_db()
    assert "Somebody of this name and mailbox is here already" in text_of(taken)
    assert (nora.given_name, nora.street, nora.phone) == ("Norah", "", "")
    assert SameKey.objects.get().other == ada


def test_another_mailbox_proves_itself_and_the_old_one_is_told(client, mailed, petition):
    nora = confirm(take.take_action(petition, build.filled_form(petition))).supporter
    old = nora.email
    Suppression.objects.create(mailbox=mailbox_of("no@example.org"), reason="asked")
    visit(client, nora)
    answers = [
        text_of(client.post("/me/mailbox/", {"email": email})).replace(email, "it")
        for email in ("ada@example.org", "no@example.org", "new@example.org")
    ]
    assert len(set(answers)) == 1
    assert client.post("/me/mailbox/", {"email": old}).status_code == 422

    # The last one that was given is meant.
    [(to, text)] = mailed()
    assert to == "new@example.org"
    assert not re.search("Nora|lvarez|playground", LINK.sub("", text))
    [path] = LINK.findall(text)
    client.cookies.clear()
    client.get(path)
    nora.refresh_from_db()
    assert nora.email == old
    assert "from now on" in text_of(client.post(path))
    nora.refresh_from_db()
    assert (nora.email, nora.mailbox) == (to, mailbox_of(to))
    # What we mailed to the old one stays with nobody.
    assert not Delivery.objects.filter(recipient=old).exists()
    assert client.post(path).status_code == 410
    [*_, (told, words)] = mailed()
    assert told == old
    assert not re.search(r"new@|Nora", words)
    assert not NewMailbox.objects.exclude(email="").exists()

    # Somebody of that name is there already: proven, and still for a person to say.
    double = build.supporter(email="twice@example.org")
    visit(client, nora)
    client.post("/me/mailbox/", {"email": double.email})
    [*_, (_to, text)] = mailed()
    assert "is here already" in text_of(client.post(LINK.findall(text)[0]))
    nora.refresh_from_db()
    assert nora.email == to
    assert SameKey.objects.get().deed == "mailbox"


def test_each_yes_is_ended_for_one_person_and_words_stay_out_of_mail_where_that_is_asked(
    client, letter_ask, mailed
):
    petition = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(petition)
    partner = Partner.objects.create(slug="library", name="Library Friends")
    boxes = {
        "updates": "Tell me what becomes of it.",
        partner.purpose: "Library Friends may write.",
    }
    sign = build.filled_form(petition, permissions=boxes, name_is_public=True)
    nora = confirm(take.take_action(petition, sign)).supporter
    ada = build.supporter(email=nora.email, given_name="Ada")
    consent.grant(ada, "updates", "Tell me.", campaign=petition.campaign)
    shown = visit(client, nora)
    assert "Library Friends may write to me" in shown
    assert "Tell me by e-mail what becomes of: Open the playgrounds" in shown

    page = client.get("/me/choices/")
    assert "“Library Friends may write.”" in text_of(page)
    ticked = {"allow_newsletter": "on", "allow_updates": "on", "no_words": "on"}
    client.post("/me/choices/", ticked)
    assert consent.is_granted(nora, "newsletter")
    assert consent.is_granted(nora, "updates")
    assert not consent.is_granted(nora, partner.purpose)
    assert not Action.objects.filter(name_is_public=True).exists()

    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    receipt = Delivery.objects.filter(key__startswith="receipt:").last()
    mail = message_from_bytes(bytes(receipt.message), policy=policy.default)
    for part in ("plain", "html"):
        words = mail.get_body((part,)).get_content()
        assert "Ada Smith" in words
        assert "As you asked, nothing of what you wrote" in " ".join(words.split())
        assert not re.search("My son plays there|Please open the|/letters/", words)

    client.post("/me/choices/", {"nothing": "on"})
    assert not consent.is_granted(nora, "updates")
    assert consent.is_granted(ada, "updates")
    assert Suppression.objects.in_force().get().reason == "asked"
    client.post("/me/choices/", {})
    assert not Suppression.objects.in_force().exists()

    young = build.supporter(is_minor=True)
    visit(client, young)
    assert "allow_" not in client.get("/me/choices/").content.decode()
    client.post("/me/choices/", ticked)
    assert not consent.is_granted(young, "newsletter")
    assert 'name="street"' not in client.get("/me/details/").content.decode()
