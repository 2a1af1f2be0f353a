"""Pages and mails say how many letters go, need their writer, find nobody or wait, as it is.

Each case is one district with so many offices of each kind, walked from the form to the receipt.
"""

import re
from email import message_from_bytes, policy
from html import unescape

import pytest
from django.utils import translation

from actions.letters.fates import Fates, of_submission
from actions.models import Submission
from actions.take import take_action
from campaigns.models import Campaign
from legislators import lookup
from legislators.by_hand import contacts
from supporters.people import mailbox_of
from supporters.suppressions import suppress
from tests import build
from tests.actions.browsing import ME, fields, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]

# Never before its mailbox has answered.
CLAIMS = ("on its way", "on their way", "It counts", "in the pile", "has left", "va en camino")
EN = {
    "go": ("One letter goes out.", "2 letters go out."),
    "need_you": ("One letter needs you:", "2 letters need you:"),
    "empty": ("In one office we know of nobody", "In 2 offices we know of nobody"),
    "wait": ("One letter waits until", "2 letters wait until"),
    "now": ("One letter is on its way.", "2 letters are on their way."),
}
ES = {
    "go": ("Sale una carta.", "Salen 2 cartas."),
    "need_you": ("Una carta te necesita:", "2 cartas te necesitan:"),
    "empty": ("En una oficina no sabemos de nadie", "En 2 oficinas no sabemos de nadie"),
    "wait": ("Una carta espera hasta", "2 cartas esperan hasta"),
    "now": ("Una carta va en camino.", "2 cartas van en camino."),
}


def office(kind, number):
    """A delegate of district 7 to whom a letter goes so."""
    seat = build.seat(district="7", position=number)
    if kind == "empty":
        return
    reached = {
        "go": {"email": f"d{number}@house.example"},
        "need_you": {"form": "https://x.example"},
    }
    legislator = build.legislator(f"Ann {kind.title()}{number}", **reached.get(kind, {}))
    build.term(seat, legislator)
    if kind == "wait":
        contacts.type_in(legislator, "email", f"d{number}@new.example", author="sam@x.org")


def letter_to(**numbers):
    ask = build.ask("letter", letter_subject="Playgrounds", letter_body="Please open them.")
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    kinds = [kind for kind, number in numbers.items() for _ in range(number)]
    for position, kind in enumerate(kinds, start=1):
        office(kind, position)
    build.zip_district("00001", ask)
    return ask


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def newest_mail():
    raw = bytes(Delivery.objects.filter(lane="mail").latest("pk").message)
    message = message_from_bytes(raw, policy=policy.default)
    texts = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in texts], texts[0]


def button(response):
    """What the last button of the page says."""
    said = re.findall(
        r"<button[^>]*button-wide[^>]*>(.*?)</button>", response.content.decode(), re.S
    )
    return unescape(" ".join(said[-1].split()))


@pytest.mark.parametrize(
    ("numbers", "sign", "yes"),
    [
        ({"go": 1}, "Sign my letter", "Yes, send my letter"),
        ({"go": 2}, "Sign my 2 letters", "Yes, send my 2 letters"),
        ({"need_you": 1}, "Sign my letter", "Yes, these are my words"),
        ({"wait": 2}, "Sign my 2 letters", "Yes, these are my words"),
        ({"go": 1, "empty": 1}, "Sign my letter", "Yes, send my letter"),
        (
            {"go": 2, "need_you": 2, "empty": 2, "wait": 2},
            "Sign my 6 letters",
            "Yes, send my 2 letters",
        ),
        (
            {"go": 1, "need_you": 1, "empty": 1, "wait": 1},
            "Sign my 3 letters",
            "Yes, send my letter",
        ),
    ],
)
def test_from_the_form_to_the_receipt_each_number_is_told_as_it_is(client, numbers, sign, yes):
    letter_to(**numbers)
    assert walk(client, "", EN, numbers) == (sign, yes)


@pytest.mark.parametrize(
    ("numbers", "sign", "yes"),
    [
        ({"go": 1, "need_you": 1}, "Firmar mis 2 cartas", "Sí, envíen mi carta"),
        (
            {"go": 2, "need_you": 2, "empty": 2, "wait": 2},
            "Firmar mis 6 cartas",
            "Sí, envíen mis 2 cartas",
        ),
        ({"go": 1, "empty": 1, "wait": 1}, "Firmar mis 2 cartas", "Sí, envíen mi carta"),
    ],
)
def test_in_spanish_too(client, numbers, sign, yes):
    letter_to(**numbers)
    assert walk(client, "/es", ES, numbers) == (sign, yes)


def walk(client, language, words, numbers):
    """The words of the two buttons, once every page and mail was read on the way."""
    url = f"{language}/act/playgrounds/"
    writing = send(client, client.get(url), url, step="address", zip="00001", age="34")
    tells(text_of(writing), words, numbers)
    answer = send(client, writing, url, step="write", own_words="My own.", **ME)
    tells(text_of(answer), words, numbers)
    mails, plain = newest_mail()
    for mail in mails:
        tells(mail, words, numbers)
    link = re.search(rf"https?://[^/\s]+({language}/confirm/\S+)", plain)[1]
    asked = client.get(link)
    tells(text_of(asked), words, numbers)
    waiting = {"": "This letter waits until", "/es": "Esta carta espera hasta"}[language]
    assert text_of(asked).count(waiting) == numbers.get("wait", 0)

    confirmed = client.post(link, fields(asked).values)
    tells(text_of(confirmed), words, numbers, is_confirmed=True)
    for mail in newest_mail()[0]:
        tells(mail, words, numbers, is_confirmed=True)
    return button(writing), button(asked)


def tells(text, words, numbers, *, is_confirmed=False):
    """Exactly these sentences, and before its mailbox answered no claim."""
    for kind in ("go", "need_you", "empty", "wait"):
        said = words["now"] if kind == "go" and is_confirmed else words[kind]
        number = numbers.get(kind, 0)
        assert (said[0] in text) == (number == 1), (kind, number, text)
        assert (said[1] in text) == (number == 2), (kind, number, text)
    if not is_confirmed:
        assert not [claim for claim in CLAIMS if claim in text], text


def test_where_lookup_gave_no_answer_no_number_is_made_up(client, letter_ask, monkeypatch):
    def down(address, **_):
        raise lookup.LookupUnavailable

    monkeypatch.setattr(lookup, "find", down)
    url = "/act/playgrounds/"
    writing = send(client, client.get(url), url, step="address", zip="00001", age="34")
    answer = send(client, writing, url, step="write", own_words="My own.", **ME)

    assert button(writing) == "Sign my letter"
    for text in (text_of(answer), *newest_mail()[0]):
        assert "waits until we could look up your offices" in text
        assert "goes out" not in text


def test_a_campaign_that_closed_meanwhile_promises_no_letter(client, letter_ask):
    submission = take_action(letter_ask, build.filled_form(letter_ask))
    Campaign.objects.update(state="closed")
    from supporters import links

    link = f"/confirm/{links.make('confirm', submission.public_id)}/"
    asked = client.get(link)
    assert "we send no more letters for it" in text_of(asked)
    assert "2 letters need you" in text_of(asked)
    assert button(asked) == "Yes, these are my words"
    confirmed = client.post(link, fields(asked).values)
    assert "2 letters need you" in text_of(confirmed)
    assert "on its way" not in text_of(confirmed)


def test_a_suppressed_mailbox_is_promised_no_copy(client, letter_ask):
    submission = take_action(letter_ask, build.filled_form(letter_ask))
    suppress(mailbox_of("nora@example.org"), "bounced")
    from supporters import links

    link = f"/confirm/{links.make('confirm', submission.public_id)}/"
    confirmed = client.post(link, fields(client.get(link)).values)

    assert "We mail you a copy" not in text_of(confirmed)
    assert "It counts. Thank you." in text_of(confirmed)


def test_somebody_under_18_is_told_that_congress_needs_them(db):
    ask = letter_to(go=1)
    young = take_action(ask, build.filled_form(ask, entry=build.entry(is_minor=True)))

    assert of_submission(Submission.objects.get(pk=young.pk)) == Fates(go=1)


def test_words_of_a_number_are_in_the_language_of_whoever_reads_them():
    fates = Fates(go=1)

    with translation.override("es"):
        assert fates.ahead == ["Sale una carta."]
    with translation.override("en"):
        assert fates.ahead == ["One letter goes out."]
