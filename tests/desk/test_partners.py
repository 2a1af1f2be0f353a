"""A partner is credited, has opt-ins of its own, and its people see nothing but these."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from actions.models import Submission
from campaigns.models import Breakdown, Partner
from desk.exports import job
from desk.models import Export
from supporters import consent
from supporters.models import Consent
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send
from tests.proven import forget

pytestmark = pytest.mark.django_db
WORDING = {"en": "Let the Library Friends write to me.", "es": "Que me escriban los Amigos."}


@pytest.fixture(autouse=True)
def _no_hurry(settings, monkeypatch):
    settings.FORM_LEAST_SECONDS = 0
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)


@pytest.fixture
def petition(db):
    return build.ask("petition")


@pytest.fixture
def partner(petition):
    made = Partner.objects.create(slug="friends", name="Library Friends", wording=WORDING)
    made.partnerships.create(campaign=petition.campaign, has_box=True, source_code="friends")
    return made


@pytest.fixture
def theirs(client, partner):
    """Somebody of the partner's, signed in."""
    user = build.user("partner", email="pia@friends.example")
    partner.accounts.add(user)
    client.force_login(user)
    return client


def picture():
    page = io.BytesIO()
    Image.new("RGB", (9, 9), "teal").save(page, "PNG")
    return SimpleUploadedFile("logo.png", page.getvalue(), "image/png")


def opt_in(partner, **fields):
    person = build.supporter(**fields)
    consent.grant(person, partner.purpose, WORDING["en"])
    return person


def test_an_administrator_adds_one_and_an_organizer_names_it_in_a_campaign(client, petition):
    client.force_login(build.user("administrator"))
    typed = {"name": "Library Friends", "url": "https://friends.example", "is_active": "on"}
    client.post("/desk/partners/new/", typed | {"wording_en": WORDING["en"], "new_logo": picture()})
    made = Partner.objects.get()
    assert (made.slug, made.wording) == ("library-friends", {"en": WORDING["en"]})

    client.force_login(build.user("organizer"))
    form = {f"with_{made.pk}": "on", f"box_{made.pk}": "on", f"code_{made.pk}": "friends"}
    client.post("/desk/campaigns/playgrounds/partners/", form)
    page = client.get(ACT).content.decode()
    assert "Together with" in page
    assert 'href="https://friends.example"' in page
    assert client.get("/partners/library-friends/logo")["Content-Type"] == "image/png"


def test_its_box_on_the_form_is_a_consent_of_its_own(client, partner):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    assert WORDING["en"] in page.content.decode()
    send(client, page, step="write", **ME, **{f"allow_{partner.purpose}": "on"})
    press(client, mailed_link("confirm"))

    line = Consent.objects.get()
    assert (line.purpose, line.wording) == (partner.purpose, WORDING["en"])
    assert not consent.allowing(Consent.Purpose.NEWSLETTER).exists()
    assert consent.allowing(partner.purpose).count() == 1


def test_nobody_under_18_is_shown_it_and_no_language_that_it_has_no_words_in(client, partner):
    page = send(client, client.get(ACT), step="address", zip="00001", age="15")
    assert partner.purpose not in page.content.decode()
    Partner.objects.update(wording={"es": WORDING["es"]})
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    assert partner.purpose not in page.content.decode()
    send(client, page, step="write", **ME, **{f"allow_{partner.purpose}": "on"})
    assert Submission.objects.get().permissions == {}


def test_its_people_see_their_campaigns_and_no_number_under_five(theirs, partner, petition):
    build.ask("petition", campaign=build.campaign("secret-elsewhere"))
    petition.tallies.create(state="FK", verified=40, counted_at=timezone.now())
    few = build.ask("petition", campaign=build.campaign("few"))
    partner.partnerships.create(campaign=few.campaign)
    few.tallies.create(state="FK", verified=3, counted_at=timezone.now())
    page = theirs.get("/desk/ours/").content.decode()
    assert "Open the playgrounds" in page
    assert ">40<" in page
    assert "&lt;5" in page
    assert "secret-elsewhere" not in page
    for other in ("/desk/campaigns/", "/desk/supporters/", "/desk/exports/", "/desk/partners/"):
        assert theirs.get(other).status_code == 403


def test_its_people_open_the_numbers_of_their_campaigns_only_and_see_no_small_one(theirs, petition):
    build.ask("petition", campaign=build.campaign("secret-elsewhere"))
    number = {"side": "language", "metric": "verified"}
    Breakdown.objects.create(ask=petition, value="en", number=40, **number)
    Breakdown.objects.create(ask=petition, value="es", number=3, **number)
    here = "/desk/ours/playgrounds/numbers/"
    page = theirs.get(here).content.decode()
    assert "Open the playgrounds, in numbers" in page
    assert "/desk/campaigns/" not in page.partition("<main")[2].partition("</main")[0]
    table = theirs.get(f"{here}languages.csv").content.decode("utf-8-sig")
    assert ",3" not in table
    assert "<5" in table
    assert theirs.get("/desk/ours/secret-elsewhere/numbers/").status_code == 404
    assert theirs.get("/desk/campaigns/playgrounds/numbers/").status_code == 403


def test_its_list_holds_who_opted_in_to_it_and_nobody_else(theirs, partner):
    opt_in(partner, email="nora@example.org", given_name="=Nora")
    opt_in(partner, email="young@example.org", is_minor=True)
    opt_in(partner, email="unproven@example.org", proven_at=None)
    left = opt_in(partner, email="left@example.org")
    consent.end(left, partner.purpose)
    news = build.supporter(email="news@example.org")
    consent.grant(news, Consent.Purpose.NEWSLETTER, "News.")

    theirs.post("/desk/ours/friends/take/", {"purpose": "Our spring letter"})
    export = Export.objects.get()
    job.write(export.pk)
    answer = theirs.get(theirs.post(f"/desk/ours/lists/{export.public_id}/download/")["Location"])
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "nora@example.org" in lines[1]
    assert "'=Nora" in lines[1]
    assert WORDING["en"] in lines[1]


def test_nobody_takes_the_list_of_another_or_without_a_fresh_proof(client, theirs, partner):
    opt_in(partner)
    theirs.post("/desk/ours/friends/take/", {"purpose": "Our spring letter"})
    export = Export.objects.get()
    job.write(export.pk)
    theirs.get("/desk/ours/")
    forget(theirs, factor=False)
    answer = theirs.post(f"/desk/ours/lists/{export.public_id}/download/")
    assert "/login/again/" in answer["Location"]

    client.force_login(build.user("partner"))
    path = f"/desk/ours/lists/{export.public_id}/"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}download/").status_code == 404
    assert client.get(f"{path}file/{'x' * 43}/").status_code == 404
    assert client.post("/desk/ours/friends/take/", {"purpose": "Mine now"}).status_code == 404


def test_when_the_work_together_ends_its_people_see_nothing_and_no_page_names_it(
    client, theirs, partner
):
    opt_in(partner)
    theirs.post("/desk/ours/friends/take/", {"purpose": "Our spring letter"})
    path = f"/desk/ours/lists/{Export.objects.get().public_id}/"
    Partner.objects.update(is_active=False)
    assert "Open the playgrounds" not in theirs.get("/desk/ours/").content.decode()
    assert theirs.get(path).status_code == 404
    assert "Library Friends" not in client.get(ACT).content.decode()


def test_a_small_total_is_no_number_to_a_partner_either(theirs, petition):
    whole = {"side": "whole", "value": "", "metric": "pending"}
    Breakdown.objects.create(ask=petition, number=2, **whole)
    petition.tallies.create(state="FK", pending=2, counted_at=timezone.now())
    page = theirs.get("/desk/ours/playgrounds/numbers/").content.decode()
    figures = page.partition('<dl class="figures')[2].partition("</dl>")[0]
    assert "<dd>2</dd>" not in figures
