"""Whoever only looks sees campaigns that have gone live and their numbers, and nothing to press; a
partner is told what is still to come.
"""

import re

import pytest

from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(build.user("read-only"))
    return client


def test_live_campaigns_are_seen_with_their_numbers_and_drafts_are_not(reader):
    build.ask(campaign=build.campaign("open-now"))
    build.campaign("not-yet", state="draft")
    page = reader.get("/desk/campaigns/").content.decode()

    assert "/desk/campaigns/open-now/" in page
    assert "not-yet" not in page
    for path in ("", "numbers/"):
        assert reader.get(f"/desk/campaigns/open-now/{path}").status_code == 200
        assert reader.get(f"/desk/campaigns/not-yet/{path}").status_code == 404


def test_no_page_offers_them_a_deed_or_names_who_worked_on_it(reader):
    campaign = build.ask(campaign=build.campaign("open-now")).campaign
    campaign.changes.create(deed="launch", author="olga@example.org", note="Go")
    for path in ("/desk/", "/desk/campaigns/", "/desk/campaigns/open-now/"):
        page = reader.get(path).content.decode()
        links = set(re.findall(r'href="(/(?:desk|outbox)/[^"#?]*)"', page))
        forms = re.findall(r'<form[^>]*action="([^"]*)"', page)

        assert {link for link in links if reader.get(link).status_code != 200} == set(), path
        assert set(forms) <= {"/logout/"}
        assert "olga@" not in page


def test_an_organizer_still_sees_drafts_and_who_changed_what(client):
    campaign = build.campaign("not-yet", state="draft")
    campaign.changes.create(deed="begin", author="olga@example.org", note="")
    client.force_login(build.user("organizer"))

    assert "olga@" in client.get("/desk/campaigns/not-yet/").content.decode()


def test_a_partner_is_told_that_it_has_no_campaign_yet_and_what_is_running(client):
    build.campaign("open-now")
    client.force_login(build.user("partner"))
    page = client.get("/desk/").content.decode()

    assert "no campaign of its own here yet" in page
    assert "/act/open-now/" in page
    assert client.get("/desk/campaigns/").status_code == 403
