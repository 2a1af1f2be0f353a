"""Many failed letters sent again at once: with a reason and a name, and without those that must not
go.
"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.models import Letter
from actions.withdraw import withdraw
from desk.mail import resend_job
from desk.mail.resend_job import Selection
from desk.models import Resend
from tests import build
from worker.background_job import Overtaken
from worker.models import Attempt, Delivery

pytestmark = pytest.mark.django_db
WHY = "Their firewall lets us through again"


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def failed(count=1, answer="5.7.1 blocked", **fields):
    rows = build.posted(count, **fields)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="failed", settled_at=timezone.now()
    )
    lines = [
        Attempt(
            delivery=row,
            at=timezone.now(),
            state="failed",
            code=550,
            answer=answer,
            author="worker",
        )
        for row in rows
    ]
    Attempt.objects.bulk_create(lines)
    return rows


def send(browser, **chosen):
    return browser.post("/outbox/again/send/", {"reason": WHY} | chosen)


def run():
    for resend in Resend.objects.filter(finished_at=None):
        resend_job.run(resend.pk)


def queued():
    return set(Delivery.objects.filter(state="queued").values_list("pk", flat=True))


def ids(rows):
    return {row.pk for row in rows}


def test_all_of_a_lane_go_again_and_every_letter_says_by_whom_and_why(staff):
    wanted = failed(3)
    failed(2, lane="letters:senate.example")

    send(staff, lane="letters:house.example")
    run()

    assert queued() == ids(wanted)
    for row in wanted:
        assert list(row.attempts.values_list("state", "answer", "author"))[-1] == (
            "queued",
            WHY,
            "sam@example.org",
        )
    resend = Resend.objects.get()
    assert (resend.found, resend.sent, resend.skipped, resend.finished_at is None) == (
        3,
        3,
        0,
        False,
    )
    entry = AuditEntry.objects.get(deed="failed letters sent again")
    assert (entry.actor, entry.detail["reason"], entry.detail["found"], entry.detail["lane"]) == (
        "sam@example.org",
        WHY,
        3,
        "letters:house.example",
    )


@pytest.mark.parametrize(
    ("fields", "chosen"),
    [
        ({"scope_key": "campaign:7"}, {"scope_key": "campaign:7"}),
        ({"answer": "5.4.4 no route"}, {"answer": "5.4.4 no route"}),
    ],
)
def test_all_of_a_campaign_or_with_the_same_last_words_go_again(staff, fields, chosen):
    wanted = failed(2, **fields)
    failed(3)
    page = staff.get("/outbox/again/", chosen)
    assert (page.context["total"], page.context["may_go"]) == (2, 2)

    send(staff, **chosen)
    run()

    assert queued() == ids(wanted)


def test_only_the_last_words_count(staff):
    [row] = failed(answer="5.7.1 blocked")
    Attempt.objects.create(
        delivery=row,
        at=timezone.now(),
        state="queued",
        answer="sent again",
        author="sam@example.org",
    )
    Attempt.objects.create(
        delivery=row,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 nobody",
        author="worker",
    )

    assert not Selection(answer="5.7.1 blocked").rows().exists()
    assert Selection(answer="5.1.1 nobody").rows().exists()


def test_what_was_taken_back_or_sent_by_hand_or_is_no_longer_kept_or_went_another_way_stays(
    staff,
    letter_ask,
):
    def letter(n):
        action = confirm(
            take.take_action(
                letter_ask,
                build.filled_form(letter_ask, entry=build.entry(email=f"n{n}@example.org")),
            )
        )
        found = action.letters.get(route="email")
        Delivery.objects.filter(pk=found.delivery_id).update(
            state="failed", settled_at=timezone.now()
        )
        return action, found

    (_, goes), (withdrawn, back), (_, by_hand), (_, blank), (_, elsewhere) = (
        letter(n) for n in range(5)
    )
    send(staff)
    withdraw(withdrawn)
    Letter.objects.filter(pk=by_hand.pk).update(reported_at=timezone.now())
    Delivery.objects.filter(pk=blank.delivery_id).update(message=b"")
    Letter.objects.filter(pk=elsewhere.pk).update(delivery=None)
    run()

    states = [
        Delivery.objects.values_list("state", flat=True).get(pk=one.delivery_id)
        for one in (goes, back, by_hand, blank, elsewhere)
    ]
    assert states == ["queued", "failed", "failed", "failed", "failed"]
    assert staff.get(f"/outbox/deliveries/{elsewhere.delivery.public_id}/").context["no_resend"]
    assert Resend.objects.get().sent == 1


def test_a_great_many_go_in_parts_and_a_part_is_not_done_twice(staff, monkeypatch):
    monkeypatch.setattr(resend_job, "AT_ONCE", 4)
    rows = failed(10)
    send(staff)
    resend = Resend.objects.get()

    assert resend_job.next_part(resend_job.JOB.claim(resend.pk))
    assert len(queued()) == 4
    run()
    assert len(queued()) == 4, "a live worker's work is left alone"
    Resend.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    run()
    run()

    resend.refresh_from_db()
    assert (resend.sent, resend.skipped) == (10, 0)
    assert Attempt.objects.filter(state="queued").count() == 10
    assert queued() == ids(rows)


def test_a_letter_that_fails_again_meanwhile_is_not_sent_a_third_time(staff):
    [row] = failed()
    send(staff)
    Delivery.objects.filter(pk=row.pk).update(settled_at=timezone.now() + dt.timedelta(minutes=1))

    run()

    assert queued() == set()


def test_a_lost_message_is_sent_once_more_by_the_sweep(staff, monkeypatch):
    called = []
    failed()
    send(staff)
    monkeypatch.setattr("worker.queue.call", lambda task, arguments, **_: called.extend(arguments))

    Resend.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=1))
    resend_job.sweep()
    run()
    resend_job.sweep()

    assert called == [(Resend.objects.get().pk,)]


def test_last_words_may_be_longer_than_an_address_line(staff):
    wanted = failed(answer="5.4.4 " + "no route " * 220)
    failed(answer="5.4.4 " + "no route " * 220 + "at all")
    page = staff.get("/outbox/again/")
    keys = [key for key, label in page.context["form"].fields["answer"].choices if key]
    assert {len(key) for key in keys} == {64}

    chosen = next(
        key
        for key, whole in page.context["form"].whole["answer"].items()
        if whole.endswith("route ")
    )
    send(staff, answer=chosen)
    run()

    assert queued() == ids(wanted)


@pytest.mark.parametrize(
    "typed",
    [{"reason": ""}, {"reason": "x"}, {"lane": "letters:nobody.example"}, {"answer": "\x00"}],
)
def test_without_a_reason_or_of_what_there_is_not_nothing_is_sent(staff, typed):
    failed()

    assert send(staff, **typed).status_code == 422
    assert not Resend.objects.exists()


def test_a_real_letter_sent_again_waits_for_its_office(staff):
    hour = (timezone.now().hour + 2) % 23
    failed(rehearsal=False, hours=f"UTC {hour}-{hour + 1}", recipient_key="office:1")
    send(staff)
    run()

    assert Delivery.objects.get().due_at.hour == hour


def test_somebody_stops_it_and_what_has_not_gone_yet_stays(staff, monkeypatch):
    monkeypatch.setattr(resend_job, "AT_ONCE", 4)
    failed(10)
    send(staff)
    resend = resend_job.JOB.claim(Resend.objects.get().pk)
    resend_job.next_part(resend)

    staff.post(reverse("desk:resend_stop", args=[resend.pk]))
    with pytest.raises(Overtaken):
        resend_job.next_part(resend)

    assert len(queued()) == 4
    page = staff.get(reverse("desk:resend")).content.decode()
    assert "Stopped by sam@example.org" in page
    assert AuditEntry.objects.filter(deed="sending again stopped").count() == 1


def test_the_page_shows_how_far_it_is_and_why_it_was_given_up(staff, monkeypatch):
    monkeypatch.setattr(resend_job, "AT_ONCE", 4)
    failed(10)
    send(staff)
    resend_job.next_part(resend_job.JOB.claim(Resend.objects.get().pk))
    assert '<progress value="4" max="10"' in staff.get(reverse("desk:resend")).content.decode()

    Resend.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5), tries=3)
    resend_job.sweep()

    page = staff.get(reverse("desk:resend")).content.decode()
    assert "stopped too often" in page
    assert "<progress" not in page
