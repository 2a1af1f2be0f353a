import pytest
from django.urls import reverse

from accounts.models import User
from legislators import franklin
from legislators.models import Contact, Legislator, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_pages(client):
    franklin.build()
    client.force_login(
        User.objects.create_superuser(email="ada@example.org", password="a long enough password")
    )
    return client


@pytest.mark.parametrize("model", ["legislator", "seat", "source", "edition", "district"])
def test_what_was_loaded_can_be_looked_at_and_not_added_to_by_hand(admin_pages, model):
    assert admin_pages.get(reverse(f"admin:legislators_{model}_changelist")).status_code == 200
    assert admin_pages.get(reverse(f"admin:legislators_{model}_add")).status_code == 403


def test_a_seat_cannot_be_deleted_nor_changed(admin_pages):
    seat = Seat.objects.first()
    assert (
        admin_pages.post(
            reverse("admin:legislators_seat_delete", args=[seat.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert (
        admin_pages.post(
            reverse("admin:legislators_seat_change", args=[seat.pk]), {"title": "King"}
        ).status_code
        == 403
    )


def test_no_address_gets_in_by_this_door(admin_pages):
    person = Legislator.objects.filter(terms__seat__chamber="us_house").first()
    page = reverse("admin:legislators_legislator_change", args=[person.pk])
    contact = person.contacts.filter(kind="email").first() or person.contacts.first()
    typed = {
        "contacts-TOTAL_FORMS": 1,
        "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": contact.pk,
        "contacts-0-legislator": person.pk,
        "contacts-0-kind": "email",
        "contacts-0-value": "desk@example.org",
        "contacts-0-source": contact.source_id,
    }

    assert admin_pages.get(page).status_code == 200
    assert admin_pages.post(page, typed).status_code == 403
    assert not Contact.objects.filter(value="desk@example.org").exists()
