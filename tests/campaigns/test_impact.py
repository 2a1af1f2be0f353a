"""What became of the work is told in figures that say where they come from."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AuditEntry
from campaigns import kept
from campaigns.models import Bill, Brand, Breakdown, Figure, Tally
from tests import build

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
