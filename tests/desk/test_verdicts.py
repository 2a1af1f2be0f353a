"""Many suspicious actions decided together: counted first, undone before they begin, stopped after."""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Submission
from actions.screening.why_quarantined import THREAT
from desk.models import Verdict
from desk.quarantine import verdicts
from tests import build
from tests.desk.quarantined import MANY, due, set_aside
from worker.background_job import Overtaken

WHY = {"confirmed": "1", "reason": "One school, one network"}


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def states():
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def decided(staff, **chosen):
    """Asked for, and its time has come."""
    staff.post(MANY, {"deed": "refuse"} | WHY | chosen)
    verdict = Verdict.objects.get()
    due(verdict)
    verdicts.carry_out(verdict.pk)
    verdict.refresh_from_db()
    return verdict


def test_first_a_page_says_how_many_and_what_will_happen_and_nothing_does(staff):
    ticked = [set_aside(appealed_at=timezone.now()), set_aside()]
    set_aside()
    page = staff.post(MANY, {"deed": "release", "one": [one.pk for one in ticked]})
    text = page.content.decode()

    assert "Let 2 actions count?" in text
    assert "1 of them counts at once" in text
    assert not Verdict.objects.exists()
    assert set(states()) == {"quarantined"}


def test_it_waits_ten_minutes_and_can_be_undone_as_if_nobody_had_pressed(staff):
    action = set_aside()
    staff.post(MANY, {"deed": "refuse", "one": action.pk} | WHY)
    verdict = Verdict.objects.get()
    verdicts.carry_out(verdict.pk)
    assert states() == ["quarantined"]

    staff.post(f"{MANY}{verdict.pk}/stop/")
    due(verdict)
    verdicts.carry_out(verdict.pk)
    assert states() == ["quarantined"]
    assert "Undone by sam@example.org: nothing happened" in " ".join(
        staff.get("/desk/quarantine/").content.decode().split()
    )


def test_those_ticked_are_decided_and_no_others(staff):
    first, _second, third = set_aside(), set_aside(), set_aside()
    verdict = decided(staff, one=[first.pk, third.pk])

    assert states() == ["refused", "quarantined", "refused"]
    assert (verdict.found, verdict.done) == (2, 2)
    assert verdict.finished_at
    line = AuditEntry.objects.get(deed="many suspicious actions: refuse")
    assert (line.actor, line.detail["found"]) == ("sam@example.org", 2)


def test_all_that_match_are_those_that_were_counted_and_never_a_threat(staff):
    counted, threat, other = set_aside(), set_aside(), set_aside()
    Submission.objects.filter(pk=threat.pk).update(quarantined_because=THREAT)
    Submission.objects.filter(pk=other.pk).update(quarantined_because="many on one ask")
    page = staff.post(MANY, {"deed": "refuse", "all": "1", "because": "sent in a second"})
    newest = page.context["chosen"].up_to
    set_aside()  # it came while somebody read the page
    decided(staff, all="1", because="sent in a second", up_to=newest)

    assert states() == ["refused", "quarantined", "quarantined", "quarantined"]
    counted.refresh_from_db()
    assert counted.refusals == 1


def test_what_somebody_decided_meanwhile_is_left_out(staff):
    action, other = set_aside(), set_aside()
    staff.post(MANY, {"deed": "refuse", "one": [action.pk, other.pk]} | WHY)
    staff.post(f"/desk/quarantine/{action.public_id}/release/")
    verdict = Verdict.objects.get()
    due(verdict)
    verdicts.carry_out(verdict.pk)

    assert states() == ["waiting", "refused"]


def test_once_begun_it_can_be_stopped_and_the_rest_stays(staff):
    actions = [set_aside() for _ in range(3)]
    staff.post(MANY, {"deed": "refuse", "one": [one.pk for one in actions]} | WHY)
    due(Verdict.objects.get())
    begun = verdicts.JOB.claim(Verdict.objects.get().pk)
    assert verdicts.decide_next(begun)
    staff.post(f"{MANY}{begun.pk}/stop/")

    with pytest.raises(Overtaken):
        verdicts.decide_next(begun)
    assert states() == ["refused", "quarantined", "quarantined"]
    page = " ".join(staff.get("/desk/quarantine/").content.decode().split())
    assert "Stopped by sam@example.org after 1 of 3" in page


def test_the_sweep_begins_what_is_due_and_nothing_earlier(staff, monkeypatch):
    begun = []
    monkeypatch.setattr("worker.queue.call", lambda task, calls, queue: begun.extend(calls))
    staff.post(MANY, {"deed": "refuse", "one": set_aside().pk} | WHY)
    verdicts.sweep()
    assert begun == []

    verdict = Verdict.objects.get()
    due(verdict)
    verdicts.sweep()
    assert begun == [(verdict.pk,)]


@pytest.mark.parametrize(
    "posted",
    [{}, {"one": "x"}, {"one": "99999999999999999999"}, {"all": "1", "because": "nothing"}],
)
def test_nothing_chosen_is_nothing_and_never_everything(staff, posted):
    set_aside()
    answer = staff.post(MANY, {"deed": "refuse"} | WHY | posted)

    assert answer.status_code == 302
    assert not Verdict.objects.exists()


def test_a_reason_is_asked_for(staff):
    answer = staff.post(MANY, {"deed": "refuse", "one": set_aside().pk, "confirmed": "1"})

    assert answer.status_code == 422
    assert not Verdict.objects.exists()
