"""Staff with every right read what happened to envelopes; nobody edits evidence."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.build import posted
from worker.models import Delivery


@pytest.fixture
def administrator(client, db):
    client.force_login(
        User.objects.create_superuser(email="root@example.org", password="a long enough password")
    )
    return client


@pytest.mark.parametrize("model", ["delivery", "attempt", "return", "hold", "caughtmail"])
def test_lists_are_open_to_read_and_closed_to_writing(administrator, model):
    posted()

    assert administrator.get(reverse(f"admin:worker_{model}_changelist")).status_code == 200
    assert administrator.get(reverse(f"admin:worker_{model}_add")).status_code == 403


def test_a_delivery_shows_its_evidence_and_takes_no_change(administrator):
    (row,) = posted()
    page = reverse("admin:worker_delivery_change", args=[row.pk])

    assert row.message_id in administrator.get(page).content.decode().replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    assert administrator.post(page, {"state": "sent"}).status_code == 403
    assert Delivery.objects.get().state == "queued"
