"""Whose installation this is: the frame around every page, its two colours as a stylesheet, its
logo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from campaigns import kept
from campaigns.colours import theme
from campaigns.models import Brand


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Asks the database only if the template shows the brand."""
    # Whoever changes it at the desk sees it at once.
    is_work = request.path.startswith(settings.WORKPLACES)
    brand: Any = SimpleLazyObject(current if is_work else shown)
    return {
        "brand": brand,
        "brand_css": SimpleLazyObject(
            lambda: f"{reverse('campaigns:brand_css')}?v={version(brand)}"
        ),
        "practice": not settings.DELIVERY_ENABLED,
        "languages": languages(request),
        "site_url": settings.SITE_URL,
    }


def current() -> Brand:
    """The one row, without its logo's bytes; a nameless installation is called Take Action."""
    return Brand.objects.defer("logo").order_by("id").first() or Brand(name="Take Action")


def shown() -> Brand:
    """The same, as it was a moment ago (campaigns.kept): nobody may change it."""
    found: Brand = kept.of("brand", current)
    return found


def stylesheet(brand: Brand) -> str:
    """/brand.css: the tokens that differ from our own colours."""
    # Written into the sheet as they stand: campaigns.models.COLOUR lets in nothing but #RRGGBB.
    tokens = theme(brand.accent, brand.deep)
    return ":root {" + "".join(f" --{name}: {colour};" for name, colour in tokens.items()) + " }\n"


def version(brand: Brand) -> str:
    """Changes with the colours, so that browsers may keep the stylesheet."""
    return hashlib.sha256(stylesheet(brand).encode()).hexdigest()[:8]


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language, each named in its own; only the present one where a page has
    no other.
    """
    here, current = request.get_full_path(), get_language()
    there = {
        code: here if code == current else translate_url(here, code)
        for code, _name in settings.LANGUAGES
    }
    # translate_url gives back the same address where a page has no other language.
    return named_languages(
        {code: url for code, url in there.items() if code == current or url != here}
    )


def named_languages(there: Mapping[str, str]) -> list[dict[str, Any]]:
    """Addresses of one page by language, each named in its own."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": url,
            "path": url.partition("?")[0],
            "is_current": code == get_language(),
        }
        for code, url in there.items()
    ]
