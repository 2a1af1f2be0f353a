"""Staff see which mailboxes get no mail, and lift what was a mistake: with a reason, and never
somebody's own wish.
"""

import pytest

from accounts.models import AuditEntry
from supporters.mail import is_suppressed
from supporters.models import Suppression
from supporters.people import mailbox_of
from tests import build

PAGE = "/desk/suppressed/"


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def suppressed(email, reason):
    return Suppression.objects.create(mailbox=mailbox_of(email), reason=reason)


def lift(staff, row, reason="She called: it was a prank."):
    return staff.post(f"{PAGE}{row.pk}/lift/", {"reason": reason})


@pytest.mark.parametrize("reason", ["not_me", "bounced"])
def test_what_was_a_mistake_is_lifted_with_a_reason_that_is_kept(staff, reason):
    row = suppressed("vera@example.org", reason)
    assert lift(staff, row).status_code == 302

    assert not is_suppressed(row.mailbox)
    line = AuditEntry.objects.get(deed="suppression lifted")
    assert line.actor == "sam@example.org"
    assert line.detail == {"was": reason, "because": "She called: it was a prank."}
    assert "vera" not in f"{line.subject} {line.detail}"


@pytest.mark.parametrize("reason", ["asked", "complained", "staff"])
def test_a_persons_own_wish_and_a_complaint_are_not_lifted(staff, reason):
    row = suppressed("vera@example.org", reason)

    assert lift(staff, row).status_code == 404
    assert is_suppressed(row.mailbox)
    assert "Write to it again" not in staff.get(PAGE).content.decode()


def test_without_a_reason_nothing_is_lifted(staff):
    row = suppressed("vera@example.org", "not_me")

    assert lift(staff, row, "").status_code == 422
    assert is_suppressed(row.mailbox)
    assert not AuditEntry.objects.filter(deed="suppression lifted").exists()


def test_a_mailbox_is_found_by_its_address_however_it_is_spelled(staff):
    suppressed("vera@example.org", "not_me")
    suppressed("olga@example.org", "asked")
    found = staff.post(PAGE, {"email": "VERA+news@example.org"})

    assert [one["row"].reason for one in found.context["shown"]] == ["not_me"]
    nobody = staff.post(PAGE, {"email": "ida@example.org"}).content.decode()
    assert "We may write to this mailbox" in nobody


def test_its_owner_is_named_unless_they_are_young(staff):
    for name, is_minor in (("Vera", False), ("Kim", True)):
        person = build.supporter(given_name=name, is_minor=is_minor)
        Suppression.objects.create(mailbox=person.mailbox, reason="bounced")
    page = staff.get(PAGE).content.decode()

    assert "Vera" in page
    assert "Kim" not in page
