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
    if model != "legislator":
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


def test_a_contact_can_be_added_by_hand(admin_pages):
    person = Legislator.objects.filter(terms__seat__chamber="us_house").first()
    page = admin_pages.get(reverse("admin:legislators_legislator_change", args=[person.pk]))
    data = {}
    for formset in (each.formset for each in page.context["inline_admin_formsets"]):
        data |= {
            form.add_prefix(field.name): field.value() or ""
            for form in formset.forms
            for field in form
        }
        data |= {field.html_name: field.value() for field in formset.management_form}
    count = data["contacts-INITIAL_FORMS"]
    data["contacts-TOTAL_FORMS"] = count + 1
    new = {
        "kind": "email",
        "value": "desk@example.org",
        "office": "district",
        "source": person.contacts.first().source_id,
        "legislator": person.pk,
    }
    data |= {f"contacts-{count}-{name}": value for name, value in new.items()}
    assert admin_pages.post(page.request["PATH_INFO"], data).status_code == 302
    assert Contact.objects.filter(legislator=person, value="desk@example.org").exists()
