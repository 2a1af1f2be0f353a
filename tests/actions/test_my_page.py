"""One's own page: a link by mail, half an hour, and nobody else's."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Action, PageKey, PageWish, Submission
from actions.my_page import data, keys, mailing
from desk.models import SupporterDistrict
from supporters import consent, links, looks
from supporters.models import Note, Supporter, Suppression
from tests import build
from tests.actions.own_page import COOKIE, LINK, text_of, visit

pytestmark = pytest.mark.django_db


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
