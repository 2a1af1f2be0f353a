"""Each page under 60 kB before pictures, nothing from another host, nothing inline."""

import gzip
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache

from campaigns.bills import public
from campaigns.models import Bill
from tests import build

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
PICTURES = (".svg", ".png")
MOTIFS = {"rays", "ripples", "horizons", "hands", "path", "leaf", "shelter", "together"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/issues/children/",
        "/bills/",
        "/states/fk/",
        "/act/playgrounds/",
        "/act/playgrounds/thanks/",
        "/newsletter/",
        "/representatives/",
        "/login/",
    ],
)
def test_a_page_with_all_it_loads_is_under_60_kb(client, address):
    campaign = build.campaign()
    build.ask(campaign=campaign)
    # A page of the longest lists, with a map.
    for number in range(60):
        bill = Bill.objects.create(
            identifier=f"SB {number}", normalized=f"SB {number}", jurisdiction="FK", stage="law"
        )
        bill.issues.add(campaign.issue)
    public.look_again()
    cache.clear()
    page = client.get(address)
    linked = set(re.findall(r'(?:href|src)="(/static/[^"#?]+|/brand\.css)', page.content.decode()))
    files = [path for path in linked if not path.endswith(PICTURES)]

    assert page.status_code == 200
    assert any(path.endswith(".woff2") for path in files)
    assert len(gzip.compress(page.content)) + sum(weight(client, path) for path in files) < 60_000


def weight(client, path):
    """As it travels: fonts are compressed already."""
    content = client.get(path).content if path == "/brand.css" else source(path).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content))


def source(path):
    """The file behind a static address, with or without a hash in its name."""
    name = path.removeprefix("/static/")
    return Path(finders.find(name) or finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name)))


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates"))
)
def test_a_template_holds_no_inline_code_and_loads_nothing_from_elsewhere(template):
    text = template.read_text()
    if template.parent.name == "email":
        return
    # Data, which no browser runs (campaigns.publications.page.data), is no code.
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
    assert not re.search(
        r"<(?:script|img|link|iframe|source)[^>]*(?:src|href)=\"(?:https?:)?//", text
    )


def test_every_motif_is_drawn_and_the_drawings_are_well_formed():
    drawn = ET.parse(Path(settings.BASE_DIR, "static/img/drawings.svg"))
    ids = {symbol.get("id") for symbol in drawn.iter("{http://www.w3.org/2000/svg}symbol")}

    assert ids >= MOTIFS | {"star-child", "mark", "hills", "first-light", "foreground", "sun"}


def test_a_drawing_that_a_template_names_exists():
    drawn = Path(settings.BASE_DIR, "static/img/drawings.svg").read_text()
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"drawings\.svg' %}#([a-z-]+)", path.read_text())
    }

    assert named
    assert all(f'id="{name}"' in drawn for name in named)
