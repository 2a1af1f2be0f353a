"""Told within the hour: what beat calls, by the names it calls, at the times of its own table."""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings as settings_module
from django.utils import timezone
from django.utils.module_loading import import_string

from actions.followup import tell_writers
from tests.actions.refused import notices, refused, text_of, written
from worker import outbox
from worker.engine.deliver import deliver
from worker.models import Delivery

LANE = "letters:house.franklin.example"
pytestmark = pytest.mark.django_db


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
