"""What each answer of a chamber of Congress means for the letter."""

import datetime as dt

import pytest

from tests.congress import DROP, field
from tests.worker.cwc import HMD05, SMD01, refused, sealed
from worker.channels import Interrupted
from worker.channels.cwc import channel, offices

pytestmark = pytest.mark.usefixtures("own_pace")


@pytest.mark.parametrize(
    ("office", "code", "words"), [(HMD05, 200, "Message Accepted"), (SMD01, 201, "Created")]
)
def test_each_chamber_takes_a_letter_in_its_own_way(congress, office, code, words):
    receipt = channel.send(sealed(office))

    chamber = congress.house if office == HMD05 else congress.senate
    assert (receipt.code, receipt.answer) == (code, words)
    assert field(chamber.landed["a" * 32], "MemberOffice") == office


@pytest.mark.parametrize("office", [HMD05, SMD01])
def test_a_letter_that_is_already_there_counts_as_sent(congress, office):
    channel.send(sealed(office))

    assert channel.send(sealed(office)).code == 409


def test_a_refused_document_is_refused_for_good_in_the_chamber_s_words(congress):
    congress.house.answer(
        400,
        "<Errors><Error>The 'Email' element is invalid &amp; so"
        " on.</Error><Error>Two.</Error></Errors>",
    )

    error = refused(sealed())

    assert (error.permanent, error.endpoint, error.answer) == (
        True,
        False,
        "The 'Email' element is invalid & so on. Two.",
    )


def test_an_office_that_takes_nothing_is_struck_off(congress, db):
    offices.refresh()
    congress.house.disabled.add(HMD05)
    assert offices.takes_messages(HMD05)

    error = refused(sealed())

    assert error.permanent
    assert "not enabled for HMD05" in error.answer
    assert not offices.takes_messages(HMD05)


def test_an_agent_they_do_not_know_fails_no_letter(congress):
    congress.house.agent = "Somebody else"

    error = refused(sealed())

    assert (error.permanent, error.endpoint) == (False, True)


@pytest.mark.parametrize("code", [401, 403, 404, 415, 429, 503, 302])
@pytest.mark.parametrize("office", [HMD05, SMD01])
def test_trouble_with_the_way_out_keeps_the_letter_waiting(congress, office, code):
    (congress.house if office == HMD05 else congress.senate).answer(code, "not now")

    error = refused(sealed(office))

    assert (error.code, error.permanent, error.endpoint) == (code, False, True)


def test_a_peer_that_says_when_is_asked_again_then(congress):
    congress.senate.answer(429, "slower", Retry_After=90)

    assert refused(sealed(SMD01)).pause == dt.timedelta(seconds=90)


@pytest.mark.parametrize("code", [500, 502, 504, 204])
def test_an_answer_that_tells_nothing_is_doubt(congress, code):
    congress.house.answer(code, "")

    with pytest.raises(Interrupted):
        channel.send(sealed())


def test_the_senate_s_200_is_no_proof(congress):
    congress.senate.answer(200, "hello")

    with pytest.raises(Interrupted):
        channel.send(sealed(SMD01))


def test_a_web_page_is_no_proof(congress):
    congress.house.answer(
        200, "<html>Sign in to the hotel's network</html>", Content_Type="text/html; charset=utf-8"
    )

    with pytest.raises(Interrupted):
        channel.send(sealed())


def test_an_address_that_only_validates_sends_nothing(congress):
    congress.house.answer(200, "<Message>Validation Passed</Message>")

    assert refused(sealed()).endpoint


def test_a_line_that_breaks_after_the_message_left_is_doubt(congress):
    congress.house.answer(DROP, times=1)

    with pytest.raises(Interrupted):
        channel.send(sealed())
    assert list(congress.house.landed) == ["a" * 32]


def test_a_chamber_that_does_not_listen_has_certainly_taken_nothing(congress, settings):
    settings.CWC_HOUSE_URL = "http://127.0.0.1:9"

    assert refused(sealed()).endpoint
