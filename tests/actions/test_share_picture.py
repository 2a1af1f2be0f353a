"""A shared link shows a picture of its own campaign: its title, its issue's drawing, our colours."""

import io
import re

import pytest
from PIL import Image

from campaigns import share_picture
from campaigns.models import Brand, CampaignWords
from tests import build
from tests.actions.browsing import ACT

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(client, petition):
    def get(path=f"{ACT}share.png"):
        answer = client.get(path)
        assert answer["Content-Type"] == "image/png"
        return Image.open(io.BytesIO(answer.content)).convert("RGB")

    return get


def test_the_page_names_it_and_it_is_as_large_as_link_previews_want(client, petition, picture):
    page = client.get(ACT).content.decode()
    [url] = re.findall(r'og:image" content="([^"]+)"', page)
    assert url.endswith("/act/playgrounds/share.png")
    assert picture().size == (1200, 630)


def test_it_changes_with_the_title_the_language_the_drawing_and_the_colours(petition, picture):
    seen = [picture().tobytes()]
    Brand.objects.create(name="Us", accent="#00FF88", deep="#001122")
    seen.append(picture().tobytes())
    assert picture().getpixel((5, 5)) == (0, 0x11, 0x22)
    petition.campaign.words.update(title="Another title")
    seen.append(picture().tobytes())
    CampaignWords.objects.create(
        campaign=petition.campaign, language="es", title="Otro", summary="x", story="y"
    )
    seen.append(picture(f"/es{ACT}share.png").tobytes())
    petition.campaign.issue.motif = "hands"
    petition.campaign.issue.save()
    seen.append(picture().tobytes())
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("title", ["Ö" * 120, "a word " * 17, "<svg onload=x> & “quotes”", ""])
def test_any_title_stays_within_its_band(title):
    png = share_picture.draw(title, "Children First", "rays", "#F5B52E", "#2B1B3D")
    image = Image.open(io.BytesIO(png)).convert("RGB")
    edge = [image.getpixel((x, 628)) for x in range(0, 1200, 7)]
    assert set(edge) == {(0xFF, 0xFB, 0xF2)}


def test_a_draft_has_none(client):
    build.ask("petition", campaign=build.campaign("secret", state="draft"))
    assert client.get("/act/secret/share.png").status_code == 404
