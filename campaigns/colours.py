"""The organization's two colours made legible: which ink lies on them, and the shades that follow
from them (WCAG 2.2 contrast).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

PAPER, SAND, WHITE, INK, BLACK = "#FFFBF2", "#F6ECD9", "#FFFFFF", "#241A12", "#000000"
DEFAULT_ACCENT, DEFAULT_DEEP = "#F5B52E", "#2B1B3D"


def theme(accent: str, deep: str) -> dict[str, str]:
    """The tokens that /brand.css replaces.

    Empty for our own two colours, which tokens.css already carries.
    """
    return {
        **(_accent_tokens(accent) if accent.upper() != DEFAULT_ACCENT else {}),
        **_deep_tokens(accent, deep),
    }


def doubts(accent: str, deep: str) -> list[str]:
    """What an administrator should know about a pair of colours, in sentences; empty when they
    serve well.
    """
    # 7 to 1 is WCAG's enhanced contrast (1.4.6), 3 to 1 is for what is drawn (1.4.11); 1.3 is ours.
    found = []
    if contrast(deep, PAPER) < 7:
        found.append(
            _(
                "The deep colour is light: large grounds in it will tire the eyes. Choose a darker"
                " one."
            )
        )
    if contrast(accent, deep) < 3:
        found.append(
            _("The two colours are too alike: the drawings will hardly show on the deep ground.")
        )
    if contrast(accent, PAPER) < 1.3:
        found.append(_("The accent is nearly as light as the page: buttons will be hard to see."))
    return found


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours written #RRGGBB: 1 (alike) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """The text colour to use on a ground: at least 4.5 : 1 whatever the ground, because black or
    white always reaches 4.58.
    """
    return next((ink for ink in (INK, PAPER, WHITE, BLACK) if contrast(ink, ground) >= 4.5), BLACK)


def _accent_tokens(accent: str) -> dict[str, str]:
    ink = ink_on(accent)
    pressed = mix(accent, BLACK, 0.08)
    return {
        "gold": accent,
        "on-gold": ink,
        # Lighter instead of darker where the ink could not be read on it.
        "gold-pressed": pressed if contrast(pressed, ink) >= 4.5 else mix(accent, WHITE, 0.12),
        "link": _darkened(accent, ground=SAND, at_least=5.0),
        "progress": _darkened(accent, ground=SAND, at_least=3.2),
    }


def _deep_tokens(accent: str, deep: str) -> dict[str, str]:
    if (accent.upper(), deep.upper()) == (DEFAULT_ACCENT, DEFAULT_DEEP):
        return {}
    ink = ink_on(deep)
    muted = mix(ink, deep, 0.18)
    return {
        "night": deep,
        "on-night": ink,
        "on-night-muted": muted if contrast(muted, deep) >= 4.5 else ink,
        "focus-on-night": accent if contrast(accent, deep) >= 3 else ink,
    }


def _darkened(colour: str, *, ground: str, at_least: float) -> str:
    # The last step is black, which passes on either ground: there is always one.
    steps = (mix(colour, BLACK, step / 50) for step in range(51))
    return next(shade for shade in steps if contrast(shade, ground) >= at_least)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (
        # From sRGB to light, as WCAG 2.2 has it; its limit of 0.03928 lies between 10 and 11 of
        # 255.
        c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
