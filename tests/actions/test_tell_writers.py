"""A writer whose letter an office did not take hears of it once, with their text and another
way.
"""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings as settings_module
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from actions import recount, take
from actions.followup import corrected_address, fallback, tell_writers
from actions.models import Action, Letter
from actions.status import items
from actions.status.self_reports import note_self_report
from campaigns import counts
from desk.mail import delivery as desk_delivery
from desk.mail import resend_job
from supporters import consent, links, mail
from supporters.models import Suppression
from tests import build
from tests.together import together
from worker import outbox
from worker.engine import settle
from worker.engine.deliver import deliver
from worker.models import Attempt, Delivery

LANE = "letters:house.franklin.example"
pytestmark = pytest.mark.django_db


def written(ask, **typed):
    action = take.take_action(ask, build.submission(ask, entry=build.entry(**typed)))
    return take.confirm(action)


def refused(action):
    """Its letter by mail, which the office's mail server did not take."""
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="failed", settled_at=timezone.now())
    Attempt.objects.create(
        delivery=letter.delivery,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 gone",
        author="worker",
    )
    return letter


def notices():
    return [
        message_from_bytes(bytes(row.message), policy=policy.default)
        for row in Delivery.objects.filter(key__startswith="failed:")
    ]


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def page_of(action):
    return reverse("actions:status", args=[links.make("status", action.public_id)])


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
    letter_ask.campaign.confirms_by_mail = False
    letter_ask.campaign.save()
    action = take.take_action(letter_ask, build.submission(letter_ask, own_words="CHEAP WATCHES"))
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
    take.withdraw(action)

    assert tell_writers.tell() == 0


def test_a_mailbox_that_takes_no_mail_is_left_alone_for_good(letter_ask):
    action = written(letter_ask)
    refused(action)
    consent.suppress(action.supporter.email, Suppression.Reason.NOT_ME)

    tell_writers.tell()

    assert notices() == []
    assert tell_writers.tell() == 0


def test_telling_that_breaks_halfway_tells_once_in_the_end_and_keeps_nobody_waiting(
    letter_ask, monkeypatch
):
    refused(written(letter_ask))
    refused(written(letter_ask, email="ben@example.org", given_name="Ben"))
    send = mail.send

    def send_and_die(supporter, note):
        send(supporter, note)
        if supporter.email == "nora@example.org":
            raise OSError("the machine went away")

    monkeypatch.setattr(mail, "send", send_and_die)
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


def test_the_status_page_of_a_refused_letter_offers_what_an_assisted_one_does(client, letter_ask):
    action = written(letter_ask)
    letter = refused(action)
    page = client.get(page_of(action)).content.decode()

    assert "Not accepted" in page
    assert "Please open the playgrounds, Delegate Ada Smith." in page
    assert f'name="seat" value="{letter.seat_id}"' in page
    assert letter.route == "email"


def test_a_refused_letter_that_its_writer_sent_themselves_counts_as_their_word(client, letter_ask):
    action = written(letter_ask)
    letter = refused(action)

    for _twice in range(2):
        assert (
            client.post(page_of(action), {"seat": letter.seat_id, "what": "form"}).status_code
            == 303
        )
    recount.recount()

    assert counts.of_ask(letter_ask).self_reported == 1
    assert "Sent by you" in client.get(page_of(action)).content.decode()
    assert tell_writers.tell() == 0


@pytest.mark.parametrize("state", ["held", "queued", "claimed", "data", "sent", "uncertain"])
def test_a_letter_that_is_still_ours_cannot_be_claimed_by_its_writer(letter_ask, state):
    action = written(letter_ask)
    Delivery.objects.exclude(lane="mail").update(state=state)

    assert not note_self_report(
        action, seat_id=action.letters.get(route="email").seat_id, what="form", at=timezone.now()
    )
    assert not Letter.objects.exclude(reported_at=None).exists()


def test_a_person_who_found_the_letter_is_not_passed_off_as_a_mail_server(letter_ask):
    action = written(letter_ask)
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="uncertain", rehearsal=False)
    settle.settle_as_sent(letter.delivery, author="ana@example.org", reason="In our relay's log")

    explanations = {
        item["name"]: item["explanation"]
        for item in items.letters_of(Action.objects.get(pk=action.pk))
    }
    assert (
        explanations["Ada Smith"]
        == "It was in doubt. A person here looked into it and found that it arrived."
    )


class TestTheClock:
    """Told within the hour: what beat rings for, by the names it rings with, at the times of its
    own table.
    """

    @pytest.fixture(autouse=True)
    def _real(self, settings, smtp_sink):
        settings.DELIVERY_ENABLED, settings.SMTP_URL = True, smtp_sink.url
        settings.OFFICE_PER_HOUR = 0

    def ring(self, *names):
        """As Celery's worker does with beat's messages; each task runs as often in an hour as the
        table says.
        """
        table = {
            job["task"]: job["schedule"] for job in settings_module.CELERY_BEAT_SCHEDULE.values()
        }
        for name in names:
            assert table[name] <= 300, f"{name} rings too seldom"
            import_string(name).run()

    def arrived(self, smtp_sink):
        return [
            message
            for message in smtp_sink.caught
            if message.recipient == "nora@example.org" and b"did not get through" in message.content
        ]

    def test_a_refused_letter_is_told_in_the_next_round(self, letter_ask, smtp_sink):
        smtp_sink.answer(
            "RCPT", "550 5.1.1 nobody of that name", recipient="ada.smith@house.franklin.example"
        )
        written(letter_ask)
        self.ring("worker.tasks.sweep")
        deliver(LANE)
        self.ring("actions.tasks.tell_of_failures", "actions.tasks.tell_of_failures")
        deliver("mail")

        assert len(self.arrived(smtp_sink)) == 1

    def test_a_letter_that_nobody_took_for_three_days_is_told_when_they_are_over(
        self, letter_ask, smtp_sink
    ):
        smtp_sink.answer("RCPT", "451 4.3.2 later", recipient="ada.smith@house.franklin.example")
        action = written(letter_ask)
        deliver(LANE)
        self.ring("worker.tasks.sweep", "actions.tasks.tell_of_failures")
        deliver("mail")
        assert self.arrived(smtp_sink) == []

        past = timezone.now() - dt.timedelta(minutes=1)
        Delivery.objects.filter(pk=action.letters.get(route="email").delivery_id).update(
            expires_at=past
        )
        self.ring("worker.tasks.sweep", "actions.tasks.tell_of_failures")
        deliver("mail")

        [told] = self.arrived(smtp_sink)
        assert b"tried for three days" in told.content

    def test_a_letter_that_staff_stopped_is_told(self, letter_ask, smtp_sink):
        action = written(letter_ask)
        outbox.cancel(
            [action.letters.get(route="email").delivery_id],
            reason="An internal reason",
            author="ana@example.org",
        )
        self.ring("actions.tasks.tell_of_failures")
        deliver("mail")

        [told] = self.arrived(smtp_sink)
        assert b"A person here stopped it before it left" in told.content
        assert b"internal reason" not in told.content

    def test_a_letter_that_waits_for_a_person_is_told_after_a_day_and_its_failure_after_that(
        self, letter_ask
    ):
        action = written(letter_ask)
        letter = action.letters.get(route="email")
        outbox.keep_waiting(
            [letter.delivery_id], waits_for="review", reason="The seat changed", author="ladder"
        )
        self.ring("actions.tasks.tell_of_failures")
        assert not Delivery.objects.filter(key__startswith="late:").exists()

        letter.delivery.attempts.filter(state="held").update(
            at=timezone.now() - dt.timedelta(hours=25)
        )
        self.ring("actions.tasks.tell_of_failures", "actions.tasks.tell_of_failures")
        [late] = [
            message_from_bytes(bytes(row.message), policy=policy.default)
            for row in Delivery.objects.filter(key__startswith="late:")
        ]
        assert late["Subject"] == "Your letter is late: Open the playgrounds"
        for body in (text_of(late), late.get_body(("html",)).get_content()):
            assert "Please open the playgrounds, Delegate Ada Smith." in body
            assert "+15550100100" in body
            assert "/letters/" in body

        outbox.cancel([letter.delivery_id], reason="The seat is gone", author="ana@example.org")
        self.ring("actions.tasks.tell_of_failures")
        assert len(notices()) == 1

    def test_a_doubt_that_nobody_could_settle_is_told_with_a_call_and_not_with_the_text_again(
        self, letter_ask
    ):
        action = written(letter_ask)
        letter = action.letters.get(route="email")
        Delivery.objects.filter(pk=letter.delivery_id).update(
            state="uncertain", settled_at=timezone.now() - dt.timedelta(hours=71)
        )
        self.ring("actions.tasks.tell_of_failures")
        assert not Delivery.objects.filter(key__startswith="late:").exists()

        Delivery.objects.filter(pk=letter.delivery_id).update(
            settled_at=timezone.now() - dt.timedelta(hours=73)
        )
        self.ring("actions.tasks.tell_of_failures")
        [row] = Delivery.objects.filter(key__startswith="late:")
        said = text_of(message_from_bytes(bytes(row.message), policy=policy.default))
        assert "To be sure, call the office." in said
        assert "Hello, my name is Nora Álvarez." in said
        assert "Sincerely" not in said

    def test_every_link_in_the_mail_leads_somewhere(self, client, letter_ask):
        refused(written(letter_ask))
        tell_writers.tell()
        [message] = notices()
        links_in_it = re.findall(
            r"https?://[^\s\"<>]+", text_of(message) + message.get_body(("html",)).get_content()
        )
        ours = {
            link.split("/", 3)[3]
            for link in links_in_it
            if link.startswith(settings_module.SITE_URL)
        }

        assert any(link.startswith("letters/") for link in ours)
        for link in ours:
            assert client.get(f"/{link}").status_code == 200
