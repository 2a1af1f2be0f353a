"""The age question and the confirmation are switched off by an administrator only, with a reason
that is kept, and never under the hands of a live campaign.
"""

import pytest

from accounts.models import AuditEntry
from tests import build

PAGE = "/desk/campaigns/playgrounds/safeguards/"
OFF = {"asks_age": "on", "reason": "A hall without a network: we collect on paper."}

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db):
    return build.campaign(state="draft")


@pytest.fixture
def administrator(client):
    client.force_login(build.user("administrator", email="ada@example.org"))
    return client


@pytest.mark.parametrize("role", ["organizer", "staff"])
def test_nobody_else_may(client, draft, role):
    client.force_login(build.user(role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, OFF).status_code == 403


def test_an_organizers_settings_do_not_touch_them(client, draft):
    client.force_login(build.user("organizer"))
    settings = PAGE.replace("safeguards", "settings")
    page = client.get(settings).content.decode()
    client.post(settings, {"slug": "playgrounds", "issue": draft.issue_id, "goal": "100"})

    draft.refresh_from_db()
    assert "confirms_by_mail" not in page
    assert draft.confirms_by_mail
    assert draft.asks_age


def test_the_reason_stands_in_the_history_and_in_the_audit_log(administrator, draft):
    assert administrator.post(PAGE, OFF).status_code == 302

    draft.refresh_from_db()
    assert (draft.confirms_by_mail, draft.asks_age) == (False, True)
    assert draft.safeguards_because == OFF["reason"]
    line = AuditEntry.objects.get(deed="campaign.safeguards")
    assert line.detail == {"because": OFF["reason"], "confirms_by_mail": False}
    assert "confirms_by_mail off" in draft.changes.get(deed="safeguards").note


def test_without_a_reason_nothing_changes(administrator, draft):
    assert administrator.post(PAGE, {**OFF, "reason": ""}).status_code == 422

    draft.refresh_from_db()
    assert draft.confirms_by_mail


def test_a_live_campaign_is_paused_first(administrator, draft):
    draft.state = "live"
    draft.save()
    answer = administrator.post(PAGE, OFF)

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "pause the campaign" in answer.content.decode()
    assert draft.confirms_by_mail
