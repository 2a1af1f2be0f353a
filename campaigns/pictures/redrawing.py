"""An uploaded picture drawn anew in a few widths: nothing but its pixels survives."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

LARGEST_BYTES = 10 * 1024 * 1024
# A JPEG is decoded at a fraction of its size, a PNG is not: it would take four bytes a pixel.
LARGEST_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000}
WIDTHS = (480, 960, 1440)
# Narrower or flatter than this is a line on a page, and higher than WebP can be.
STEEPEST = 5
QUALITY = 80
LARGEST_PROFILE_BYTES = 64 * 1024


class BadPicture(Exception):
    """The reason, in words for the person who chose the file."""


@dataclass(frozen=True)
class Drawn:
    """One width, as WebP."""

    width: int
    height: int
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def redraw(upload: BinaryIO, size: int) -> list[Drawn]:
    """The narrowest first; never wider than it came. Takes JPEG and PNG; raises BadPicture.

    Bytes and pixels are counted before anything is decoded.
    """
    if size > LARGEST_BYTES:
        raise BadPicture(_("That file is larger than 10 MB. Save a smaller version and try again."))
    try:
        # No other decoder gets to see it: some start programs of their own.
        with Image.open(upload, formats=("JPEG", "PNG")) as image:
            check(image)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
            return drawn(image)
    except Image.DecompressionBombError as bomb:
        raise BadPicture(_("That picture has far too many pixels. 1440 wide is plenty.")) from bomb
    # What Pillow raises for one broken file or another.
    except (OSError, ValueError, SyntaxError) as fault:
        raise BadPicture(_("That file could not be read as a JPEG or PNG picture.")) from fault


def check(image: Image.Image) -> None:
    """By what its head says. Raises BadPicture."""
    most = LARGEST_PIXELS[str(image.format)]
    if image.width * image.height > most:
        said = _("That picture has more than %(most)d million pixels. 1440 wide is plenty.")
        raise BadPicture(said % {"most": most // 1_000_000})
    if max(image.size) > STEEPEST * min(image.size):
        raise BadPicture(_("That picture is too long and narrow for a page. Cut it first."))


def drawn(image: Image.Image) -> list[Drawn]:
    # Turned first: the note that says which side is up is left behind with the rest.
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in ("L", "RGB", "RGBA", "CMYK"):
        sees_through = "A" in upright.getbands() or "transparency" in upright.info
        upright = upright.convert("RGBA" if sees_through else "RGB")
    profile = upright.info.get("icc_profile") or b""
    widest = narrowed(upright, min(upright.width, WIDTHS[-1]))
    widest = in_plain_colours(widest, profile)
    widths = [width for width in WIDTHS if width < widest.width]
    return [encoded(narrowed(widest, width)) for width in [*widths, widest.width]]


def narrowed(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    if (width, height) == image.size:
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def in_plain_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """In sRGB, since the profile of the camera is left behind: phones have colours of their own."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and len(profile) <= LARGEST_PROFILE_BYTES:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, theirs, ours, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            found = None
        image = found or image
    return image.convert(mode)


def encoded(image: Image.Image) -> Drawn:
    # Leaves every note and profile behind.
    clean = Image.frombytes(image.mode, image.size, image.tobytes())
    page = io.BytesIO()
    clean.save(page, "WEBP", quality=QUALITY, method=4)
    return Drawn(*clean.size, page.getvalue())
