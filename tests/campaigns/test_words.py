"""Words in the reader's language, and organizers' Markdown made safe."""

import pytest
from django.utils import translation

from campaigns import words
from campaigns.markdown import render
from campaigns.models import CampaignWords
from tests import build


@pytest.mark.django_db
def test_words_fall_back_to_english_then_to_any_then_to_none():
    campaign = build.campaign()
    CampaignWords.objects.create(
        campaign=campaign, language="es", title="Parques", summary="", story=""
    )

    with translation.override("es"):
        assert words.of(campaign).title == "Parques"
    assert words.of(campaign, "fr").title == "Open the playgrounds"
    campaign.words.filter(language="en").delete()
    assert words.of(campaign, "fr").title == "Parques"
    campaign.words.all().delete()
    assert words.of(campaign).title == ""


def test_markdown_becomes_paragraphs_and_emphasis():
    assert (
        render("A *small* thing.\n\n- one")
        == "<p>A <em>small</em> thing.</p>\n<ul>\n<li>one</li>\n</ul>\n"
    )


def test_the_highest_heading_becomes_h2_and_the_others_follow():
    assert render("# Top\n## Under") == "<h2>Top</h2>\n<h3>Under</h3>\n"
    assert render("### Only") == "<h2>Only</h2>\n"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "![pixel](https://elsewhere.example/pixel.png)",
        '<p style="position:fixed">over everything</p>',
        "[press](data:text/html,x)",
    ],
)
def test_nothing_active_or_foreign_comes_through(attack):
    html = render(attack)

    for tag in ("<script", "<img", "<p style", 'href="javascript', 'href="data'):
        assert tag not in html
