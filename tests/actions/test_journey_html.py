"""The whole way by plain HTML requests, without JavaScript: every form is the one that the page
before it printed.
"""

import re
from html import unescape

import pytest

from actions.models import Action, Submission
from legislators.models import ZipDistrict
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ACT, ME, fields, is_taken, mailed_link, press, send
from worker.models import Delivery, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
AT_HOME = {"street": "1 Elm St", "city": "Polk", "zip": "00001", "age": "34"}


def test_from_address_to_a_letter_that_leaves(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", **AT_HOME)
    assert "Ada Smith" in page.content.decode()
    assert "Bo Diaz" in page.content.decode()

    answer = send(client, page, step="write", own_words="My son plays there.", **ME)
    assert is_taken(answer)
    assert not Delivery.objects.exclude(lane="mail").exists()

    link = mailed_link("confirm")
    assert client.get(link).status_code == 200
    assert not Action.objects.exists()
    confirmed = press(client, link)
    assert Action.objects.get().state == Action.State.CONFIRMED
    assert Delivery.objects.exclude(lane="mail").get().state == State.QUEUED

    status = re.search(r'href="(/letters/[^"]+)"', confirmed.content.decode())[1]
    page = client.get(status)
    assert page["Cache-Control"] == "no-store, private"
    text = unescape(page.content.decode())
    assert "On its way" in text
    assert "Dear Delegate Diaz," in text
    client.post(status, {"seat": fields(page).values["seat"], "what": "form"})
    assert Action.objects.get().letters.get(route="assisted").reported_at
    assert "Sent by you" in client.get(status).content.decode()


def test_no_box_is_ever_ticked_beforehand(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")

    assert fields(page).boxes >= {"newsletter", "public_name"}
    assert not fields(page).boxes & set(fields(page).values)


def test_an_error_loses_nothing_that_was_typed(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")
    answer = send(
        client, page, step="write", own_words="<b>My son</b> & I", **{**ME, "email": "nora@"}
    )

    assert answer.status_code == 422
    kept = fields(answer).values
    assert (kept["own_words"].strip(), kept["given_name"], kept["email"], kept["zip"]) == (
        "<b>My son</b> & I",
        "Nora",
        "nora@",
        "00001",
    )
    assert 'role="alert"' in answer.content.decode()
    assert not Supporter.objects.exists()


def test_sending_the_same_form_twice_counts_once_and_sends_once(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")
    answers = [send(client, page, step="write", **ME) for _ in range(2)]

    assert answers[0].content == answers[1].content
    press(client, mailed_link("confirm"))
    assert Submission.objects.count() == Action.objects.count() == 1
    assert Delivery.objects.exclude(lane="mail").count() == 1


def test_a_split_zip_offers_the_named_legislators_and_keeps_that_the_person_chose(
    client, letter_ask
):
    other = build.seat(district="8")
    build.term(other, build.legislator("Cy Young", email="cy@house.franklin.example"))
    build.zip_district("00001", letter_ask)
    ZipDistrict.objects.create(
        zip="00001", edition=ZipDistrict.objects.get().edition, state="FK", division=other.division
    )
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    for name in ("Ada Smith", "Bo Diaz", "Cy Young"):
        assert name in page.content.decode()

    page = send(client, page, step="choose", choice_state_lower=other.division)
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert [letter.holder_name for letter in action.letters.all()] == ["Cy Young"]
    assert (action.chosen_by_person, action.match_certain) == (True, False)


def test_somebody_elsewhere_is_shown_what_else_they_can_do(client, letter_ask):
    build.zip_district("00001", letter_ask)
    far = build.seat(state="MD", district="3")
    build.zip_district("20751", seat=far)
    open_to_all = build.ask("petition", campaign=build.campaign("everybody"))
    build.petition_text(open_to_all)
    page = send(client, client.get(ACT), step="address", zip="20751", age="34")

    assert page.status_code == 200
    assert "Franklin" in page.content.decode()
    assert "/act/everybody/" in page.content.decode()


def test_a_failed_lookup_keeps_the_supporter_and_says_that_we_finish_later(
    client, letter_ask, monkeypatch
):
    def down(address, **_):
        raise lookup.LookupUnavailable

    from legislators import lookup

    monkeypatch.setattr(lookup, "find", down)
    page = send(client, client.get(ACT), step="address", street="1 Elm St", zip="00001", age="34")
    answer = send(client, page, step="write", **ME)

    assert is_taken(answer)
    press(client, mailed_link("confirm"))
    assert Action.objects.get().needs_lookup


def test_a_letter_that_comes_too_late_is_given_back(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    letter_ask.campaign.state = "closed"
    letter_ask.campaign.save()
    answer = send(client, page, step="write", own_words="My son plays there.", **ME)

    assert answer.status_code == 200
    assert "My son plays there." in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_petition_is_open_to_every_country(client, petition):
    page = send(client, client.get(ACT), step="address", country="MX", zip="", age="34")
    send(client, page, step="write", **ME)

    submission = Submission.objects.get()
    assert (submission.us_state, submission.entry["country"]) == ("", "MX")


def test_only_the_step_is_answered_when_a_script_asks_for_it(client, petition):
    page = client.post(
        ACT,
        {"step": "address", "zip": "00001", "age": "34", "country": "US"},
        headers={"X-Part": "step"},
    )

    assert b"<html" not in page.content
    assert b'name="given_name"' in page.content


def test_the_spanish_page_asks_in_spanish_and_writes_to_the_office_in_english(
    client, letter_ask, whole_zip
):
    url = "/es/act/playgrounds/"
    page = send(client, client.get(url), url, step="address", zip="00001", age="34")
    answer = send(client, page, url, step="write", **ME)

    assert 'lang="es"' in page.content.decode()
    assert 'action="/es/act/playgrounds/"' in answer.content.decode()
    press(client, mailed_link("es/confirm"))
    assert Action.objects.get().language == "es"
    assert b"Dear Delegate Smith" in bytes(Delivery.objects.exclude(lane="mail").get().message)


def test_the_page_says_what_is_true_of_every_office_and_explains_that_each_letter_says_more(
    client, letter_ask, whole_zip
):
    page = send(client, client.get(ACT), step="address", **AT_HOME)
    opening = fields(page).values

    assert opening["subject"] == "Playgrounds in 7"
    assert opening["statement"].strip() == "Please open the playgrounds."
    assert "each office’s letter says a little more" in page.content.decode()


def test_a_step_back_to_the_address_keeps_the_letter_and_fills_our_words_anew(
    client, letter_ask, whole_zip
):
    page = send(client, client.get(ACT), step="address", **AT_HOME)
    back = send(
        client,
        page,
        step="change",
        own_words="My son plays there.",
        given_name="Nora",
        subject="Our own playground",
    )
    assert fields(back).values["street"] == "1 Elm St"
    again = send(client, back, step="address", street="2 Oak Ave")
    kept = fields(again).values

    assert (kept["own_words"].strip(), kept["given_name"], kept["subject"]) == (
        "My son plays there.",
        "Nora",
        "Our own playground",
    )
    assert kept["statement"].strip() == "Please open the playgrounds."
    assert kept["street"] == "2 Oak Ave"


def test_a_page_that_caches_keep_for_everybody_is_whole_whoever_asks(client, petition):
    assert "</html>" in client.get(ACT, headers={"X-Part": "step"}).content.decode()


def test_an_address_that_the_ask_does_not_reach_keeps_every_word(client, letter_ask, whole_zip):
    build.zip_district("20751", seat=build.seat(state="MD", district="3"))
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    page = send(client, page, step="change", own_words="My son plays there.")
    page = send(client, page, step="address", zip="20751")
    assert "This one is for Franklin residents" in page.content.decode()
    page = send(client, page, step="change")
    assert fields(page).values["zip"] == "20751"
    page = send(client, page, step="address", zip="00001")

    assert fields(page).values["own_words"].strip() == "My son plays there."
