"""Actions set aside: a person lets them count or refuses them, and is named in the audit log."""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Action, Submission
from actions.screening import bursts
from actions.screening.quarantine import appeal
from actions.screening.why_quarantined import THREAT
from desk.monitoring import measurements
from tests import build
from tests.desk.quarantined import set_aside


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def test_whoever_answered_from_their_mailbox_comes_first(staff):
    silent, waits = set_aside(), set_aside(appealed_at=timezone.now())

    assert [row["submission"] for row in staff.get("/desk/quarantine/").context["rows"]] == [
        waits,
        silent,
    ]


def test_a_released_action_counts_once_its_mailbox_has_answered(staff):
    answered, silent = set_aside(appealed_at=timezone.now()), set_aside()
    for submission in (answered, silent):
        staff.post(f"/desk/quarantine/{submission.public_id}/release/")
        submission.refresh_from_db()

    assert (answered.state, silent.state) == ("confirmed", "waiting")
    assert Action.objects.counted().get().ask == answered.ask
    assert AuditEntry.objects.filter(deed="action released", actor="sam@example.org").count() == 2


def test_a_refused_action_never_counts_and_says_who_refused_it(staff):
    action = set_aside(appealed_at=timezone.now())
    staff.post(f"/desk/quarantine/{action.public_id}/refuse/")
    action.refresh_from_db()

    assert action.state == "refused"
    line = AuditEntry.objects.get(deed="action refused")
    assert (line.subject, line.detail["because"]) == (str(action.public_id), "sent in a second")
    assert not line.detail["is_final"]


def test_an_appeal_is_told_from_a_first_look_with_its_sentence_and_is_refused_for_good(staff):
    submission = set_aside()
    staff.post(f"/desk/quarantine/{submission.public_id}/refuse/")
    appeal(submission, "I teach <b>there</b>.")
    page = staff.get("/desk/quarantine/").content.decode()

    assert "Appeal" in page
    assert "I teach &lt;b&gt;there&lt;/b&gt;." in page
    assert "Refuse for good" in page
    staff.post(f"/desk/quarantine/{submission.public_id}/refuse/")
    assert AuditEntry.objects.filter(deed="action refused").last().detail["is_final"]


def test_a_decision_is_made_once(staff):
    action = set_aside()
    staff.post(f"/desk/quarantine/{action.public_id}/refuse/")

    assert staff.post(f"/desk/quarantine/{action.public_id}/release/").status_code == 404


def test_a_minor_is_decided_on_without_a_name(staff):
    known = {"given_name": "Zebulon", "family_name": "North", "email": "z@example.org"}
    build.supporter(**known, is_minor=True)
    set_aside(**known)
    set_aside(given_name="Yolanda", email="yolanda@example.org", is_minor=True)
    page = staff.get("/desk/quarantine/").content.decode()

    assert "Zebulon" not in page
    assert "yolanda" not in page.lower()
    assert page.count("Somebody under 18") == 2


def test_the_page_shows_whether_forms_hand_out_a_calculation_and_until_when(staff):
    assert "short calculation" not in staff.get("/desk/quarantine/").content.decode()
    bursts.note("ask:1", "many on one ask", is_over=True)
    page = staff.get("/desk/quarantine/").content.decode()

    assert "hands out a short calculation" in page
    assert "Many on one ask, since" in page
    assert "Past the limit" in page
    assert measurements.measure()["bursts"] == [{"value": 1}]


def test_the_page_of_threats_says_what_the_software_does_not_do(staff):
    assert "reports to nobody" not in staff.get("/desk/quarantine/").content.decode()
    submission = set_aside()
    Submission.objects.filter(pk=submission.pk).update(quarantined_because=THREAT)
    page = staff.get("/desk/quarantine/").content.decode()

    assert "reports to nobody" in page
    assert "is your organization’s policy" in page
