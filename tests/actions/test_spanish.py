"""The way through in Spanish, by plain HTML: pages and mail speak it, the letter itself stays in
the language of its readers.
"""

import re
from email import message_from_bytes, policy
from html import unescape

import pytest
from django.utils import timezone, translation

from actions import notices
from actions.take import take_action
from campaigns.models import AskWords, CampaignWords, Tally
from supporters.newsletter import ask_to_join
from tests import build
from tests.actions.browsing import ME, fields, press, send
from worker.models import Delivery

pytestmark = pytest.mark.django_db
ACT = "/es/act/playgrounds/"


@pytest.fixture(autouse=True)
def _no_hurry(settings):
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def spanish_ask(letter_ask):
    """The two delegates' letter, its campaign told in Spanish too.

    ZIP 00001 lies in their district.
    """
    words = {
        "title": "Abran los parques",
        "summary": "Están cerrados.",
        "story": "Una historia.",
        "consent": "Envíenme noticias.",
    }
    CampaignWords.objects.create(campaign=letter_ask.campaign, language="es", **words)
    AskWords.objects.create(
        ask=letter_ask,
        language="es",
        heading="Haz esto",
        thanks="Gracias por escribir.",
    )
    build.zip_district("00001", letter_ask)
    return letter_ask


def words_of(response):
    return unescape(response.content.decode())


def mails():
    return [
        message_from_bytes(bytes(row.message), policy=policy.default)
        for row in Delivery.objects.filter(lane="mail").order_by("pk")
    ]


def text_of(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def links_of(mail):
    both = text_of(mail) + mail.get_body(("html",)).get_content()
    return re.findall(r"https?://[^/\s]+(/[^\s\"<]*)", both)


def act(client):
    page = send(
        client, client.get(ACT), ACT, step="address", street="1 Elm St", zip="00001", age="34"
    )
    return page, send(client, page, ACT, step="write", own_words="Mi hijo juega ahí.", **ME)


def test_from_address_to_thanks(client, spanish_ask):
    first = words_of(client.get(ACT))
    assert '<html lang="es">' in first
    assert "Abran los parques" in first
    assert "Encontrar a mis legisladores" in first

    page, answer = act(client)
    assert "Tu carta y quién la leerá" in words_of(page)
    assert "Partido: Demócrata" in words_of(page)
    assert "Falta un paso: presiona el botón en nuestro correo a <span" in words_of(answer)


def test_what_stays_in_english_says_so(client, spanish_ask):
    page, _thanks = act(client)

    in_english = [
        name
        for tag in re.findall(r"<[^>]* lang=\"en\"[^>]*>", words_of(page))
        for name in re.findall(r'name="(\w+)"', tag)
    ]
    # The first is the way to the English page.
    assert in_english == ["step", "subject", "statement"]
    assert fields(page).values["statement"].strip().startswith("Please open the playgrounds")


def test_mail_is_in_spanish_and_leads_to_spanish_pages(client, spanish_ask):
    act(client)
    [asking] = mails()
    assert asking["Subject"] == "Confirma, por favor: Abran los parques"
    assert "¿No fuiste tú?" in text_of(asking)
    assert links_of(asking)
    assert all(link.startswith("/es/") for link in links_of(asking))

    confirmed = press(client, re.search(r"/es/confirm/\S+", text_of(asking))[0])
    assert "Ya cuenta. Gracias." in words_of(confirmed)
    receipt = mails()[-1]
    assert receipt["Subject"] == "Gracias: Abran los parques"
    assert '<html lang="es">' in receipt.get_body(("html",)).get_content()
    assert all(link.startswith("/es/") for link in links_of(receipt))


def test_the_status_page_is_in_spanish_and_the_offices_text_in_english(client, spanish_ask):
    act(client)
    confirmed = press(client, re.search(r"/es/confirm/\S+", text_of(mails()[0]))[0])
    page = words_of(
        client.get(re.search(r'href="(/es/letters/[^"]+)"', confirmed.content.decode())[1])
    )

    assert "Confirmada por ti" in page
    assert "Cámara estatal, Franklin, distrito 7" in page
    assert re.search(r'<pre[^>]*lang="en"[^>]*>Dear Delegate Diaz,', page)
    assert re.search(r"De Nora Álvarez, \d+ de [a-z]+ de \d{4}\.", page)


def test_the_letter_reaches_the_office_in_english(client, spanish_ask):
    act(client)
    press(client, re.search(r"/es/confirm/\S+", text_of(mails()[0]))[0])
    letter = message_from_bytes(
        bytes(Delivery.objects.exclude(lane="mail").get().message), policy=policy.default
    )

    assert letter["Subject"] == "Playgrounds in 7"
    assert "Dear Delegate Smith," in text_of(letter)
    assert "Dear Delegate Smith,\n\nMi hijo juega ahí.\n\n" in text_of(letter)


def test_errors_are_in_spanish(client, spanish_ask):
    page = send(client, client.get(ACT), ACT, step="address", street="1 Elm St", zip="123", age="")
    assert "Corrige 2 cosas y sigue adelante" in words_of(page)
    assert "Un código postal (ZIP) tiene cinco dígitos." in words_of(page)

    page = send(
        client, client.get(ACT), ACT, step="address", street="1 Elm St", zip="00001", age="34"
    )
    page = words_of(
        send(client, page, ACT, step="write", **{**ME, "email": "nora@", "phone": "12"})
    )
    assert "Esto no parece un correo electrónico." in page
    assert "A este número de teléfono le faltan o le sobran dígitos." in page


def test_the_mail_keeps_the_actions_language_whoever_asks_for_it(spanish_ask):
    action = take_action(
        spanish_ask, build.filled_form(spanish_ask, entry=build.entry(language="es"))
    )
    english = take_action(
        spanish_ask,
        build.filled_form(spanish_ask, entry=build.entry(email="bo@example.org", language="en")),
    )
    with translation.override("en"):
        notices.quarantined(action)
    with translation.override("es"):
        notices.quarantined(english)

    assert [mail["Subject"] for mail in mails()[-2:]] == [
        "En espera de revisión: Abran los parques",
        "Set aside for a look: Open the playgrounds",
    ]


def test_somebody_known_in_english_is_answered_in_the_language_they_act_in(client, spanish_ask):
    build.supporter(**ME, language="en")
    act(client)

    assert "Escribiste una carta para “Abran los parques”." in text_of(mails()[-1])


def test_the_newsletter_asks_in_the_language_of_its_page():
    build.supporter(email="nora@example.org", language="en")
    ask_to_join(email="nora@example.org", given_name="Nora", language="es")

    [asking] = mails()
    assert asking["Subject"] == "Un paso más para recibir nuestro boletín"
    assert "Presiona el botón en esta página" in text_of(asking)
    assert all(link.startswith("/es/") for link in links_of(asking))


def test_the_other_language_is_one_press_away_on_the_same_page(client, spanish_ask):
    assert 'href="/act/playgrounds/thanks/?ask=1"' in words_of(
        client.get("/es/act/playgrounds/thanks/?ask=1")
    )
    assert 'href="/es/act/playgrounds/thanks/?ask=1"' in words_of(
        client.get("/act/playgrounds/thanks/?ask=1")
    )


def test_a_page_that_has_no_other_language_offers_none(client):
    assert "Español" not in words_of(client.get("/login/"))
    assert "Español" in words_of(client.get("/"))


def test_words_that_nobody_has_translated_say_that_they_are_english(client, letter_ask):
    page = words_of(client.get(ACT))

    assert '<h1 lang="en">Open the playgrounds</h1>' in page
    assert "<h1>Open the playgrounds</h1>" in words_of(client.get("/act/playgrounds/"))


def test_numbers_are_grouped_as_in_the_united_states(client, spanish_ask):
    Tally.objects.create(ask=spanish_ask, state="FK", verified=2674, counted_at=timezone.now())

    assert '<strong data-count="total">2,674</strong>' in words_of(client.get(ACT))


def test_a_page_that_does_not_exist_says_so_in_spanish(client):
    page = client.get("/es/nowhere/")

    assert page.status_code == 404
    assert "No hay nada en esta dirección" in words_of(page)


def test_countries_stand_where_a_reader_of_spanish_looks_for_them(client, petition):
    names = re.findall(r'<option value="[A-Z]{2}"[^>]*>([^<]+)</option>', words_of(client.get(ACT)))

    assert names[0] == "Estados Unidos"
    assert names.index("Mayotte") < names.index("México") < names.index("Micronesia")


def test_when_our_side_breaks_the_page_says_so_in_spanish(client, monkeypatch):
    monkeypatch.setattr("campaigns.views._issues", lambda: 1 / 0)
    client.raise_request_exception = False
    page = client.get("/es/")

    assert page.status_code == 500
    assert '<html lang="es">' in words_of(page)
    assert "Algo falló de nuestro lado" in words_of(page)
    assert 'href="/es/"' in words_of(page)


def test_the_letter_is_explained_and_translated_where_the_campaign_did(client, spanish_ask):
    spanish_ask.words.filter(language="es").update(text="Abran los parques de {state}, por favor.")
    page, _thanks = act(client)

    assert "Las oficinas leen inglés" in words_of(page)
    assert "Abran los parques de Franklin, por favor." in words_of(page)
    assert "Please open" in words_of(page)
