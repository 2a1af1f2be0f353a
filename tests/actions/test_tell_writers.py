"""A writer whose letter an office did not take hears of it once, with their text and another
way.
"""

import pytest
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import corrected_address, fallback, tell_writers
from actions.models import Letter
from actions.withdraw import withdraw
from desk.mail import delivery as desk_delivery
from desk.mail import resend_job
from supporters import mail
from supporters.models import Supporter, Suppression
from supporters.suppressions import suppress
from tests import build
from tests.actions.refused import notices, refused, text_of, written
from tests.together import together
from worker.engine import settle
from worker.engine.deliver import deliver
from worker.models import Delivery

LANE = "letters:house.franklin.example"
pytestmark = pytest.mark.django_db


def test_a_refused_letter_is_told_in_the_next_run_and_the_mail_arrives_once(letter_ask, smtp_sink):
    action = written(letter_ask)
    smtp_sink.answer(
        "RCPT", "550 5.1.1 no such mailbox", recipient="ada.smith@house.franklin.example"
    )
    deliver(LANE)
    deliver("mail")
    before = len(smtp_sink.caught)

    assert tell_writers.tell() == 1
    assert tell_writers.tell() == 0
    deliver("mail")

    [told] = smtp_sink.caught[before:]
    assert told.recipient == "nora@example.org"
    assert action.letters.get(route="email").told_at


def test_the_mail_holds_the_text_for_that_office_and_every_other_way_there(letter_ask):
    refused(written(letter_ask))
    tell_writers.tell()
    [message] = notices()

    assert message["Subject"] == "Your letter did not get through: Open the playgrounds"
    for body in (text_of(message), message.get_body(("html",)).get_content()):
        assert "Your letter did not get through to this office" in body
        assert "Ada Smith" in body
        assert "Bo Diaz" not in body
        assert "+15550100100" in body
        assert "https://franklin.example/bo" in body
        assert "Please open the playgrounds, Delegate Ada Smith." in body
        assert "My son plays there." in body
        assert "/letters/" in body


def test_a_spanish_writer_is_told_in_spanish(letter_ask):
    refused(written(letter_ask, language="es"))
    tell_writers.tell()
    [message] = notices()

    assert "Tu carta no llegó a esta oficina" in text_of(message)
    assert "/es/letters/" in text_of(message)


def test_a_mailbox_that_never_answered_is_told_without_a_word_that_was_typed(letter_ask):
    action = confirm(
        take.take_action(letter_ask, build.filled_form(letter_ask, own_words="CHEAP WATCHES"))
    )
    Supporter.objects.update(proven_at=None)  # the release before let such letters go
    refused(action)
    tell_writers.tell()
    [message] = notices()

    assert "Ada Smith" in text_of(message)
    assert b"WATCHES" not in bytes(message)
    assert "Elm St" not in text_of(message)


def test_several_refusals_of_one_action_are_one_mail(letter_ask):
    build.term(
        third := build.seat(district="7", position=3),
        build.legislator("Cy Young", email="cy@house.franklin.example"),
    )
    action = written(letter_ask)
    assert action.letters.filter(seat=third).exists()
    Delivery.objects.exclude(lane="mail").update(state="failed", settled_at=timezone.now())

    assert tell_writers.tell() == 1
    [message] = notices()
    assert "Your letter did not get through to these offices" in text_of(message)
    assert "Cy Young" in text_of(message)
    assert "Ada Smith" in text_of(message)


def test_a_later_refusal_of_another_letter_is_news_again(letter_ask):
    build.term(
        build.seat(district="7", position=3),
        build.legislator("Cy Young", email="cy@house.franklin.example"),
    )
    action = written(letter_ask)
    first, second = action.letters.filter(route="email")
    Delivery.objects.filter(pk=first.delivery_id).update(state="failed")
    tell_writers.tell()
    Delivery.objects.filter(pk=second.delivery_id).update(state="failed")
    tell_writers.tell()

    assert sorted(
        name
        for message in notices()
        for name in ("Ada Smith", "Cy Young")
        if name in text_of(message)
    ) == ["Ada Smith", "Cy Young"]


def by_a_person(letter):
    assert desk_delivery.done(
        letter.delivery, desk_delivery.DEEDS["resend"], author="ana", reason="Their server is back"
    )


def by_a_selection(letter):
    assert (
        resend_job.resend_failed([letter.delivery_id], author="ana", reason="Their server is back")
        == 1
    )


def to_a_corrected_address(letter):
    fallback.fall_back()
    build.approved_contact(letter.legislator, "email", "ada@new.house.franklin.example")
    assert corrected_address.send_on(letter.seat, author="ana", reason="They told us") == 1


@pytest.mark.parametrize("sent_again", [by_a_person, by_a_selection, to_a_corrected_address])
def test_a_letter_that_goes_again_and_fails_again_is_news_again(letter_ask, sent_again):
    letter = refused(written(letter_ask))
    assert tell_writers.tell() == 1
    sent_again(letter)
    assert tell_writers.tell() == 0
    refused(letter.action)

    assert (tell_writers.tell(), tell_writers.tell()) == (1, 0)
    assert ["Ada Smith" in text_of(message) for message in notices()] == [True, True]


def test_a_letter_that_nobody_could_send_again_is_no_news(letter_ask):
    letter = refused(written(letter_ask))
    tell_writers.tell()
    Delivery.objects.filter(pk=letter.delivery_id).update(message=b"")
    assert not desk_delivery.done(
        letter.delivery, desk_delivery.DEEDS["resend"], author="ana", reason="Their server is back"
    )
    assert (
        resend_job.resend_failed([letter.delivery_id], author="ana", reason="Their server is back")
        == 0
    )

    assert tell_writers.tell() == 0


def test_a_letter_that_a_person_settled_as_failed_is_told_too_without_blaming_the_office(
    letter_ask,
):
    action = written(letter_ask)
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="uncertain")
    assert tell_writers.tell() == 0
    settle.settle_as_failed(
        letter.delivery, author="ana@example.org", reason="Not in our relay's log"
    )

    assert tell_writers.tell() == 1
    assert "We could not hand it over." in text_of(notices()[0])
    assert "relay" not in text_of(notices()[0])


@pytest.mark.parametrize("state", ["held", "queued", "claimed", "data", "sent", "uncertain"])
def test_nobody_is_told_of_a_letter_that_did_not_fail(letter_ask, state):
    written(letter_ask)
    Delivery.objects.exclude(lane="mail").update(state=state)

    assert tell_writers.tell() == 0


def test_a_letter_taken_back_is_nobodys_news(letter_ask):
    action = written(letter_ask)
    refused(action)
    withdraw(action)

    assert tell_writers.tell() == 0


def test_a_mailbox_that_takes_no_mail_is_left_alone_for_good(letter_ask):
    action = written(letter_ask)
    refused(action)
    suppress(action.supporter.mailbox, Suppression.Reason.NOT_ME)

    tell_writers.tell()

    assert notices() == []
    assert tell_writers.tell() == 0


def test_telling_that_breaks_halfway_tells_once_in_the_end_and_keeps_nobody_waiting(
    letter_ask, monkeypatch
):
    refused(written(letter_ask))
    refused(written(letter_ask, email="ben@example.org", given_name="Ben"))
    send = mail.send_each

    def send_and_die(mails):
        send(mails)
        if any(supporter.email == "nora@example.org" for supporter, _note in mails):
            raise OSError("the machine went away")

    monkeypatch.setattr(mail, "send_each", send_and_die)
    assert tell_writers.tell() == 1
    assert [message["To"] for message in notices()] == ["ben@example.org"]
    monkeypatch.undo()

    assert tell_writers.tell() == 1
    assert tell_writers.tell() == 0
    assert sorted(message["To"] for message in notices()) == ["ben@example.org", "nora@example.org"]


@pytest.mark.django_db(transaction=True)
def test_four_runs_at_once_tell_each_writer_once(letter_ask, several_writers):
    for name in "abcdef":
        refused(written(letter_ask, email=f"{name}@example.org", given_name=name.upper()))

    together(*[tell_writers.tell] * 4)
    tell_writers.tell()

    assert sorted(message["To"] for message in notices()) == [
        f"{name}@example.org" for name in "abcdef"
    ]
    assert not Letter.objects.filter(route="email", told_at=None).exists()
