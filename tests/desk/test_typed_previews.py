"""What is being typed is seen as the page it would be, and nothing of it is saved."""

import re
from html import unescape
from io import BytesIO

import pytest

from campaigns.models import AskWords, CampaignWords, PetitionText
from campaigns.pictures import keeping
from campaigns.pictures.redrawing import redraw
from tests import build
from tests.campaigns.pictures import png

pytestmark = pytest.mark.django_db
DESK = "/desk/campaigns/playgrounds/"
TITLE = {"title": "Open <b>every</b> playground", "summary": "Now.", "story": "## Why\n\nBecause."}


@pytest.fixture
def olga(client):
    client.force_login(made := build.user("organizer", email="olga@example.org"))
    return made


def page_of(answer):
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def test_the_campaigns_words_are_seen_as_typed_and_stay_as_saved(client, olga, letter_ask):
    answer = client.post(DESK + "words/en/preview/", TITLE)

    page = page_of(answer)
    assert "Open <b>every</b> playground" in page
    assert "This is a preview:" in page
    assert b"<h2>Why</h2>" in answer.content
    assert CampaignWords.objects.get().title == "Open the playgrounds"
    assert not letter_ask.campaign.changes.exists()


def test_words_of_one_language_are_seen_on_the_page_of_the_other(client, olga, letter_ask):
    spanish = client.post(DESK + "words/es/preview/", {**TITLE, "title": "Abran los parques"})
    assert 'lang="es"' in spanish.content.decode().partition("<head>")[0]
    assert "Abran los parques" in page_of(spanish)

    english = client.post(DESK + "words/es/preview/", {**TITLE, "preview_in": "en"})
    assert english["Content-Language"] == "en"
    assert "Open the playgrounds" in page_of(english)
    assert not CampaignWords.objects.filter(language="es").exists()


def test_a_page_beside_its_form_runs_nothing_and_says_nothing_of_itself(client, olga, letter_ask):
    answer = client.post(DESK + "words/en/preview/", {**TITLE, "beside": "1"})

    assert b"<script" not in answer.content
    assert b"This is a preview" not in answer.content
    assert answer["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_a_petition_is_seen_in_one_step_with_the_text_that_is_typed(client, olga):
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for playgrounds.")
    typed = {"heading": "Sign here", "text": "We ask for all of them.", "button": "My name too"}

    page = page_of(client.post(f"{DESK}asks/{ask.pk}/words/en/preview/", typed))

    assert all(words in page for words in ("Sign here", "We ask for all of them.", "My name too"))
    assert "We ask for playgrounds." not in page
    assert (AskWords.objects.get().heading, PetitionText.objects.count()) == ("Do this", 1)


def test_a_call_is_seen_at_its_script_as_one_office_is_called(client, olga):
    ask = build.ask("call")
    build.rule(ask, chambers=["state_lower"])
    for number, name in enumerate(("Ada Smith", "Bo Diaz"), 1):
        seat = build.seat("state_lower", district=str(number))
        build.term(seat, build.legislator(name, phone=f"+1500555000{number}"))
    typed = {"heading": "Call now", "text": "Is {title} {legislator} in?", "button": "I called"}

    first = page_of(client.post(f"{DESK}asks/{ask.pk}/words/en/preview/", typed))
    assert "Is Delegate Ada Smith in?" in first
    assert "I called" in first
    chosen = client.post(f"{DESK}asks/{ask.pk}/words/en/preview/", {**typed, "preview_to": "diaz"})
    assert "Is Delegate Bo Diaz in?" in page_of(chosen)


def test_a_letter_is_seen_as_one_legislator_gets_it(client, olga, letter_ask):
    typed = {"letter_subject": "For {district}", "letter_body": "Please, {title} {legislator}."}
    url = f"{DESK}asks/{letter_ask.pk}/letter/preview/"

    page = page_of(client.post(url, {**typed, "preview_to": "smith"}))
    assert "For 7" in page
    assert "Dear Delegate Smith," in page
    assert "Please, Delegate Ada Smith." in page
    nobody = page_of(client.post(url, {**typed, "preview_to": "Quux"}))
    assert "nobody called “Quux”" in nobody
    letter_ask.refresh_from_db()
    assert letter_ask.letter_subject == "Playgrounds in {district}"


def test_before_anything_is_asked_or_addressed_the_preview_says_so(client, olga):
    build.campaign(state="draft")
    assert "There is nothing to see yet" in page_of(client.post(DESK + "words/en/preview/", TITLE))

    ask = build.ask("letter", campaign=build.campaign("other", state="draft"))
    url = f"/desk/campaigns/other/asks/{ask.pk}/letter/preview/"
    assert "Nobody to write to yet" in page_of(client.post(url, {"letter_subject": "Hello"}))


@pytest.mark.parametrize("state", ["paused", "won"])
def test_the_preview_of_a_campaign_that_rests_is_the_page_as_it_is_now(
    client, olga, letter_ask, state
):
    letter_ask.campaign.state = state
    letter_ask.campaign.save()
    typed = {**TITLE, "closing_message": "The gates are open."}

    assert "The gates are open." in page_of(client.post(DESK + "words/en/preview/", typed))


def test_the_forms_have_a_button_that_opens_the_preview_as_a_page(client, olga, letter_ask):
    for form in ("words/en/", f"asks/{letter_ask.pk}/words/en/", f"asks/{letter_ask.pk}/letter/"):
        page = client.get(DESK + form).content.decode()
        assert f'formaction="{DESK}{form}preview/" formtarget="_blank"' in page


def test_a_markdown_text_is_read_beside_its_field_by_the_public_renderer(client, olga, letter_ask):
    text = "## Why\r\n\r\n{picture 1}\r\n\r\n<script>x</script> [bill](javascript:x) **now**"
    sent = {"markdown_of": "story", "story": text}
    campaign = letter_ask.campaign
    keeping.add(campaign, redraw(BytesIO(png()), 1), alt_texts={"en": "A gate"})

    part = client.post("/desk/markdown/?campaign=playgrounds", sent, headers={"x-part": "m"})
    page = client.post("/desk/markdown/", sent)

    campaign.words.update(story=text.replace("\r\n", "\n"))
    public = client.get("/act/playgrounds/").content
    assert part.content in public
    assert b'alt="A gate"' in part.content
    for answer in (part, page):
        assert b"<h2>Why</h2>" in answer.content
        assert b'href="javascript' not in answer.content
        assert b"<script>x" not in answer.content
        assert "no-store" in answer["Cache-Control"]
    assert "{picture 1}" in page_of(page)
    assert "What can be written" in page_of(client.get(DESK + "words/en/"))
    client.logout()
    assert client.post("/desk/markdown/", sent, headers={"x-part": "m"}).status_code == 401
