import datetime as dt

import pytest

from campaigns.bills import stages
from campaigns.bills.sentence import sentence
from campaigns.models import Bill
from tests import build

pytestmark = pytest.mark.django_db
UNCRC = {
    "kind": "treaty",
    "jurisdiction": "US",
    "identifier": "Convention on the Rights of the Child",
}


def test_a_treaty_goes_from_the_signature_by_two_thirds_of_the_senate_to_its_ratification(
    client,
):
    client.force_login(build.user("organizer", email="ana@example.org"))
    desk, issue = client, build.issue()
    desk.post("/desk/bills/new/", UNCRC | {"jurisdiction": "FK"})
    assert not Bill.objects.exists()  # no state makes one
    desk.post("/desk/bills/new/", UNCRC | {"issues": [issue.pk]})
    treaty = Bill.objects.get()

    page = desk.get(f"/desk/bills/{treaty.pk}/").content.decode()
    assert "Sent to the Senate" in page
    assert "Passed one chamber" not in page
    desk.post(f"/desk/bills/{treaty.pk}/stage/", {"stage": "signed", "happened_on": "1995-02-16"})
    treaty.refresh_from_db()
    assert treaty.stage_on == dt.date(1995, 2, 16)
    assert sentence(treaty).where == "Treaty of the United States"
    assert "has not been sent to the Senate" in sentence(treaty).standing

    public = client.get(f"/bills/{treaty.pk}/").content.decode()
    assert "Passed Congress" not in public
    assert "The Senate consented" in public
    for stage in ("submitted", "committee", "reported", "consented", "ratified"):
        stages.note(treaty, stage, author="ana@example.org")
    assert treaty.is_over
    assert "There is nothing more to ask for" in client.get(f"/bills/{treaty.pk}/").content.decode()
