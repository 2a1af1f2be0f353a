"""The organization's mark as browsers and telephones want it: PNGs of their sizes, and a manifest.

Drawn from its logo; where it has none, from our mark in its two colours.
"""

from __future__ import annotations

import functools
import hashlib
import io

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image

from campaigns import brand
from campaigns.colours import PAPER
from campaigns.models import Brand
from campaigns.share_picture import answer_with, pixels

MARK = settings.BASE_DIR / "static/img/mark.svg"
DISC, WHOLE = '<circle cx="48" cy="48" r="48"', '<rect width="96" height="96"'
OUR_DEEP, OUR_ACCENT = "#2B1B3D", "#F5B52E"
APPLE, SMALL, LARGE = 180, 192, 512
SIZES = (APPLE, SMALL, LARGE)
FAVICON = 48
# A square of this share lies in the circle that telephones may cut out (W3C, Web App Manifest:
# "maskable", 40 % around the middle).
SAFE = 0.56
A_DAY_S = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=A_DAY_S)
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """A square without corners cut or seen through; 404 for a size that nobody asks for."""
    if size not in SIZES:
        raise Http404
    return answer_with(as_file(drawn_now(size), "PNG"))


@require_safe
@cache_control(public=True, max_age=A_DAY_S)
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for beside pages that name no icon: files, feeds, other programs."""
    content = as_file(drawn_now(FAVICON), "ICO")
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return HttpResponse(content, content_type="image/x-icon", headers={"ETag": etag})


@require_safe
@cache_control(public=True, max_age=A_DAY_S)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone calls the site on its first screen; opened, it is a page in the browser."""
    ours = brand.current()
    icons = [
        {
            "src": reverse("icon", args=[size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (SMALL, LARGE)
        for purpose in ("any", "maskable")
    ]
    told = {
        "name": ours.name,
        "short_name": ours.name if len(ours.name) <= 12 else ours.name.split()[0][:12],
        "start_url": reverse("campaigns:home"),
        "scope": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": ours.deep,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


def drawn_now(size: int) -> Image.Image:
    # With the logo's bytes, which brand.current() leaves out.
    row = Brand.objects.order_by("id").first()
    if row and row.logo:
        return of_logo(bytes(row.logo), size)
    ours = row or brand.current()
    return of_mark(ours.accent, ours.deep, size)


@functools.lru_cache(maxsize=16)
def of_mark(accent: str, deep: str, size: int) -> Image.Image:
    """To the corners: telephones round them as they please."""
    svg = MARK.read_text().replace(DISC, WHOLE).replace(OUR_DEEP, deep).replace(OUR_ACCENT, accent)
    return pixels(svg, size)


@functools.lru_cache(maxsize=16)
def of_logo(content: bytes, size: int) -> Image.Image:
    """In the middle of a light square: a logo may be of any shape, and seen through."""
    room = round(size * SAFE)
    with Image.open(io.BytesIO(content)) as found:
        logo = found.convert("RGBA")
    scale = room / max(logo.size)
    logo = logo.resize(
        [max(1, round(side * scale)) for side in logo.size], Image.Resampling.LANCZOS
    )
    square = Image.new("RGB", (size, size), PAPER)
    square.paste(logo, ((size - logo.width) // 2, (size - logo.height) // 2), logo)
    return square


def as_file(image: Image.Image, kind: str) -> bytes:
    page = io.BytesIO()
    image.save(page, kind, **({"optimize": True} if kind == "PNG" else {"sizes": [image.size]}))
    return page.getvalue()
