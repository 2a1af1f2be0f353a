"""An uploaded picture made safe to hand out: decoded, shrunk and written anew, so that nothing but
its pixels survives.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST_BYTES = 2 * 1024 * 1024
LARGEST_PIXELS = 16_000_000
SIDE = 512


class BadLogo(Exception):
    """The reason, in words for the person who chose the file."""


def as_png(upload: BinaryIO, size: int) -> bytes:
    """A PNG of at most 512 pixels a side. Takes PNG and JPEG only; raises BadLogo.

    Sizes are checked before anything is decoded.
    """
    if size > LARGEST_BYTES:
        raise BadLogo(_("That file is larger than 2 MB. Save a smaller version and try again."))
    try:
        # No other decoder gets to see it: some start programs of their own.
        with Image.open(upload, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise BadLogo(_("That picture has too many pixels. 1000 by 1000 is plenty."))
            return _rewritten(image)
    # What Pillow raises for one broken file or another.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise BadLogo(_("That file could not be read as a PNG or JPEG picture.")) from fault


def _rewritten(image: Image.Image) -> bytes:
    # Turned first: the note that says which side is up is left behind with the rest.
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((SIDE, SIDE))
    clean = Image.frombytes(
        "RGBA", upright.size, upright.tobytes()
    )  # leaves every text and colour profile behind
    page = io.BytesIO()
    clean.save(page, "PNG", optimize=True)
    return page.getvalue()
