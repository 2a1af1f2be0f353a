"""The organization's row: edited by administrators, its logo never more than pixels."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from accounts.models import AuditEntry
from campaigns import help_lines
from campaigns.models import Brand
from desk.organization import logo
from tests import build

TYPED = {
    "name": "Children First",
    "accent": "#F5B52E",
    "deep": "#2B1B3D",
    "site_url": "children.example.org",
}


@pytest.fixture
def administrator(client, db):
    client.force_login(build.user("administrator", email="ada@example.org"))
    return client


def picture(size=(800, 400), kind="PNG", **options):
    page = io.BytesIO()
    Image.new("RGB", size, "gold").save(page, kind, **options)
    return page.getvalue()


def upload(client, content, name="logo.png"):
    return client.post("/desk/brand/", TYPED | {"new_logo": SimpleUploadedFile(name, content)})


def test_what_is_saved_is_on_the_public_pages_and_written_down(administrator):
    Brand.objects.create(name="Demonstration", is_demo=True)
    administrator.post("/desk/brand/", TYPED)
    row = Brand.objects.get()

    assert (row.name, row.site_url, row.is_demo) == (
        "Children First",
        "https://children.example.org",
        False,
    )
    assert "Children First" in administrator.get("/").content.decode()
    assert AuditEntry.objects.get(deed="brand changed").actor == "ada@example.org"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_comes_back_as_a_small_png(administrator, kind):
    upload(administrator, picture(kind=kind))
    answer = administrator.get("/logo")

    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (512, 256)


def test_nothing_hidden_in_a_picture_survives(administrator):
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "41.403,2.174 <script>alert(1)</script>")
    upload(administrator, picture(pnginfo=note) + b"PK\x03\x04 a second file")
    kept = bytes(Brand.objects.get().logo)

    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


def bomb():
    """A few bytes that claim 50,000 by 50,000 pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
    )


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 40,
        picture()[:200],
        bomb(),
        b"\x89PNG\r\n\x1a\n" + b"\0" * logo.LARGEST_BYTES,
        b"not a picture",
    ],
    ids=["svg", "gif", "cut off", "bomb", "too large", "text"],
)
def test_anything_but_a_sound_picture_is_refused_with_a_reason(administrator, content):
    answer = upload(administrator, content)

    assert answer.status_code == 422
    assert answer.context["form"].errors["new_logo"]
    assert not Brand.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(administrator):
    answer = upload(administrator, picture(size=(8000, 8000)))

    assert "too many pixels" in str(answer.context["form"].errors["new_logo"])


def test_the_logo_can_be_taken_away(administrator):
    upload(administrator, picture())
    administrator.post("/desk/brand/", TYPED | {"no_logo": "on"})

    assert bytes(Brand.objects.get().logo) == b""
    assert administrator.get("/logo").status_code == 302


def test_colours_hard_to_read_are_saved_and_said(administrator):
    page = administrator.post(
        "/desk/brand/", TYPED | {"accent": "#FFFFF0", "deep": "#FFFFFF"}, follow=True
    ).content.decode()

    assert Brand.objects.get().deep == "#FFFFFF"
    assert "The colours, honestly" in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp//"])
def test_a_link_is_a_web_address(administrator, url):
    assert administrator.post("/desk/brand/", TYPED | {"donate_url": url}).status_code == 422


def test_help_lines_are_the_organization_s_with_the_day_on_which_somebody_looked(administrator):
    lines = {"help_lines_en": "Warmline | Call us | tel:+15550100199", "help_lines_es": ""}
    assert administrator.post("/desk/brand/", TYPED | lines).status_code == 422
    administrator.post("/desk/brand/", TYPED | lines | {"help_lines_on": "2026-03-14"})

    row = Brand.objects.get()
    assert row.help_lines == lines_by_language(lines)
    assert help_lines.current("en").lines[0].name == "Warmline"
    assert "988" in help_lines.current("es").lines[0].name


@pytest.mark.parametrize("line", ["Only a name", "Name | Do | javascript:alert(1)", "| Do"])
def test_a_help_line_that_is_none_is_refused(administrator, line):
    typed = TYPED | {"help_lines_en": line, "help_lines_on": "2026-03-14"}
    assert administrator.post("/desk/brand/", typed).status_code == 422


def lines_by_language(lines):
    return {name.removeprefix("help_lines_"): text for name, text in lines.items()}


def test_newsletter_donate_and_social_links_are_checked_and_stand_on_every_public_page(
    administrator,
):
    client = administrator
    right = "https://www.instagram.com/starandsun\nhttps://kind.example/@starandsun\n"
    wrong = ("http://x.com/a", "https://x.com", "https://evil.example/x.com/a", "javascript:1", "a")
    typed = {"name": "Star", "accent": "#F5B52E", "deep": "#2B1B3D"}
    for one in wrong:
        assert client.post("/desk/brand/", typed | {"follow": one}).status_code == 422, one
    for name in ("donate_url", "newsletter_url"):
        assert client.post("/desk/brand/", typed | {name: "http://a.example/"}).status_code == 422
    links = {"donate_url": "https://give.example/", "newsletter_url": "https://news.example/"}
    assert client.post("/desk/brand/", typed | links | {"follow": right}).status_code == 302

    build.campaign()
    for page in ("/", "/es/act/playgrounds/", "/bills/", "/representatives/"):
        text = client.get(page).content.decode()
        # On a phone too: nothing hides it there.
        assert '<li><a href="https://give.example/">' in text, page
        assert '<li><a href="https://news.example/">' in text, page
        assert 'https://www.instagram.com/starandsun" rel="noopener me">Instagram</a>' in text
        assert ">Mastodon</a>" in text, page
    assert "kind.example" in client.get("/desk/brand/").content.decode()
