"""Updates at the desk: written, looked at, let go with a second factor, called back, stopped."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Update
from actions.updates.sending import UPDATES
from tests import build
from tests.actions.signers import signer
from tests.proven import forget
from worker.models import Delivery

pytestmark = pytest.mark.django_db
HERE = "/desk/campaigns/playgrounds/updates/"
WORDS = {"subject": "We won", "text": "The **playgrounds** open."}


@pytest.fixture
def petition(db):
    return build.ask("petition")


@pytest.fixture
def organizer(client, petition):
    client.force_login(build.user("organizer", email="ana@example.org"))
    return client


def written(client):
    client.post(f"{HERE}new/", WORDS)
    return Update.objects.get()


def deed(client, update, name):
    return client.post(f"{HERE}{update.pk}/{name}/", follow=True).content.decode()


def test_it_is_seen_as_it_arrives_with_how_many_it_goes_to_before_anything_is_sent(
    organizer, petition
):
    signer(petition)
    page = organizer.post(f"{HERE}new/", WORDS, follow=True).content.decode()
    assert "The <strong>playgrounds</strong> open." in page
    assert "Send to one mailbox in half an hour" in page
    assert not Delivery.objects.exists()


def test_half_of_the_spanish_words_are_refused_beside_the_field(organizer):
    answer = organizer.post(f"{HERE}new/", WORDS | {"subject_es": "Ganamos"})
    assert answer.status_code == 422
    assert "Half of the Spanish words are missing." in answer.content.decode()
    assert "The **playgrounds** open." in answer.content.decode()
    assert not Update.objects.exists()


def test_once_let_go_its_words_are_fixed_until_it_is_called_back(organizer, petition):
    signer(petition)
    update = written(organizer)
    assert "Until then you can call it back" in deed(organizer, update, "approve")
    answer = organizer.post(f"{HERE}{update.pk}/words/", WORDS | {"subject": "Other"}, follow=True)
    assert "Its words are fixed" in answer.content.decode()
    assert "nobody got it" in deed(organizer, update, "call-back")
    organizer.post(f"{HERE}{update.pk}/words/", WORDS | {"subject": "Other"})
    assert update.words.get().subject == "Other"


def test_called_back_too_late_it_says_so_and_can_still_be_stopped(organizer, petition):
    signer(petition)
    update = written(organizer)
    deed(organizer, update, "approve")
    Update.objects.update(goes_at=timezone.now() - dt.timedelta(minutes=1))
    UPDATES.start_due()
    assert "somebody was quicker" in deed(organizer, update, "call-back")
    assert "what has not left yet never will" in deed(organizer, update, "stop")
    assert Update.objects.get().state == "stopped"
    assert AuditEntry.objects.filter(deed__startswith="update ").count() == 2


def test_whoever_may_not_have_got_it_is_listed_for_those_who_may_see_people(client, petition):
    signer(petition, email="nora@example.org")
    update = build.update(petition.campaign)
    UPDATES.approve(update, author="ana@example.org")
    Update.objects.update(state="sending")
    UPDATES.write(update.pk)
    Delivery.objects.update(state="uncertain")
    for role, sees in (("administrator", True), ("organizer", False)):
        client.force_login(build.user(role))
        page = client.get(f"{HERE}{update.pk}/").content.decode()
        assert "Not known whether they got it" in page
        assert ("nora@example.org" in page) is sees


def test_without_a_second_factor_nobody_mails_many(organizer, petition):
    signer(petition)
    update = written(organizer)
    forget(organizer)
    organizer.post(f"{HERE}{update.pk}/approve/")
    assert Update.objects.get().state == "draft"


def test_a_draft_can_be_thrown_away_and_nothing_else(organizer, petition):
    signer(petition)
    update = written(organizer)
    deed(organizer, update, "approve")
    assert "somebody was quicker" in deed(organizer, update, "remove")
    deed(organizer, update, "call-back")
    assert "The draft is gone." in deed(organizer, update, "remove")
    assert not Update.objects.exists()


def test_a_merge_field_is_refused_since_nothing_fills_it_in_here(organizer):
    answer = organizer.post(f"{HERE}new/", WORDS | {"text": "Dear {first_name}"})
    assert answer.status_code == 422
    assert "People would read {first_name}" in answer.content.decode()
