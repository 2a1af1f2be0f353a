"""Cloning and carrying at the desk: a draft at once, and every swapped word on a page."""

import pytest

from campaigns.bills.attaching import attach
from campaigns.models import Campaign
from tests import build
from tests.campaigns.bills import bill

pytestmark = pytest.mark.django_db
HOME = "/desk/campaigns/playgrounds/"


@pytest.fixture
def desk(client):
    client.force_login(build.user("organizer"))
    campaign = build.campaign()
    campaign.words.update(title="Maryland plays", story="Maryland Delegates sit in Annapolis.")
    ask = build.ask(campaign=campaign)
    build.seat(state="MD")
    build.rule(ask, states=["MD"], chambers=["state_lower"])
    attach(campaign, bill("HB 9", jurisdiction="MD"))
    return client


def page(answer):
    return " ".join(answer.content.decode().split())


def test_a_clone_is_a_draft_under_its_own_title(desk):
    assert 'value="Maryland plays"' in page(desk.get(f"{HOME}clone/"))
    answer = desk.post(f"{HOME}clone/", {"title": "Once more"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/desk/campaigns/once-more/"
    assert Campaign.objects.get(slug="once-more").state == "draft"


def test_a_campaign_is_carried_in_two_steps_and_looked_through(desk):
    known = bill("HB 30", jurisdiction="DE")
    assert "/desk/campaigns/playgrounds/carry/" in page(desk.get(HOME))
    assert '<option value="MD" selected>Maryland</option>' in page(desk.get(f"{HOME}carry/"))
    second = page(desk.get(f"{HOME}carry/?from_state=MD&to_state=DE"))
    assert "HB 30 2027" in second

    typed = {"from_state": "MD", "to_state": "DE", "known": known.pk}
    answer = desk.post(f"{HOME}carry/", typed, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/campaigns/delaware-plays/carried/"
    shown = page(answer)
    assert "From Maryland to Delaware" in shown
    assert "Representatives" in shown
    assert "Annapolis" in shown
    made = Campaign.objects.get(slug="delaware-plays")
    assert made.first_bill == known
    assert "looks like the state that it came from" in page(
        desk.get("/desk/campaigns/delaware-plays/do/launch/")
    )

    key = answer.context["leftovers"][0]["left"].key
    done = desk.post("/desk/campaigns/delaware-plays/carried/", {"meant": [key]}, follow=True)
    assert "Nothing does." in page(done)
    assert "Carried on to Delaware:" in page(desk.get(HOME))


def test_it_is_not_carried_to_where_it_is(desk):
    answer = desk.post(f"{HOME}carry/", {"from_state": "MD", "to_state": "MD"})
    assert answer.status_code == 422
    assert Campaign.objects.count() == 1
    assert desk.get(f"{HOME}carried/").status_code == 404
