"""A draft is seen as its real page before it is public, and nothing comes of what is tried there."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Submission, Voice
from campaigns import preview_links
from campaigns.models import AskWords, CampaignWords, PreviewLink
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ME, fields, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
DRAFT = "/drafts/playgrounds/"
SPANISH = {"title": "Abran los parques", "summary": "Están cerrados.", "story": "Una historia."}


@pytest.fixture
def no_hurry(settings):
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def letter_draft(letter_ask):
    build.zip_district("00001", letter_ask)
    campaign = letter_ask.campaign
    CampaignWords.objects.create(campaign=campaign, language="es", consent="Sí.", **SPANISH)
    AskWords.objects.create(ask=letter_ask, language="es", heading="Escriban")
    petition = build.ask("petition", campaign=campaign)
    build.petition_text(petition, "We ask for playgrounds.")
    return drafted(campaign)


@pytest.fixture
def olga(client):
    client.force_login(made := build.user("organizer", email="olga@example.org"))
    return made


@pytest.fixture
def link(letter_draft):
    """The address of a colleague's preview."""
    author = build.user("organizer", email="otto@example.org")
    return reverse("actions:preview", args=[preview_links.make(letter_draft, author)[1]])


def drafted(campaign):
    campaign.state = "draft"
    campaign.save()
    return campaign


def tried_letter(client, url):
    """What the press shows that would have sent it."""
    first = send(
        client, client.get(url), url, step="address", zip="00001", street="1 Elm St", age="34"
    )
    assert "Ada Smith" in first.content.decode()
    read = send(client, first, url, step="read", own_words="My son plays there.", **ME)
    assert "Dear Delegate Smith," in read.content.decode()
    wrong = send(client, read, url, step="write", email="nora@")
    assert wrong.status_code == 422
    return send(client, read, url, step="write", own_words="My son plays there.", **ME)


def nothing_came_of_it():
    rows = (Submission, Supporter, Delivery, Voice)
    return not any(row.objects.exists() for row in rows)


def test_whoever_edits_a_draft_tries_its_page_to_the_last_press_and_nothing_comes_of_it(
    client, olga, letter_draft
):
    page = client.get(DRAFT)
    assert b"This is a preview:" in page.content
    assert b'href="/desk/campaigns/playgrounds/"' in page.content
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert b'rel="canonical"' not in page.content

    ended = tried_letter(client, DRAFT).content.decode()

    assert "Here the preview ends" in ended
    assert "This is a preview:" in ended
    assert nothing_came_of_it()


def test_a_preview_is_the_public_page_itself_but_for_what_says_so(client, olga, letter_draft):
    draft = client.get(DRAFT)
    letter_draft.state = "live"
    letter_draft.save()
    live = client.get("/act/playgrounds/")

    assert [each.name for each in draft.templates if each.name != "actions/_preview.html"] == [
        each.name for each in live.templates
    ]
    assert main_of(draft) == main_of(live).replace("/act/playgrounds/", DRAFT)


def main_of(answer):
    page = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    # By which a public page is counted as seen.
    return "".join(re.sub(r'data-seen="[^"]*"', "", page).split())


def test_a_preview_speaks_both_languages_and_has_a_page_for_each_ask(client, olga, letter_draft):
    spanish = client.get("/es/drafts/playgrounds/").content.decode()
    assert "Abran los parques" in spanish
    assert 'href="/drafts/playgrounds/"' in spanish

    tabs = client.get(DRAFT).content.decode()
    assert 'href="/drafts/playgrounds/2/"' in tabs
    assert 'href="/es/drafts/playgrounds/"' in tabs
    second = client.get("/drafts/playgrounds/2/")
    assert "We ask for playgrounds." in second.content.decode()
    signed = send(client, second, "/drafts/playgrounds/2/", step="write", zip="00001", age="34")
    assert signed.status_code == 422
    signed = send(
        client, signed, "/drafts/playgrounds/2/", step="write", zip="00001", age="34", **ME
    )
    assert "Here the preview ends" in signed.content.decode()
    assert nothing_came_of_it()


def test_a_childs_answer_in_a_preview_is_neither_counted_nor_remembered(client, olga, letter_draft):
    child = send(client, client.get(DRAFT), DRAFT, step="address", zip="00001", age="9")
    assert "take-action-step" not in client.cookies
    voice = send(client, child, DRAFT, step="voice")

    assert "Here the preview ends" in voice.content.decode()
    assert nothing_came_of_it()


def test_even_a_step_that_would_take_takes_nothing_of_a_preview(letter_draft):
    from actions.take import CampaignClosed, take_action
    from campaigns.preview import Preview

    ask = letter_draft.asks.get(kind="petition")
    ask.campaign.preview = Preview(DRAFT)
    ask.campaign.state = "live"

    with pytest.raises(CampaignClosed):
        take_action(ask, build.filled_form(ask))


def test_once_live_the_preview_is_the_public_page(client, olga, letter_draft, link):
    letter_draft.state = "live"
    letter_draft.save()

    assert client.get(DRAFT)["Location"] == "/act/playgrounds/"
    assert client.get(link)["Location"] == "/act/playgrounds/"
    assert client.get("/es" + link)["Location"] == "/es/act/playgrounds/"


def test_a_draft_that_asks_nothing_leads_to_where_asks_are_added(client, olga, letter_draft, link):
    letter_draft.asks.all().delete()

    assert client.get(DRAFT)["Location"] == "/desk/campaigns/playgrounds/asks/"
    assert "There is nothing to see yet" in client.get(link).content.decode()


def test_a_colleague_without_an_account_tries_the_page_behind_a_link(client, link, letter_draft):
    page = client.get(link)
    assert "The link to it ends on" in page.content.decode()
    assert "/desk/" not in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert f'href="{link}2/"' in page.content.decode()
    assert "Abran los parques" in client.get("/es" + link).content.decode()

    assert "Here the preview ends" in tried_letter(client, link).content.decode()
    assert nothing_came_of_it()


def test_a_link_is_made_shown_once_listed_and_taken_back_at_the_desk(client, olga, letter_draft):
    desk = "/desk/campaigns/playgrounds/preview/"
    made = client.post(desk + "links/", {"note": "Rosa, for the Spanish"}).content.decode()
    found = re.search(r"https?://[^/<]+(/preview/[\w-]{43}/)", made)[1]
    colleague = Client()
    assert colleague.get(found).status_code == 200

    listed = client.get(desk).content.decode()
    assert "Rosa, for the Spanish" in listed
    assert found not in listed
    assert b"/preview/" in client.get("/desk/campaigns/playgrounds/").content
    end = re.search(r'action="([^"]+/links/\d+/end/)"', listed)[1]
    assert client.post(end).status_code == 302
    assert "Rosa" not in client.get(desk).content.decode()
    assert colleague.get(found).status_code == 404


def test_there_is_an_end_to_the_links_of_one_draft(client, olga, letter_draft, monkeypatch):
    monkeypatch.setattr(preview_links, "MOST", 1)
    assert client.post("/desk/campaigns/playgrounds/preview/links/").status_code == 200
    refused = client.post("/desk/campaigns/playgrounds/preview/links/")

    assert refused.status_code == 422
    assert "take one back first" in refused.content.decode()


def test_a_campaign_that_is_public_has_no_preview_to_hand_out(client, olga, letter_draft):
    letter_draft.state = "live"
    letter_draft.save()

    for answer in (
        client.get("/desk/campaigns/playgrounds/preview/"),
        client.post("/desk/campaigns/playgrounds/preview/links/"),
    ):
        assert answer["Location"] == "/desk/campaigns/playgrounds/"
    assert not PreviewLink.objects.exists()


def test_a_link_that_ended_answers_as_one_that_never_was(client, link):
    token = link.split("/")[2]
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    ended, unknown = client.get(link), client.get("/preview/no-such-link/")

    assert ended.status_code == unknown.status_code == 404
    said = ended.content.decode().replace(token, "no-such-link")
    assert said == unknown.content.decode()
    assert "This preview has ended" in said
    assert ended["Cache-Control"] == "no-store, private"


def test_whoever_opens_links_by_the_hundred_is_asked_to_wait(client, link):
    for _ in range(120):
        client.get("/preview/no-such-link/")

    assert client.get(link).status_code == 429


def test_a_draft_stays_out_of_what_the_public_sees(client, letter_draft, link):
    assert client.get("/act/playgrounds/").status_code == 404
    assert client.get("/act/playgrounds/count.json").status_code == 404
    assert b"playgrounds" not in client.get("/").content
    assert b"playgrounds" not in client.get("/issues/children/").content


def test_a_page_of_another_site_posts_nothing_into_a_preview(client, olga, letter_draft):
    answer = client.post(DRAFT, {"step": "address"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_a_press_on_an_old_form_finds_its_ask_where_it_was_moved(client, olga, letter_draft):
    form = client.get("/drafts/playgrounds/2/")
    petition = letter_draft.asks.get(kind="petition")
    letter_draft.asks.filter(kind="letter").update(position=2)
    letter_draft.asks.filter(kind="petition").update(position=1)

    answer = send(client, form, "/drafts/playgrounds/2/", step="address", zip="00001", age="34")

    assert fields(answer).values["of_ask"] == str(petition.pk)
