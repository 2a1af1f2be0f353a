"""What anybody may read: home, issues, and the frame around them."""

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone

from campaigns.models import Brand, CampaignWords, IssueWords, Tally
from tests import build

pytestmark = pytest.mark.django_db


def tally(campaign, **numbers):
    return Tally.objects.create(
        ask=build.ask("petition", campaign=campaign), counted_at=timezone.now(), **numbers
    )


def test_the_home_page_of_an_empty_installation_offers_one_thing_to_do(client):
    page = client.get("/").content.decode()

    assert "No campaign is running at the moment" in page
    assert "<progress" not in page


def test_the_home_page_shows_live_campaigns_their_counts_and_the_won(client):
    tally(build.campaign("open"), verified=1200, pending=30, anonymous=4)
    tally(build.campaign("done", state="won"), verified=7)
    page = client.get("/").content.decode()

    assert 'href="/act/open/"' in page
    assert "1,204" in page
    assert "30</span> waiting to confirm" in page
    assert "Won together" in page
    assert "1,211" in page, "actions so far, all campaigns together"


def test_a_draft_is_nowhere(client):
    build.campaign("secret", state="draft")

    assert "/act/secret/" not in client.get("/").content.decode()
    assert "/act/secret/" not in client.get("/issues/children/").content.decode()


def test_a_campaign_that_nobody_has_joined_says_be_the_first(client):
    build.campaign("new")
    page = client.get("/").content.decode()

    assert "Be the first." in page
    assert "<progress" not in page


def test_an_issue_page_tells_its_story_and_what_came_before(client):
    build.campaign("open")
    build.campaign("old", state="closed")
    page = client.get("/issues/children/").content.decode()

    assert "Because." in page
    assert page.index("/act/open/") < page.index("What came before") < page.index("/act/old/")


def test_an_unknown_issue_is_answered_in_a_sentence(client):
    answer = client.get("/issues/nothing/")

    assert answer.status_code == 404
    assert b"There is nothing at this address" in answer.content


def test_the_home_page_asks_the_database_the_same_number_of_times_for_one_campaign_and_for_six(
    client, django_assert_num_queries
):
    build.ask(campaign=build.campaign("one"))
    with django_assert_num_queries(12):
        client.get("/")
    for slug in "abcde":
        build.ask(campaign=build.campaign(slug, bill=f"SB {slug}"))
    cache.clear()
    with django_assert_num_queries(12):
        client.get("/")


def test_reading_sets_no_cookie_and_may_be_cached(client):
    build.campaign()
    for address in ("/", "/issues/children/", "/brand.css"):
        answer = client.get(address)
        assert not answer.cookies
        assert "public" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")


def test_spanish_words_are_shown_under_es_and_english_where_there_are_none(client):
    campaign = build.campaign()
    IssueWords.objects.create(
        issue=campaign.issue,
        language="es",
        name="Infancia",
        summary="Cada niña.",
        story="Porque sí.",
    )
    page = client.get("/es/issues/children/").content.decode()

    assert '<html lang="es">' in page
    assert "Infancia" in page
    assert "Open the playgrounds" in page
    CampaignWords.objects.create(
        campaign=campaign,
        language="es",
        title="Abran los parques",
        summary="Cerrados.",
        story="Larga.",
    )
    assert "Abran los parques" in client.get("/es/issues/children/").content.decode()


def test_the_language_links_stay_on_the_page(client):
    build.campaign()

    assert 'href="/es/issues/children/"' in client.get("/issues/children/").content.decode()
    assert 'href="/issues/children/"' in client.get("/es/issues/children/").content.decode()


def test_practice_mode_is_announced_until_delivery_is_on(client):
    assert b"Practice mode" in client.get("/").content
    with override_settings(DELIVERY_ENABLED=True):
        assert b"Practice mode" not in client.get("/").content


def test_the_organizations_colours_and_links_reach_the_page(client):
    Brand.objects.create(
        name="Children First",
        accent="#1E88E5",
        deep="#0B2545",
        donate_url="https://example.org/give",
        postal_address="1 Light St",
    )
    page, stylesheet = client.get("/").content.decode(), client.get("/brand.css")

    assert "--gold: #1E88E5" in stylesheet.content.decode()
    assert "--night: #0B2545" in stylesheet.content.decode()
    assert "Children First" in page
    assert "https://example.org/give" in page
    assert "1 Light St" in page


def test_the_stylesheet_is_not_sent_twice_and_its_address_moves_with_the_colours(client):
    brand = Brand.objects.create(name="Children First")
    first = client.get("/brand.css")
    before = client.get("/").content.decode().split("/brand.css?v=")[1][:8]

    assert client.get("/brand.css", headers={"If-None-Match": first["ETag"]}).status_code == 304
    brand.accent = "#1E88E5"
    brand.save()
    assert client.get("/brand.css", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get("/").content.decode().split("/brand.css?v=")[1][:8] != before


def test_an_uploaded_logo_is_served_and_our_drawing_stands_in_for_none(client):
    assert client.get("/logo").status_code == 302
    Brand.objects.create(name="Children First", logo=b"\x89PNG picture", logo_type="image/png")
    answer = client.get("/logo")

    assert answer.content == b"\x89PNG picture"
    assert answer["Content-Type"] == "image/png"
    assert '<img src="/logo"' in client.get("/").content.decode()


def test_the_home_page_shows_two_dozen_live_ones_and_leads_on_to_what_else_was_won(client):
    for number in range(26):
        build.campaign(f"live-{number}", launched_at=timezone.now())
    for number in range(10):
        build.campaign(f"won-{number}", state="won")
    page = client.get("/").content.decode()

    assert page.count('href="/act/live-') == 24
    assert page.count('href="/act/won-') == 9
    assert "What came of all of it" in page
    assert client.get("/").context["total"] == 0
