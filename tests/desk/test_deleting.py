"""A draft that nobody has seen can be deleted, after a typed word; anything else stays."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from actions.models import Voice
from actions.take import take_action
from campaigns import petitions
from campaigns.models import Campaign, CampaignWords
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def draft():
    ask = build.ask("petition", campaign=build.campaign(state="draft"))
    petitions.revise(ask, "en", "We ask.")
    return ask


def page_of(ask):
    return reverse("desk:campaign_delete", args=[ask.campaign.slug])


def test_a_draft_goes_with_its_words_once_the_word_is_typed_and_the_audit_log_knows(
    organizer, draft
):
    asked = organizer.get(page_of(draft)).content.decode()
    assert "Its words: English" in asked
    assert "Petition: Do this" in asked
    assert (
        page_of(draft) in organizer.get(f"/desk/campaigns/{draft.campaign.slug}/").content.decode()
    )

    assert organizer.post(page_of(draft), {"sure": "yes"}).status_code == 422
    assert organizer.post(page_of(draft)).status_code == 422
    assert Campaign.objects.exists()

    assert organizer.post(page_of(draft), {"sure": "Delete"}).status_code == 302
    assert not Campaign.objects.exists()
    assert not CampaignWords.objects.exists()
    line = AuditEntry.objects.get(deed="campaign.delete")
    assert (line.actor, line.subject) == ("olga@example.org", "playgrounds")


@pytest.mark.parametrize("was", ["live", "paused", "closed", "won", "archived", "live once"])
def test_what_the_public_has_seen_stays(organizer, draft, was):
    draft.campaign.state = "draft" if was == "live once" else was
    draft.campaign.launched_at = draft.campaign.created_at if was == "live once" else None
    draft.campaign.save()

    assert organizer.post(page_of(draft), {"sure": "delete"}).status_code == 409

    assert Campaign.objects.exists()
    page = organizer.get(f"/desk/campaigns/{draft.campaign.slug}/").content.decode()
    assert page_of(draft) not in page


@pytest.mark.parametrize("by", ["a submission", "a young voice"])
def test_a_draft_on_which_somebody_has_acted_stays(organizer, draft, by):
    if by == "a submission":
        Campaign.objects.update(state="live")
        take_action(type(draft).objects.get(), build.filled_form(draft))
        Campaign.objects.update(state="draft")
    else:
        Voice.objects.create(ask=draft, idempotency_key=uuid.uuid4(), raised_on=dt.date.today())

    answer = organizer.post(page_of(draft), {"sure": "delete"})

    assert answer.status_code == 409
    assert "Somebody has acted on it" in answer.content.decode()
    assert Campaign.objects.exists()
