"""Pictures of a campaign: drawn anew when they come, shown by their marks, kept while they are
shown.
"""

import io
import re

import pytest
from PIL import Image, ImageCms

from campaigns import markdown
from campaigns.carrying.copying import clone
from campaigns.deleting import delete_draft
from campaigns.models import Pixels
from campaigns.pictures import keeping
from campaigns.pictures.redrawing import LARGEST_BYTES, BadPicture, redraw
from campaigns.preflight import preflight
from tests import build
from tests.campaigns import pictures

SECRET = b"<script>alert(document.cookie)</script>"


def redrawn(content):
    return redraw(io.BytesIO(content), len(content))


def test_nothing_but_its_pixels_survives_and_it_is_never_made_wider():
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = "A camera of mine", 6
    notes.get_ifd(0x8825)[2] = (39.0, 17.0, 25.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = pictures.jpeg(
        exif=notes.tobytes(), icc_profile=profile, comment=b"my comment", xmp=b"<x:xmpmeta/>"
    )
    # A polyglot: to somebody else the same file is a page.
    files = redrawn(content + SECRET)

    # It lay on its side, as its camera noted: a picture 1000 wide.
    assert [(one.width, one.height) for one in files] == [(480, 960), (960, 1920), (1000, 2000)]
    for one in files:
        image = Image.open(io.BytesIO(one.content))
        assert (image.format, image.size) == ("WEBP", (one.width, one.height))
        assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment"}
        for word in (b"camera", b"comment", b"xmpmeta", b"script", b"ICCP", b"EXIF"):
            assert word not in one.content
    [see_through] = redrawn(pictures.png(300, 300, mode="RGBA", colour="#00000000"))
    assert Image.open(io.BytesIO(see_through.content)).mode == "RGBA"
    [grey] = redrawn(pictures.png(300, 300, mode="L", colour=7))
    assert (grey.width, grey.height) == (300, 300)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pictures.bomb(50_000), "too many pixels"),
        (pictures.bomb(4_001), "more than 16 million pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>" + SECRET + b"</svg>", "could not be read"),
        (b"\x89PNG\r\n\x1a\n" + SECRET, "could not be read"),
        (b"GIF89a" + SECRET, "could not be read"),
        (pictures.jpeg()[:400], "could not be read"),
        (pictures.encoded("WEBP", 300, 300, "#FFFFFF"), "could not be read"),
        (pictures.png(3000, 100), "long and narrow"),
        (b"", "could not be read"),
    ],
    ids=["bomb", "large", "svg", "html", "gif", "half", "webp", "line", "nothing"],
)
def test_what_is_no_picture_for_a_page_is_refused(content, why):
    with pytest.raises(BadPicture, match=why):
        redrawn(content)
    with pytest.raises(BadPicture, match="10 MB"):
        redraw(io.BytesIO(content), LARGEST_BYTES + 1)


@pytest.mark.django_db
def test_a_page_shows_them_and_each_width_is_served_for_good(client):
    campaign = build.campaign()
    build.ask("petition", campaign=campaign)
    texts = {"en": 'A gate "locked"', "es": "Una reja"}
    first = keeping.add(campaign, redrawn(pictures.jpeg()), alt_texts=texts, credit="Photo: A & B")
    keeping.add(campaign, redrawn(pictures.png()), is_decorative=True, is_head=True)
    keeping.add(campaign, redrawn(pictures.png(colour="#000000")), alt_texts=texts)
    story = "Before.\n{picture 1}\nAfter.\n\n- in {picture 2} a line\n\n{Picture 9}\n\n## The end"
    campaign.words.update(story=story)

    page = client.get("/act/playgrounds/").content.decode()

    head, placed = re.findall(r'<figure class="picture">(.*?)</figure>', page, re.DOTALL)
    assert 'alt=""' in head
    assert "loading" not in head
    assert 'width="600" height="400"' in head
    assert 'width="1440" height="720"' in placed
    assert 'loading="lazy"' in placed
    assert 'alt="A gate &quot;locked&quot;"' in placed
    assert "<figcaption>Photo: A &amp; B</figcaption>" in placed
    assert re.search(r"<p>Before.</p>\s*<figure.*</figure>\s*<p>After.</p>", page, re.DOTALL)
    assert "{picture 2}" in page
    assert "icture 9}" not in page
    wide = re.findall(r"/pictures/[0-9a-f]{64}\.webp \d+w", placed)
    assert len(wide) == 3
    address = wide[0].split()[0]
    served = client.get(address)
    assert served.status_code == 200
    assert served["Content-Type"] == "image/webp"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in served
    assert "Cookie" not in served.get("Vary", "")
    assert client.get(address, headers={"if-none-match": served["ETag"]}).status_code == 304
    assert client.get(address.replace("/pictures/", "/pictures/0")).status_code == 404
    assert client.get(f"/pictures/{'0' * 64}.webp").status_code == 404
    # Elsewhere nothing is made of a mark.
    assert "{picture 1}" in markdown.render("{picture 1}")
    assert str(first) == "{picture 1}"


@pytest.mark.django_db
def test_the_check_names_what_is_not_described_and_marks_of_nothing():
    campaign = build.campaign(state="draft")
    campaign.words.create(language="es", title="T", summary="S", story="{picture 1}")
    keeping.add(campaign, redrawn(pictures.png()), alt_texts={"en": "A gate"})
    keeping.add(campaign, redrawn(pictures.png()), alt_texts={})
    keeping.add(campaign, redrawn(pictures.png()), is_decorative=True, is_head=True)
    campaign.words.filter(language="en").update(story="x {picture 1}\n{picture 8}")

    said = [one.label for one in preflight(campaign) if "icture" in one.label and not one.ok]

    assert said == [
        "Picture 1 has no description in: Spanish",
        "The story: there is no {picture 8}",
        "The story: {picture 1} needs a line of its own, or people would read it as it is",
    ]


@pytest.mark.django_db
def test_a_clone_shares_the_pixels_which_go_with_the_last_that_shows_them():
    ana = build.user("organizer")
    campaign = build.campaign(state="draft")
    campaign.words.update(story="{picture 1}")
    shown = keeping.add(campaign, redrawn(pictures.png()), alt_texts={"en": "A gate"})
    spare = keeping.add(campaign, redrawn(pictures.jpeg()), is_decorative=True)
    made = clone(campaign, author=ana, title="The same again")

    with pytest.raises(keeping.InUse):
        keeping.remove(shown)
    keeping.remove(spare)

    assert [one.alt_texts for one in made.pictures.all()] == [{"en": "A gate"}, {}]
    assert Pixels.objects.count() == 2
    delete_draft(made, ana)
    assert [one.pk for one in Pixels.objects.all()] == [shown.pixels_id]
