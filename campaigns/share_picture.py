"""The picture that goes with a shared link: the issue's drawing, the campaign's title, our name.

1200 by 630 points, as link previews want it (ogp.me). Drawn here from rows and our own files: no
picture is asked of anybody else's host, and nobody's name is in it.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import threading

import typst
from django.conf import settings
from django.http import HttpResponse
from PIL import Image, ImageDraw, ImageFont

from campaigns.colours import DEFAULT_ACCENT, DEFAULT_DEEP, PAPER, ink_on, mix

WIDTH, HEIGHT, BAND = 1200, 630, 300
MARGIN, BETWEEN = 60, 1.14
SIZES = range(84, 36, -4)
MOST_LINES = 3
DRAWINGS = settings.BASE_DIR / "static/img/drawings.svg"
FONT = settings.BASE_DIR / "static/fonts/fraunces-600.woff2"
# As the page's own drawings have them (static/css/tokens.css).
OUR_CUTS = ("#532B50", "#8F455B", "#CF704D", DEFAULT_ACCENT)
SYMBOL = '<symbol id="{}" (viewBox="[^"]+")[^>]*>(.*?)</symbol>'
TOKEN = re.compile(r"var\(--([a-z0-9-]+)\)")
# The typesetter sets one thing at a time.
_turn = threading.Lock()


# Kept by what it shows, so that a change is never shown late.
@functools.lru_cache(maxsize=64)
def draw(title: str, name: str, motif: str, accent: str, deep: str) -> bytes:
    """A PNG. `accent` and `deep` are #RRGGBB; a motif that is not among the drawings is none."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), deep)
    if drawing := rendered(motif, accent, deep):
        # Twice as wide as high, and cut at the bottom by the band of the words.
        picture.paste(drawing, (0, HEIGHT - BAND - drawing.height // 2 - 60))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=PAPER)
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT - BAND + 8), fill=accent)
    write(pen, title, name, ink_on(PAPER))
    page = io.BytesIO()
    picture.save(page, "PNG", optimize=True)
    return page.getvalue()


def answer_with(content: bytes) -> HttpResponse:
    """A drawn picture, with what tells a cache that it is still the same."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return HttpResponse(content, content_type="image/png", headers={"ETag": etag})


def write(pen: ImageDraw.ImageDraw, title: str, name: str, ink: str) -> None:
    """The title as large as its band allows, above our name."""
    room = BAND - 2 * 40 - 44
    for size in SIZES:
        font = ImageFont.truetype(str(FONT), size)
        lines = broken(title, font)
        if len(lines) <= MOST_LINES and len(lines) * size * BETWEEN <= room:
            break
    else:
        # As many as fit above the name; the page itself has the whole title.
        most = int(room // (size * BETWEEN))
        lines = [*lines[: most - 1], f"{' '.join(lines[most - 1 : most])[:-1]}…"]
    top = HEIGHT - BAND + 40
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * size * BETWEEN), line, font=font, fill=ink)
    small = ImageFont.truetype(str(FONT), 30)
    first = broken(name, small)[0] if name.strip() else ""
    pen.text((MARGIN, HEIGHT - 62), first, font=small, fill=mix(ink, PAPER, 0.3))


def broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Into lines that fit, between words; a word wider than the picture is broken too."""
    lines: list[str] = []
    fitting = [piece for word in text.split() for piece in pieces(word, font)]
    for word in fitting:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def pieces(word: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The word, or parts of it that fit."""
    found = [""]
    for letter in word:
        if found[-1] and font.getlength(found[-1] + letter) > WIDTH - 2 * MARGIN:
            found.append("")
        found[-1] += letter
    return found


def rendered(motif: str, accent: str, deep: str) -> Image.Image | None:
    """A drawing of static/img/drawings.svg, 1200 points wide, in these two colours."""
    found = re.search(SYMBOL.format(re.escape(motif)), DRAWINGS.read_text(), re.DOTALL)
    if found is None:
        return None
    colours = tokens(accent, deep)
    inside = TOKEN.sub(lambda name: colours.get(name[1], accent), found[2])
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {found[1]} color="{accent}">{inside}</svg>'
    return pixels(svg, WIDTH)


def pixels(svg: str, width: int) -> Image.Image:
    """`width` of them across."""
    page = (
        f"#set page(width: {width}pt, height: auto, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.drawing), format: "svg", width: {width}pt)'
    )
    with _turn:
        # 72 to the inch: one pixel a point.
        png = typst.compile(
            page.encode(),
            format="png",
            ppi=72,
            sys_inputs={"drawing": svg},
            ignore_system_fonts=True,
        )
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png)).convert("RGB")


def tokens(accent: str, deep: str) -> dict[str, str]:
    """The custom properties that the drawings name."""
    is_ours = (accent.upper(), deep.upper()) == (DEFAULT_ACCENT, DEFAULT_DEEP)
    steps = [mix(deep, accent, share) for share in (0.25, 0.5, 0.75, 1)]
    cuts = OUR_CUTS if is_ours else steps
    named = {f"cut-{number}": colour for number, colour in enumerate(cuts, 1)}
    return named | {"night": deep, "gold": accent, "paper": PAPER}
