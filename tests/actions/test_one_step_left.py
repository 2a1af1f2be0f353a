"""The page after the form: headed by the step that is left, the same for every mailbox, and the
place to correct the address.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone

from actions import recount, retention
from actions.confirm import confirm
from actions.models import Action, Submission
from actions.take import take_action
from campaigns import counts
from supporters import mail_domains
from supporters.people import mailbox_of
from supporters.suppressions import said_not_me, suppress
from tests import build
from tests.actions.browsing import ACT, ME, fields, is_taken, mailed_link, press, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]

TYPED = {**ME, "own_words": "My son plays there."}


@pytest.fixture
def writing(client, letter_ask, whole_zip):
    """The letter's own page."""
    return send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")


def corrected(client, page, email):
    """By the form on the page after the form, which carries all the rest."""
    return send(client, page, step="write", email=email)


def read(response):
    """What stands on the page."""
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def state_of(email):
    return Submission.objects.get(entry__email=email).state


def mails_to(email):
    return Delivery.objects.filter(lane="mail", recipient=email)


def test_the_form_is_answered_at_once_with_the_step_left_and_no_address_line_tells_of_it(
    client, writing
):
    answer = send(client, writing, step="write", **TYPED)
    text = answer.content.decode()

    assert is_taken(answer)
    assert "One step left: press the button in our mail to nora@example.org" in read(answer)
    assert "If nora@example.org can get our mail" in text
    assert "no-store" in answer["Cache-Control"]
    assert answer.request["PATH_INFO"] == ACT
    assert not answer.request["QUERY_STRING"]
    assert "nora" not in "".join(part for part in text.split('"') if part.startswith(("/", "http")))


def answer_for(client, writing, email):
    """With the address that was typed taken out, and the form's own key."""
    text = send(client, writing, step="write", **{**TYPED, "email": email}).content.decode()
    return text.replace(email, "SOMEBODY")


def test_the_answer_is_alike_to_the_byte_for_every_mailbox(client, letter_ask, writing):
    confirm(Submission.objects.get(pk=take("known@example.org", letter_ask).pk))
    take("again@example.org", letter_ask)
    suppress(mailbox_of("off@example.org"), "complained")
    said_not_me(mailbox_of("notme@example.org"), letter_ask)
    for number in range(4):
        take("full@example.org", letter_ask, own_words=f"Number {number}.")
    kinds = ["new", "known", "again", "off", "notme", "full"]

    answers = {answer_for(client, writing, f"{kind}@example.org") for kind in kinds}

    assert len(answers) == 1
    assert mails_to("full@example.org").count() == 3
    assert not mails_to("off@example.org").exists()


def take(email, ask, **fields):
    return take_action(ask, build.filled_form(ask, entry=build.entry(email=email), **fields))


def test_whoever_was_set_aside_reads_the_same(client, writing, settings):
    fair = answer_for(client, writing, "fair@example.org")
    settings.FORM_LEAST_SECONDS = 3600

    assert answer_for(client, writing, "fast@example.org") == fair
    assert state_of("fast@example.org") == "quarantined"


def test_a_corrected_address_keeps_every_word_and_the_wrong_one_can_confirm_nothing(
    client, writing
):
    page = send(client, writing, step="write", **{**TYPED, "email": "nroa@example.org"})
    wrong = mailed_link("confirm")
    answer = corrected(client, page, "nora@example.org")

    assert "press the button in our mail to nora@example.org" in read(answer)
    right = Submission.objects.get(entry__email="nora@example.org")
    assert (right.own_words, right.name) == ("My son plays there.", "Nora Álvarez")
    assert state_of("nroa@example.org") == "superseded"
    stranger = client.get(wrong).content.decode()
    assert "This link does nothing any more" in stranger
    assert "My son" not in stranger
    assert "<form" not in stranger
    client.post(wrong)
    assert not Action.objects.exists()
    press(client, mailed_link("confirm"))
    assert Action.objects.get().supporter.email == "nora@example.org"


def test_a_mail_to_the_wrong_address_that_has_not_left_never_does(client, writing):
    page = send(client, writing, step="write", **{**TYPED, "email": "nroa@example.org"})
    corrected(client, page, "nora@example.org")

    assert mails_to("nroa@example.org").get().state == "cancelled"
    assert mails_to("nora@example.org").get().state == "queued"


def test_a_correction_in_a_burst_is_not_set_aside_once_the_first_was_not(
    client, writing, monkeypatch
):
    page = send(client, writing, step="write", **{**TYPED, "email": "nroa@example.org"})
    monkeypatch.setattr("actions.screening.bursts.overflow", lambda *_: "many from one network")
    corrected(client, page, "nora@example.org")

    assert state_of("nora@example.org") == "waiting"


def test_mending_the_address_in_the_form_itself_is_the_same(client, writing):
    send(client, writing, step="write", **{**TYPED, "email": "nroa@example.org"})
    send(client, writing, step="write", **TYPED)

    assert state_of("nroa@example.org") == "superseded"
    assert state_of("nora@example.org") == "waiting"


def test_an_old_page_loaded_once_more_changes_nothing_back(client, writing):
    wrong = {**fields(writing).values, **TYPED, "step": "write", "email": "nroa@example.org"}
    page = client.post(ACT, wrong)
    corrected(client, page, "nora@example.org")
    client.post(ACT, wrong)

    assert state_of("nroa@example.org") == "superseded"
    assert state_of("nora@example.org") == "waiting"
    assert mails_to("nora@example.org").count() == 1


def test_whoever_corrects_it_back_is_asked_at_the_first_address_again(client, writing):
    page = send(client, writing, step="write", **TYPED)
    page = corrected(client, page, "nroa@example.org")
    corrected(client, page, "nora@example.org")

    assert state_of("nroa@example.org") == "superseded"
    assert state_of("nora@example.org") == "waiting"


def test_another_person_on_the_same_form_takes_nothing_from_the_first(client, writing):
    send(client, writing, step="write", **TYPED)
    send(client, writing, step="write", **{**TYPED, "given_name": "Bo", "email": "bo@example.org"})

    assert state_of("nora@example.org") == state_of("bo@example.org") == "waiting"


def test_what_its_mailbox_has_confirmed_is_not_taken_back(client, writing):
    page = send(client, writing, step="write", **TYPED)
    press(client, mailed_link("confirm"))
    corrected(client, page, "other@example.org")

    assert Action.objects.counted().count() == 1


def test_an_address_that_is_none_brings_the_form_back_with_every_word(client, writing):
    page = send(client, writing, step="write", **TYPED)
    answer = corrected(client, page, "nora@")

    assert answer.status_code == 422
    assert fields(answer).values["own_words"].strip() == "My son plays there."


def test_pressing_twice_is_one_submission_one_mail_and_one_page(client, writing):
    answers = [send(client, writing, step="write", **TYPED) for _ in range(3)]

    assert len({answer.content for answer in answers}) == 1
    assert Submission.objects.count() == mails_to("nora@example.org").count() == 1


def test_a_slip_beside_a_common_domain_is_asked_about_and_one_press_corrects_it(client, writing):
    page = send(client, writing, step="write", **{**TYPED, "email": "nora@gmial.com"})

    assert "Did you mean nora@gmail.com?" in read(page)
    assert state_of("nora@gmial.com") == "waiting"
    corrected(client, page, "nora@gmail.com")
    assert state_of("nora@gmail.com") == "waiting"
    assert state_of("nora@gmial.com") == "superseded"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.comm", "gmail.com"),
        ("GMIAL.COM", "gmail.com"),
        ("yaho.com", "yahoo.com"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("iclould.com", "icloud.com"),
        ("aol.con", "aol.com"),
    ],
)
def test_slips_of_the_keyboard_are_seen(typed, meant):
    assert mail_domains.meant(f"nora@{typed}") == f"nora@{meant}"


@pytest.mark.parametrize(
    "real",
    [
        *(
            "gmail.com",
            "mail.com",
            "ymail.com",
            "email.com",
            "yahoo.es",
            "hotmail.co.uk",
            "gmx.net",
        ),
        *("mac.com", "example.org", "aob.com", "cog.net", "live.org", "comcast.com.mx", "g.com"),
    ],
)
def test_domains_that_are_somebodys_are_left_alone(real):
    assert mail_domains.meant(f"nora@{real}") == ""


def test_what_was_superseded_is_forgotten_in_its_term_and_counts_nowhere(client, petition):
    petition.campaign.confirms = False
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    page = send(client, page, step="write", **{**ME, "email": "nroa@example.org"})
    corrected(client, page, "nora@example.org")
    recount.recount()
    assert counts.of_ask(petition).pending == 1

    long_ago = timezone.now() - dt.timedelta(days=60)
    Submission.objects.filter(state="superseded").update(changed_at=long_ago)
    retention.forget_unconfirmed()
    assert Submission.objects.count() == 1
