"""Who types a ZIP code and nothing else reads whole sentences, and so does the office."""

from email import message_from_bytes, policy

import pytest

from actions import take
from actions.confirm import confirm
from actions.models import Submission
from actions.retry_lookup import finish_all
from campaigns.models import AskWords
from legislators.models import ZipCode
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ACT, ME, fields, mailed_link, press, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
BODY = "I live in {city}, in your district {district}. Please open them, {title} {legislator}."


@pytest.fixture
def zip_asked(letter_ask, whole_zip):
    letter_ask.letter_body = BODY
    letter_ask.save()
    return letter_ask


@pytest.fixture
def published(db):
    ZipCode.objects.create(zip="00001", state="FK", city="POLK", town="Polk", lat=1, lon=1)


def letter_page(client, **home):
    return send(client, client.get(ACT), step="address", **{"zip": "00001", "age": "34", **home})


def sent_text():
    letter = Delivery.objects.exclude(lane="mail").get()
    return bytes(letter.message).decode()


def test_the_town_is_the_one_that_the_zip_code_is_published_under(client, zip_asked, published):
    page = letter_page(client)

    assert fields(page).values["statement"].strip() == (
        "I live in Polk, in your district 7. Please open them."
    )
    assert "Polk, FK 00001" in page.content.decode()
    send(client, page, step="write", **ME)
    press(client, mailed_link("confirm"))
    assert "Polk, FK 00001" in sent_text()
    assert Supporter.objects.get().city == "Polk"


def test_a_town_that_was_typed_stands(client, zip_asked, published):
    typed = fields(letter_page(client, city="Harbor")).values

    assert typed["statement"].strip().startswith("I live in Harbor,")


def test_without_a_town_the_clause_goes_and_nobody_reads_a_brace(client, zip_asked):
    page = letter_page(client)
    assert fields(page).values["statement"].strip() == (
        "I live in your district 7. Please open them."
    )
    send(client, page, step="write", **ME)
    link = mailed_link("confirm")
    asked = client.get(link)
    done = press(client, link)
    pages = [page, asked, done, client.get(mailed_link("letters"))]

    for each in pages:
        assert "{" not in each.content.decode().partition("<main")[2]
    assert "I live in your district 7." in sent_text()
    for mail in Delivery.objects.filter(lane="mail"):
        plain = message_from_bytes(bytes(mail.message), policy=policy.default)
        assert "{" not in plain.get_body(("plain",)).get_content()


def test_braces_that_somebody_typed_stay_theirs(client, zip_asked):
    page = letter_page(client)
    typed = "I wrote {bill} and {x}."
    send(client, page, step="write", statement=typed, own_words="And {city}.", **ME)
    press(client, mailed_link("confirm"))

    assert typed in sent_text()
    assert "And {city}." in sent_text()


def test_a_script_says_nothing_of_a_caller_whom_it_does_not_know(client, db):
    ask = build.ask("call")
    build.term(build.seat(district="7"), build.legislator("Ada Smith", phone="+15550100100"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    build.zip_district("00001", ask)
    text = "I am {first_name} from {city}, and I ask {title} {legislator} to act. Thank you."
    AskWords.objects.filter(ask=ask).update(text=text)
    page = letter_page(client)

    assert "I ask Delegate Ada Smith to act. Thank you." in page.content.decode()
    assert "{" not in page.content.decode().partition("<main")[2]


def test_a_lookup_that_failed_and_is_made_up_for_finds_the_town_too(zip_asked, published):
    entry = build.entry(street="", city="")
    form = build.filled_form(zip_asked, entry=entry, places=(), needs_lookup=True)
    confirm(take.take_action(zip_asked, form))

    assert finish_all() == 1
    assert "I live in Polk, in your district 7." in sent_text()


def test_before_any_office_is_known_the_words_are_whole_sentences(client, zip_asked):
    entry = build.entry(street="", city="")
    form = build.filled_form(zip_asked, entry=entry, places=(), needs_lookup=True)
    take.take_action(zip_asked, form)
    page = client.get(mailed_link("confirm")).content.decode().partition("<main")[2]

    assert Submission.objects.get().needs_lookup
    assert "Please open them." in page
    assert "{" not in page
