"""Files as people choose them."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(width=2000, height=1000, *, colour="#CF704D", **options):
    return encoded("JPEG", width, height, colour, **options)


def png(width=600, height=400, *, colour="#8F455B", mode="RGB", **options):
    return encoded("PNG", width, height, colour, mode=mode, **options)


def encoded(kind, width, height, colour, *, mode="RGB", **options):
    page = io.BytesIO()
    Image.new(mode, (width, height), colour).save(page, kind, **options)
    return page.getvalue()


def bomb(side):
    """A PNG of that many pixels squared, by its head; its rows would follow."""

    def chunk(name, data):
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(4 * side + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def upload(content, name="picture.jpg"):
    return SimpleUploadedFile(name, content)
