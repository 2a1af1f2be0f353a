"""The colours that pages are made of, measured (WCAG 2.2): 4.5 for text, 3 for marks and
boundaries.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from campaigns.colours import contrast, doubts, ink_on, theme

TOKENS = dict(
    re.findall(
        r"--([a-z-]+): (#[0-9A-Fa-f]{6});",
        Path(settings.BASE_DIR, "static/css/tokens.css").read_text(),
    )
)
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "sand"),
    ("ink", "white"),
    ("muted", "paper"),
    ("muted", "sand"),
    ("muted", "white"),
    ("link", "paper"),
    ("link", "white"),
    ("link", "sand"),
    ("ember", "paper"),
    ("ember", "white"),
    ("ember", "sand"),
    ("success", "white"),
    ("success", "success-ground"),
    ("error", "white"),
    ("error", "error-ground"),
    ("on-gold", "gold"),
    ("on-gold", "gold-pressed"),
    ("on-night", "night"),
    ("on-night-muted", "night"),
]
MARK_PAIRS = [
    ("field-line", "paper"),
    ("field-line", "white"),
    ("progress", "sand"),
    ("focus", "paper"),
    ("focus", "sand"),
    ("focus", "white"),
    ("focus-on-night", "night"),
    ("gold", "night"),
]
BRANDS = [
    ("#F5B52E", "#2B1B3D"),
    ("#1E88E5", "#0B2545"),
    ("#FFE600", "#111111"),
    ("#C2185B", "#311B92"),
    ("#FFFFFF", "#7A7A7A"),
    ("#000000", "#FAFAFA"),
]


def test_black_on_white_is_21_and_a_colour_on_itself_is_1():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#F5B52E", "#F5B52E") == 1


def test_the_ratio_of_a_known_pair_is_the_published_one():
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_legible_on_its_ground(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS)
def test_a_mark_shows_on_its_ground(mark, ground):
    assert contrast(TOKENS[mark], TOKENS[ground]) >= 3


@pytest.mark.parametrize(("accent", "deep"), BRANDS)
def test_whatever_two_colours_an_organization_has_its_pages_stay_legible(accent, deep):
    tokens = TOKENS | theme(accent, deep)

    for ink, ground in [
        ("on-gold", "gold"),
        ("on-gold", "gold-pressed"),
        ("on-night", "night"),
        ("on-night-muted", "night"),
        ("link", "sand"),
        ("link", "white"),
    ]:
        assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    assert contrast(tokens["progress"], tokens["sand"]) >= 3
    assert contrast(tokens["focus-on-night"], tokens["night"]) >= 3


def test_every_grey_has_an_ink():
    for level in range(256):
        grey = f"#{level:02X}{level:02X}{level:02X}"
        assert contrast(ink_on(grey), grey) >= 4.5


def test_our_own_colours_need_no_replacing_and_raise_no_doubt():
    assert theme("#F5B52E", "#2B1B3D") == {}
    assert doubts("#F5B52E", "#2B1B3D") == []


def test_an_administrator_hears_that_a_pale_ground_or_two_alike_colours_serve_badly():
    assert len(doubts("#FFF8E0", "#FFF3D0")) == 3
