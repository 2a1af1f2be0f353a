"""Under 13 nothing is kept but a voice; from 13 to 17 nothing is shown, listed or mailed."""

import pytest

from actions.models import Action, Voice
from supporters.models import Supporter
from tests.actions.browsing import ACT, ME, fields, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


def test_a_child_under_13_leaves_a_voice_and_not_a_byte_more(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="12")
    assert "given_name" not in page.content.decode()
    answer = send(client, page, step="voice")

    assert answer.status_code == 303
    assert Voice.objects.count() == 1
    assert not Supporter.objects.exists()
    assert not Delivery.objects.exists()


def test_going_back_and_typing_another_age_changes_nothing(client, petition):
    send(client, client.get(ACT), step="address", zip="00001", age="12")
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")

    assert "given_name" not in page.content.decode()


def test_a_young_person_is_offered_no_list_and_no_public_name(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="15")
    assert not fields(page).boxes
    send(client, page, step="write", newsletter="on", public_name="on", **ME)

    action = Action.objects.get()
    assert action.supporter.is_minor
    assert not action.name_is_public
    assert not action.newsletter_wording
