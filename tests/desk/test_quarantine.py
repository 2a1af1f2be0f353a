"""Actions set aside: a person lets them count or refuses them, and is named in the audit log."""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests import build
from tests.desk import rows


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def set_aside(person=None, **fields):
    fields = {
        "state": "quarantined",
        "quarantined_because": "sent in a second",
        "confirmed_at": None,
    } | fields
    return rows.action(
        build.ask("petition", campaign=build.campaign(f"campaign-{next(rows.number)}")),
        person,
        **fields,
    )


def test_whoever_answered_from_their_mailbox_comes_first(staff):
    silent, waits = set_aside(), set_aside(appealed_at=timezone.now())

    assert [row["action"] for row in staff.get("/desk/quarantine/").context["rows"]] == [
        waits,
        silent,
    ]


def test_a_released_action_counts_once_its_mailbox_has_answered(staff):
    answered, silent = set_aside(appealed_at=timezone.now()), set_aside()
    for action in (answered, silent):
        staff.post(f"/desk/quarantine/{action.public_id}/release/")
        action.refresh_from_db()

    assert (answered.state, silent.state) == ("confirmed", "pending")
    assert AuditEntry.objects.filter(deed="action released", actor="sam@example.org").count() == 2


def test_a_refused_action_never_counts_and_says_who_refused_it(staff):
    action = set_aside(appealed_at=timezone.now())
    staff.post(f"/desk/quarantine/{action.public_id}/refuse/")
    action.refresh_from_db()

    assert action.state == "withdrawn"
    line = AuditEntry.objects.get(deed="action refused")
    assert (line.subject, line.detail["because"]) == (str(action.public_id), "sent in a second")


def test_a_decision_is_made_once(staff):
    action = set_aside()
    staff.post(f"/desk/quarantine/{action.public_id}/refuse/")

    assert staff.post(f"/desk/quarantine/{action.public_id}/release/").status_code == 404


def test_a_minor_is_decided_on_without_a_name(staff):
    set_aside(rows.person(given_name="Zebulon", is_minor=True))
    set_aside(
        rows.person(given_name="Yolanda", email="yolanda@example.org"), entry={"is_minor": True}
    )
    page = staff.get("/desk/quarantine/").content.decode()

    assert "Zebulon" not in page
    assert "yolanda" not in page.lower()
    assert page.count("Somebody under 18") == 2
