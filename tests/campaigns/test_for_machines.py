"""What programs ask for by well-known names is there, true, and names nothing that is not public."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from lxml import etree
from PIL import Image

from campaigns.bills import public
from campaigns.for_machines import sitemap
from campaigns.models import Bill, Brand, Publication
from tests import build

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


def locations(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "application/xml"
    return [row.text for row in etree.fromstring(answer.content).iter(f"{S}loc")]


def path_of(url):
    return "/" + url.split("/", 3)[3]


def test_the_sitemap_names_every_public_page_in_both_languages_and_no_other(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(sitemap, "ON_A_PAGE", 2)
    water = build.issue("water")
    for slug in ("wells", "rivers", "lakes"):
        build.ask(campaign=build.campaign(slug, issue=water))
    build.campaign("hidden", issue=water, state="draft")
    build.issue("to-come", publish_at=timezone.now() + timedelta(days=1))
    build.issue("gone", unpublished_at=timezone.now())
    build.jurisdiction("FK")
    seen, watched = (
        Bill.objects.create(identifier=f"SB {n}", normalized=f"SB {n}", jurisdiction="FK")
        for n in (1, 2)
    )
    seen.issues.add(water)
    public.look_again()
    for slug, at in (("news", timezone.now()), ("draft", None)):
        Publication.objects.create(slug=slug, publish_at=at)

    pages = locations(client, "/sitemap.xml")
    assert sum("/sitemaps/campaigns-" in page for page in pages) == 2
    named = [path_of(url) for page in pages for url in locations(client, path_of(page))]

    assert len(named) == len(set(named))
    wanted = {"/", "/act/wells/", "/issues/water/", f"/bills/{seen.pk}/", "/news/news/"}
    assert wanted | {"/states/fk/", "/representatives/"} <= {*named}
    assert {f"/es{path}" for path in named if not path.startswith("/es/")} <= {*named}
    hidden = ("hidden", "to-come", "gone", "draft", f"/bills/{watched.pk}/", "/desk", "/me/")
    assert not [path for path in named if any(part in path for part in hidden)]
    assert {client.get(path).status_code for path in named} == {200}
    page = etree.fromstring(client.get("/sitemaps/issues-1.xml").content)
    for url in page.iter(f"{S}url"):
        beside = {link.get("hreflang"): path_of(link.get("href")) for link in url.iter(f"{X}link")}
        assert beside == {"en": "/issues/water/", "es": "/es/issues/water/"}
    assert client.get("/sitemaps/issues-2.xml").status_code == 404
    assert f"Sitemap: {pages[0].split('/sitemaps')[0]}/sitemap.xml" in (
        client.get("/robots.txt").content.decode()
    )


def test_whom_to_tell_of_a_hole_is_the_organizations_contact_for_less_than_a_year(client):
    assert client.get("/.well-known/security.txt").status_code == 404

    Brand.objects.create(name="Children First", contact_email="help+us@example.org")
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:help%2Bus@example.org"
    assert lines["Preferred-Languages"] == "en, es"
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    ahead = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=30) < ahead < timedelta(days=365)


def test_the_icon_is_the_organizations_logo_or_our_mark_in_its_colours(client):
    ours = Brand.objects.create(name="Children First", accent="#00FF00", deep="#0000FF")
    told = client.get("/manifest.webmanifest").json()
    assert (told["name"], told["theme_color"]) == ("Children First", "#0000FF")
    for row in told["icons"]:
        with Image.open(io.BytesIO(client.get(row["src"]).content)) as icon:
            assert f"{icon.width}x{icon.height}" == row["sizes"]
            assert icon.getpixel((0, 0)) == (0, 0, 255)
            assert (0, 255, 0) in {colour for _n, colour in icon.getcolors(1 << 20)}
    assert client.get("/favicon.ico")["Content-Type"] == "image/x-icon"
    assert client.get("/icons/4000.png").status_code == 404

    page = io.BytesIO()
    Image.new("RGB", (40, 10), "#FF0000").save(page, "PNG")
    ours.logo, ours.logo_type = page.getvalue(), "image/png"
    ours.save()
    with Image.open(io.BytesIO(client.get("/icons/180.png").content)) as icon:
        assert icon.size == (180, 180)
        assert icon.getpixel((90, 90)) == (255, 0, 0)
        assert icon.getpixel((0, 0)) not in ((255, 0, 0), (0, 0, 0))


def test_a_link_to_home_an_issue_a_bill_or_a_state_has_a_picture_of_its_own(client):
    cache.clear()
    Brand.objects.create(name="Children First", tagline="Every child counts.")
    water = build.issue("water")
    build.issue("draft", publish_at=None)
    build.jurisdiction("FK")
    bill = Bill.objects.create(identifier="SB 1", normalized="SB 1", jurisdiction="FK")
    hidden = Bill.objects.create(identifier="SB 2", normalized="SB 2", jurisdiction="FK")
    bill.issues.add(water)
    public.look_again()

    drawn = set()
    pages = ["/", "/issues/water/", f"/bills/{bill.pk}/", "/states/fk/"]
    for path in [*pages, *(f"/es{path}" for path in pages)]:
        page = client.get(path).content.decode()
        [address] = re.findall(r'property="og:image" content="([^"]+)"', page)
        assert path_of(address) == f"{path}picture.png"
        answer = client.get(path_of(address))
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.size == (1200, 630)
        drawn.add(answer["ETag"])
    assert len(drawn) >= len(pages)
    for path in ("/issues/draft/", f"/bills/{hidden.pk}/", "/states/md/"):
        assert client.get(f"{path}picture.png").status_code == 404
