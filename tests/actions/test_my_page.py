"""One's own page: a link by mail, half an hour, and nobody else's."""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Action, NewMailbox, PageKey, PageWish, SameKey, Submission
from actions.my_page import data, keys, mailing, new_mailbox
from campaigns.models import Partner
from desk.models import SupporterDistrict
from supporters import consent, links, looks
from supporters.models import Note, Supporter, Suppression
from supporters.people import key_of, mailbox_of
from tests import build
from tests.actions.browsing import press
from worker.models import Delivery

pytestmark = pytest.mark.django_db
COOKIE = "my-page-en"
LINK = re.compile(r"https?://[^/\s]+(/\S*me/(?:open|mailbox)/\S+)")


@pytest.fixture
def mailed(smtp_sink):
    """Every mail so far: to whom, and its text."""

    def look():
        mailing.mail_pages()
        new_mailbox.mail_all()
        return [
            (
                one.recipient,
                message_from_bytes(one.content, policy=policy.default)
                .get_body(("plain",))
                .get_content(),
            )
            for one in smtp_sink.caught
        ]

    return look


def visit(client, supporter):
    """With their page open."""
    answer = press(client, f"/me/open/{keys.make(supporter)}/")
    assert answer.status_code == 303
    return client.get("/me/").content.decode()


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_link_opens_one_page_once_for_half_an_hour_and_no_row_holds_it(
    client, letter_ask, mailed
):
    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    nora = Supporter.objects.get()
    client.post("/me/", {"email": nora.email.upper()})
    [(to, text)] = mailed()
    [path] = LINK.findall(text)
    token = path.split("/")[-2]

    assert to == nora.email
    assert not PageWish.objects.exists()
    assert token not in str(list(PageKey.objects.values()))
    assert links.blanked(text).count(token) == 0
    # A mail scanner reads it, and again.
    for _ in range(2):
        assert "Open the page of N. Á.?" in text_of(client.get(path))
    assert not client.cookies
    opened = client.post(path)
    cookies = [one.OutputString() for one in opened.cookies.values()]
    assert opened.status_code == 303
    assert all("HttpOnly" in one and "SameSite=Strict" in one for one in cookies)
    assert [re.search("Path=([^;]+)", one)[1] for one in cookies] == ["/me/", "/es/me/"]
    page = client.get("/me/")
    assert "Hello, Nora" in text_of(page)
    assert "Ada Smith On its way" in text_of(page)
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex"
    # A second press, and the same link in another browser.
    assert client.post(path).status_code == client.get(path).status_code == 410

    secret = client.cookies[COOKIE].value
    assert secret not in str(list(PageKey.objects.values()))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31), tick=False):
        assert "Hello" not in text_of(client.get("/me/"))
    assert "Hello" in text_of(client.get("/me/"))
    client.post("/me/close/")
    client.cookies[COOKIE] = secret
    assert "Hello" not in text_of(client.get("/me/")), "a copied cookie outlives its page"


def test_the_answer_is_the_same_for_every_mailbox_and_each_gets_what_it_may(
    client, mailed, django_assert_num_queries
):
    known = build.supporter(email="known@example.org")
    build.supporter(email="shared@example.org", given_name="Ada", family_name="Diaz")
    build.supporter(email="Shared@example.org", given_name="Bo", family_name="Diaz")
    quiet, gone = build.supporter(email="quiet@example.org"), build.supporter(email="g@example.org")
    Suppression.objects.create(mailbox=quiet.mailbox, reason="asked")
    Suppression.objects.create(mailbox=gone.mailbox, reason="bounced")
    typed = [known.email, "nobody@example.org", "shared@example.org", quiet.email, gone.email]

    pages = set()
    for email in typed:
        # What takes as many queries takes as long.
        with django_assert_num_queries(2):
            answer = client.post("/me/", {"email": email})
        pages.add((answer.status_code, answer.content.replace(email.encode(), b"")))
    assert len(pages) == 1
    sent = dict(mailed())
    assert set(sent) == {known.email, "shared@example.org"}
    assert len(LINK.findall(sent["shared@example.org"])) == 2
    assert "A. D., here since" in sent["shared@example.org"]
    assert not re.search("Ada|Bo|Diaz", LINK.sub("", sent["shared@example.org"]))

    for _ in range(8):
        client.post("/me/", {"email": known.email, "even_so": "on"})
        client.post("/me/", {"email": quiet.email, "even_so": "on"})
        client.post("/me/", {"email": gone.email, "even_so": "on"})
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
            assert client.post("/me/", {"email": known.email}).status_code in (200, 429)
    to = [to for to, _text in mailed()]
    assert to.count(known.email) == mailing.LINKS_A_DAY
    assert to.count(quiet.email) == 1
    assert gone.email not in to


def test_the_network_is_told_to_wait_and_keeps_what_it_typed(client):
    answers = [client.post("/me/", {"email": "nora@example.org"}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert 'value="nora@example.org"' in answers[-1].content.decode()
    assert client.post("/me/", {"email": "nora@"}).status_code in (422, 429)


def test_no_link_of_another_kind_opens_a_page_and_a_page_link_opens_nothing_else(client):
    nora = build.supporter()
    for purpose in links.LASTS:
        assert client.post(f"/me/open/{links.make(purpose, nora.public_id)}/").status_code == 410
    token = keys.make(nora)
    for place in ("confirm", "letters", "withdraw", "not-me", "newsletter", "unsubscribe"):
        assert client.post(f"/{place}/{token}/").status_code == 404
    for cookie in (token, keys.signer().sign(token), links.signer("status").sign(token), "", "x:y"):
        client.cookies[COOKIE] = cookie
        assert "Hello" not in text_of(client.get("/me/"))
    foreign = client.post(f"/me/open/{token}/", headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert client.post(f"/me/open/{token}/").status_code == 303


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


def test_whoever_deletes_themselves_is_gone_and_what_they_did_counts_on(client, letter_ask):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    nora, link = action.supporter, keys.make(action.supporter)
    visit(client, nora)
    client.get("/me/delete/")
    client.post("/me/delete/", headers={"Sec-Fetch-Site": "same-site"})
    assert Supporter.objects.filter(pk=nora.pk).exists()

    gone = client.post("/me/delete/")
    assert "We know nothing of you any more." in text_of(gone)
    assert not Supporter.objects.exists()
    assert not PageKey.objects.exists()
    assert Action.objects.counted().count() == 1
    assert client.get(f"/me/open/{link}/").status_code == 410
    assert "Hello" not in text_of(client.get("/me/"))


def test_everything_that_we_hold_of_somebody_is_shown_and_taken_along_and_nobody_elses(
    client, letter_ask
):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    nora = action.supporter
    other = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(other)
    take.take_action(other, build.filled_form(other))
    ada = build.entry(given_name="Ada", email=nora.email)
    theirs = build.filled_form(letter_ask, entry=ada, own_words="My daughter reads here.")
    confirm(take.take_action(letter_ask, theirs))
    Note.objects.create(supporter=nora, text="Called about <her> son.", author="wanda@example.org")
    consent.grant(nora, "newsletter", "Send me news.")
    looks.look_at(nora, actor="wanda@example.org")
    SupporterDistrict.objects.create(
        supporter=nora, layer="sldl", division="ocd/fk/sldl:7", certain=True, found_on="2026-11-01"
    )
    visit(client, nora)

    saved = client.get("/me/data/?file=json")
    held, text = saved.json(), saved.content.decode()
    assert saved["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert saved["Cache-Control"] == "no-store, private"
    [did] = held["actions"]
    assert did["own_words"] == "My son plays there."
    assert "Please open the playgrounds" in did["letters"][0]["words"]
    assert [form["entry"].get("given_name") for form in held["forms"]] == [None, "Nora"]
    assert [row["wording"] for row in held["consents"]] == ["Send me news."]
    assert [row["note"] for row in held["notes"]] == ["Called about <her> son."]
    assert held["districts"][0]["division"] == "ocd/fk/sldl:7"
    assert held["seen_by_staff"][0]["deed"] == "supporter seen"
    assert [row["subject"] for row in held["mail"]].count("Thank you: Open the playgrounds") == 1
    # Every column of hers is there, unless it only tells our rows apart.
    for row, model in (
        (held["person"][0], Supporter),
        (did, Action),
        (held["forms"][0], Submission),
    ):
        assert {field.name for field in model._meta.concrete_fields} <= set(row) | data.OURS

    read = client.get("/me/data/?file=html").content.decode()
    assert "Called about &lt;her&gt; son." in read
    page = client.get("/me/data/").content.decode()
    for one in (text, read, page, client.get("/me/looks/").content.decode()):
        assert not re.search("wanda|daughter reads|Ada Álvarez", one)
    assert "Somebody here opened your page." in text_of(client.get("/me/looks/"))
    client.cookies.clear()
    for part in ("data/?file=json", "data/", "looks/", "choices/", "details/", "delete/"):
        assert client.get(f"/me/{part}").status_code == 302
