"""A link to a draft opens that draft, for a week, while it was not taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from campaigns import preview_links
from campaigns.models import PreviewLink
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    return build.user("organizer", email="olga@example.org")


@pytest.fixture
def draft():
    return build.campaign(state="draft")


def opens(token):
    try:
        return preview_links.find(token).campaign.slug
    except preview_links.BadLink:
        return None


def test_a_link_opens_its_draft_for_a_week_and_only_its_hash_is_kept(draft, olga):
    link, token = preview_links.make(draft, olga, "Rosa")

    assert opens(token) == "playgrounds"
    assert token not in str(PreviewLink.objects.values())
    PreviewLink.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    assert opens(token) == "playgrounds"
    PreviewLink.objects.update(expires_at=timezone.now())
    assert opens(token) is None
    assert opens("no-such-link") is None
    made = AuditEntry.objects.get(deed="campaign.preview link")
    assert (made.actor, made.subject) == ("olga@example.org", "playgrounds")
    assert made.detail == {"link": link.pk, "note": "Rosa"}


def test_a_link_taken_back_opens_nothing_and_the_log_knows_who_did_it(draft, olga):
    link, token = preview_links.make(draft, olga, "Rosa")
    _other, kept = preview_links.make(draft, olga)

    preview_links.take_back(link, build.user(email="boss@example.org"))

    assert opens(token) is None
    assert opens(kept) == "playgrounds"
    taken = AuditEntry.objects.get(deed="campaign.preview link taken back")
    assert (taken.actor, taken.detail["note"]) == ("boss@example.org", "Rosa")


@pytest.mark.parametrize("leaves", ["deactivated", "loses the role", "deleted"])
def test_a_link_ends_with_the_rights_of_whoever_made_it(draft, olga, leaves):
    _link, token = preview_links.make(draft, olga)
    if leaves == "deactivated":
        olga.is_active = False
        olga.save()
    elif leaves == "deleted":
        olga.delete()
    else:
        olga.groups.clear()

    assert opens(token) is None


def test_a_link_ends_with_its_draft(draft, olga):
    _link, token = preview_links.make(draft, olga)

    draft.delete()

    assert opens(token) is None


def test_a_draft_has_twenty_open_links_at_most_and_those_that_ended_make_room(draft, olga):
    for _ in range(preview_links.MOST):
        preview_links.make(draft, olga)
    with pytest.raises(preview_links.TooMany):
        preview_links.make(draft, olga)

    newest = draft.preview_links.first()
    draft.preview_links.exclude(pk=newest.pk).update(expires_at=timezone.now())
    preview_links.make(draft, olga)

    assert draft.preview_links.count() == preview_links.open_links(draft).count() == 2
