"""From a template to a live campaign, by nothing but the console's own pages and forms."""

import re

import pytest

from campaigns.models import Campaign
from tests import build

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Open the playgrounds",
    "summary": "They have been closed since spring.",
    "story": "## What is happening\n\nThe gates are locked.",
    "share_text": "Join me.",
    "consent": "Yes, send me news.",
    "closing_message": "",
}


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def franklin():
    """Two lower seats, one upper; one of the three has no e-mail address."""
    build.term(
        build.seat("state_lower", district="1"),
        build.legislator("Ada Smith", email="ada@legislature.example"),
    )
    build.term(
        build.seat("state_lower", district="2"),
        build.legislator("Ben Ito", form="https://ito.example/form"),
    )
    upper = build.seat("state_upper", district="1", title="Senator")
    build.term(
        upper,
        build.legislator("Cleo Park", email="cleo@legislature.example", phone="+15005550006"),
        party="Republican",
    )


def link(response, text):
    found = re.search(
        rf'<a[^>]*href="([^"]+)"[^>]*>\s*{re.escape(text)}\b', response.content.decode()
    )
    assert found, f"no link “{text}” on {response.request['PATH_INFO']}"
    return found[1]


def test_an_organizer_goes_from_a_template_to_live_and_on_to_won(organizer, franklin):
    issue = build.issue()
    page = organizer.get(link(organizer.get("/desk/campaigns/"), "New campaign"))
    assert page.status_code == 200
    begun = {
        "starter": "state-bill",
        "issue": issue.pk,
        "title": "Open the playgrounds",
        "bill": "SB 17",
        "stance": "pro",
        "states": ["FK"],
    }
    words = organizer.post("/desk/campaigns/new/", begun, follow=True)

    assert organizer.post(words.request["PATH_INFO"], WORDS).status_code == 302
    page = organizer.get(link(words, "Asks"))
    letter = organizer.get(link(page, "Letter"))
    body = {
        "letter_subject": "Please support {bill}",
        "letter_body": "I live in {city}. Please vote for {bill}, {title} {legislator}.",
    }
    assert organizer.post(letter.request["PATH_INFO"], body).status_code == 302
    call = Campaign.objects.get().asks.get(kind="call")
    script = {
        "heading": "Call the office",
        "text": "Hello, please open the playgrounds.",
        "button": "Done",
        "thanks": "Thanks.",
    }
    organizer.post(f"/desk/campaigns/open-the-playgrounds/asks/{call.pk}/words/en/", script)

    check = organizer.get(
        link(organizer.get("/desk/campaigns/open-the-playgrounds/"), "Check and go live")
    )
    assert "No sender name" in check.content.decode()
    refused = organizer.post(check.request["PATH_INFO"], {"note": ""})
    assert refused.status_code == 422
    assert not Campaign.objects.live().exists()

    settings = organizer.get(link(check, "Mend it"))
    filled = settings.context["form"].initial | {"sender_name": "Children First", "successor": ""}
    assert organizer.post(settings.request["PATH_INFO"], filled).status_code == 302
    check = organizer.get(check.request["PATH_INFO"])
    assert "2 of 3 by e-mail, 1 needs the supporter" in check.content.decode()
    organizer.post(check.request["PATH_INFO"], {"note": "Go"})
    campaign = Campaign.objects.live().get()
    assert campaign.launched_at

    organizer.post("/desk/campaigns/open-the-playgrounds/do/pause/")
    organizer.post("/desk/campaigns/open-the-playgrounds/do/resume/")
    organizer.post(
        "/desk/campaigns/open-the-playgrounds/do/win/", {"closing_message": "The gates are open."}
    )
    campaign.refresh_from_db()
    assert campaign.state == "won"
    assert campaign.words.get().closing_message == "The gates are open."
    assert {change.author for change in campaign.changes.all()} == {"olga@example.org"}
