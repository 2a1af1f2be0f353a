"""What became of the work is told in figures that say where they come from."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Signatory
from campaigns import kept
from campaigns.bills.attaching import attach
from campaigns.models import Bill, Brand, Breakdown, Campaign, Carry, Figure, OnwardHost, Tally
from tests import build
from tests.actions import sign_ons

pytestmark = pytest.mark.django_db
TYPED = {
    "label_en": "Briefs filed",
    "label_es": "Escritos presentados",
    "number": "4112",
    "source": "Annual report",
    "source_url": "",
    "instead_of": "",
    "dated_on": "2026-05-01",
    "position": "1",
}


@pytest.fixture(autouse=True)
def no_older_numbers():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="ana@example.org"))
    return client


def a_law(**fields):
    usual = {"jurisdiction": "MD", "identifier": "SB 17", "normalized": "SB 17"}
    usual |= {"session": "2026", "stance": "pro", "stage": "law", "is_public": True}
    return Bill.objects.create(**usual | fields)


def read(client, path="/impact/"):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Cache-Control"] == "public, max-age=10"
    return answer.content.decode()


def test_a_figure_is_counted_from_rows_and_fewer_than_five_people_are_no_figure(client):
    a_law()
    a_law(identifier="HB 2", normalized="HB 2", stance="con")
    a_law(identifier="HB 3", normalized="HB 3", is_demo=True)
    ask = build.ask("letter")
    tally = Tally.objects.create(ask=ask, state="MD", verified=4, counted_at=timezone.now())
    Breakdown.objects.create(ask=ask, side="evidence", value="accepted", metric="letters", number=4)

    page = read(client)
    assert 'figure-number">1</span> <span class="figure-label">Laws enacted' in page
    assert "Actions people took" not in page
    assert "Letters known" not in page

    tally.verified = 3000
    tally.save()
    cache.clear()
    assert '3,000</span> <span class="figure-label">Actions people took' in read(client)
    ask.campaign.state = "draft"
    ask.campaign.save()
    cache.clear()
    assert "Actions people took" not in read(client)


def test_each_organization_on_a_public_letter_is_counted_once(client):
    letter, again, draft, practice = (
        sign_ons.made("schools"),
        sign_ons.made("water"),
        sign_ons.made("draft", publish_at=None),
        sign_ons.made("practice", is_demo=True),
    )
    for one, name, state, standing in (
        (letter, "arc", "FK", "approved"),
        (again, "arc", "FK", "approved"),
        (again, "arc", "MD", "approved"),
        (letter, "waits", "FK", "waiting"),
        (letter, "left", "FK", "withdrawn"),
        (draft, "early", "FK", "approved"),
        (practice, "made up", "FK", "approved"),
    ):
        Signatory.objects.create(
            sign_on=one, organization=name, plain_name=name, us_state=state, state=standing
        )

    assert '2</span> <span class="figure-label">Organizations on our letters' in read(client)
    assert '2</span> <span class="figure-label">Organizations' in read(client, "/embed/impact/")
    feed = client.get("/impact.json").json()["figures"]
    assert {one["key"]: one["number"] for one in feed} == {"signed_on": 2}


def test_a_figure_set_by_hand_says_its_source_and_is_logged(organizer, client):
    a_law()
    refused = organizer.post("/desk/figures/new/", TYPED | {"label_en": "", "source": ""})
    assert refused.status_code == 422
    assert "Say what it counts." in refused.content.decode()
    assert not Figure.objects.exists()

    assert organizer.post("/desk/figures/new/", TYPED).status_code == 302
    since = {"number": "2190", "instead_of": "laws", "label_en": "", "label_es": ""}
    assert organizer.post("/desk/figures/new/", TYPED | since).status_code == 302
    again = organizer.post("/desk/figures/new/", TYPED | since)
    assert "stands in its place already" in again.content.decode()
    entry = AuditEntry.objects.filter(deed="figure set").first()
    assert (entry.actor, entry.detail["source"]) == ("ana@example.org", "Annual report")

    page, spanish = read(client), read(client, "/es/impact/")
    assert "4,112" in page
    assert "Briefs filed" in page
    assert "Annual report, May 1, 2026" in page
    assert "2,190</span>" in page
    assert '>1</span> <span class="figure-label">Laws' not in page
    assert "Escritos presentados" in spanish
    assert "2,190" in organizer.get("/desk/figures/").content.decode()

    for figure in Figure.objects.all():
        assert organizer.post(f"/desk/figures/{figure.pk}/remove/").status_code == 302
    assert "4,112" not in read(client)


def test_made_up_figures_are_shown_by_a_made_up_organization_only(client):
    organization = Brand.objects.create(name="Star and Sun", is_demo=True)
    figure = {"number": 51, "labels": {"en": "Made up"}, "source": "Nobody", "is_demo": True}
    Figure.objects.create(**figure)
    kept.forget()
    assert "Made up" in read(client)

    organization.is_demo = False
    organization.save()
    kept.forget()
    assert "Made up" not in read(client)


def carried(source, slug, to_state, *, state="live", year=2026):
    campaign = build.campaign(slug, state=state)
    at = dt.datetime(year, 3, 3, 12, tzinfo=dt.UTC)
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=at)
    if source:
        before = getattr(source, "carry", None)
        from_state = before.to_state if before else "MD"
        Carry.objects.create(
            campaign=campaign, source=source, from_state=from_state, to_state=to_state, author="a"
        )
    return campaign


def test_a_wave_shows_each_way_that_was_carried_the_law_that_came_of_it_and_no_draft(client):
    first = carried(None, "first-place", "MD", state="won", year=2025)
    attach(first, a_law(stage_on=dt.date(2025, 9, 9)))
    second = carried(first, "second-place", "VA")
    carried(second, "third-place", "OH")
    carried(first, "secret-place", "TX", state="draft")
    by_itself = build.campaign("by-itself")

    with CaptureQueriesContext(connection) as few:
        page = read(client)
    assert page.count('class="wave-way ') == 2
    steps = page.split('class="wave-steps"')[1].split("</article>")[0]
    assert re.findall(r"<strong>(.*?)</strong>", steps) == ["Maryland", "Virginia", "Ohio"]
    assert "SB 17" in steps
    assert "secret-place" not in page
    assert f"/act/{by_itself.slug}/" not in page
    years = page.split('id="years"')[1]
    assert years.index(">2026<") < years.index(">2025<") < years.index("SB 17")
    assert "From Maryland to Virginia:" in years
    assert "De Maryland a Virginia:" in read(client, "/es/impact/")

    for number in range(5):
        carried(second, f"more-{number}", "PA")
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        assert read(client).count('class="wave-way ') == 7
    assert len(many) <= len(few)


def test_other_sites_read_the_same_as_json_and_only_our_own_may_frame_the_figures(client):
    a_law()
    first = carried(None, "first-place", "MD", state="won")
    carried(first, "second-place", "VA")

    def framed():
        kept.forget()
        answer = client.get("/embed/impact/")
        assert "X-Frame-Options" not in answer
        policy = answer["Content-Security-Policy"].split("; ")
        assert "script-src 'self'" in policy
        return policy[-1]

    assert framed() == "frame-ancestors 'none'"
    row = Brand.objects.create(name="Us", site_url="https://Www.Example.org/about/")
    OnwardHost.objects.create(host="give.example.org", added_by="ana")
    assert framed() == "frame-ancestors https://www.example.org https://give.example.org"
    Brand.objects.update(site_url="https://x.example;script-src *")
    assert framed() == "frame-ancestors https://give.example.org"
    assert client.get("/impact/")["X-Frame-Options"] == "DENY"
    assert "'none'" in client.get("/impact/")["Content-Security-Policy"].split("; ")[-1]

    answer = client.get("/es/impact.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert said["organization"] == row.name
    assert said["figures"][0]["label"] == "Proyectos de ley presentados que apoyamos"
    [wave] = said["waves"]
    assert (wave["state"], wave["next"][0]["state"]) == ("MD", "VA")
