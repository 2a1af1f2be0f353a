"""News and reports have a page, a file that is safe, feeds, and stand where they belong."""

import datetime as dt
import io
import json
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from campaigns.models import Bill, Publication, PublicationFile
from campaigns.published import changing
from tests import build
from tests.campaigns.pdf import pdf

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = {"title": "Wells </script> & <b>", "summary": "We counted.", "story": "**Four** wells."}
DESK = "/desk/publications/wells-script-b/"


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="ana@example.org"))
    return client


def begun(organizer, **words):
    answer = organizer.post("/desk/publications/new/", WORDS | words)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Publication.objects.latest("pk")


def published(**fields):
    usual = {"slug": "wells", "dated_on": "2026-05-01", "publish_at": timezone.now()}
    publication = Publication.objects.create(**usual | fields)
    publication.words.create(title=publication.slug, summary="We counted.")
    return publication


def test_a_report_is_written_given_a_file_published_and_taken_down_with_it(organizer, client):
    water = build.issue("water")
    publication = begun(organizer)
    about = {"kind": "report", "dated_on": "2026-05-01", "issues": water.pk, "add-states": "MD"}
    assert organizer.post(f"{DESK}about/", about).status_code == 302
    sent = SimpleUploadedFile("Final Draft (Nora).PDF", pdf())
    assert organizer.post(f"{DESK}en/file/", {"file": sent}).status_code == 302

    file = PublicationFile.objects.get()
    public_url = f"/files/{file.digest}.pdf"
    page = "/news/wells-script-b/"
    assert file.name == "final-draft-nora.pdf"
    assert organizer.get(public_url).status_code == organizer.get(page).status_code == 404
    preview = organizer.get("/drafts/news/wells-script-b/").content.decode()
    assert f"{DESK}en/pdf/" in preview
    assert organizer.get(f"{DESK}en/pdf/")["Cache-Control"].count("no-store") == 1

    organizer.post(f"{DESK}times/", {"do": "now"})
    client.logout()
    shown = client.get(page).content.decode()
    assert "<strong>Four</strong> wells." in shown
    assert public_url in shown
    assert 'href="/issues/water/"' in shown
    assert "/news/?state=MD" in shown
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
    told = json.loads(told)
    assert (told["@type"], told["headline"]) == ("Report", WORDS["title"])
    assert client.get(f"{page}picture.png").content.startswith(b"\x89PNG")
    served = client.get(public_url)
    assert served["Content-Type"] == "application/pdf"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert client.get(public_url, headers={"if-none-match": served["ETag"]}).status_code == 304

    changing.unpublish(publication, author="ana@example.org")
    assert client.get(page).status_code == 410
    assert client.get(public_url).status_code == 404
    assert client.get(f"{page}picture.png").status_code == 404


def test_nothing_that_runs_or_names_its_writer_is_left_in_a_file(organizer):
    begun(organizer)
    files = [pdf(), pdf(author="Omar")]
    for content in files:
        sent = SimpleUploadedFile("a.pdf", content)
        organizer.post(f"{DESK}en/file/", {"file": sent})

    # The same but for what was taken out: one file, kept once.
    file = PublicationFile.objects.get()
    with pikepdf.open(io.BytesIO(bytes(file.content))) as kept:
        assert str(kept.docinfo["/Title"]) == "Wells"
        assert "/Author" not in kept.docinfo
        assert "/OpenAction" not in kept.Root
        assert not dict(kept.attachments)
    for hidden in (b"alert", b"secret rows", b"Nora", b"Omar"):
        assert hidden not in bytes(file.content)
    organizer.post(f"{DESK}en/file/", {"do": "remove"})
    assert not PublicationFile.objects.exists()


def test_a_draft_is_deleted_with_its_file_and_a_public_one_carries_no_day_to_come(organizer):
    publication = begun(organizer)
    organizer.post(f"{DESK}en/file/", {"file": SimpleUploadedFile("a.pdf", pdf())})
    to_come = {"kind": "news", "dated_on": timezone.localdate() + dt.timedelta(days=2)}
    assert organizer.post(f"{DESK}about/", to_come).status_code == 302
    changing.publish(publication, author="ana@example.org")
    assert organizer.post(f"{DESK}about/", to_come).status_code == 422

    Publication.objects.update(publish_at=None)
    organizer.post(f"{DESK}times/", {"do": "delete", "sure": "delete"})
    assert not Publication.objects.exists()
    assert not PublicationFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>alert(1)</script>", "could not be read as a PDF"),
        (b"", "empty"),
        (b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_what_is_no_pdf_is_refused_beside_its_field(organizer, content, said):
    begun(organizer)
    answer = organizer.post(f"{DESK}en/file/", {"file": SimpleUploadedFile("a.pdf", content)})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Choose the file once more" in page
    assert not PublicationFile.objects.exists()


def test_feeds_are_valid_atom_of_what_is_public_in_the_language_of_their_address(client):
    water, other = build.issue("water"), build.issue("schools")
    first = published(slug="first", dated_on="2026-05-01", kind="brief")
    first.issues.add(water)
    first.words.create(language="es", title="Primero <b>", summary="Contamos.")
    published(slug="second", dated_on="2026-05-02").issues.add(other)
    published(slug="draft", publish_at=None).issues.add(water)

    answer = client.get("/es/news/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["second", "Primero <b>"]
    # RFC 4287, 4.1.1 and 4.1.2: exactly one each, an author, a link to itself, ids that are URIs.
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            [told] = element.findall(f"{ATOM}{name}")
            assert told.text
        assert element.findtext(f"{ATOM}id").startswith("tag:")
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)",
            element.findtext(f"{ATOM}updated"),
        )
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    [itself] = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert itself.get("href").endswith("/es/news/feed.atom")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    same = client.get("/es/news/feed.atom", headers={"if-none-match": answer["ETag"]})
    assert same.status_code == 304

    of_issue = etree.fromstring(client.get("/issues/water/feed.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in of_issue.findall(f"{ATOM}entry")]
    assert titles == ["first"]
    changing.unpublish(water, author="ana@example.org")
    assert client.get("/issues/water/feed.atom").status_code == 410


def test_the_list_is_narrowed_paged_and_costs_the_same_however_long_it_is(client):
    water = build.issue("water")
    for number in range(25):
        one = published(slug=f"n{number}", dated_on=f"2026-05-{number // 2 + 1:02}")
        one.states.create(code="MD" if number else "VA")
    one.issues.add(water)
    report = published(slug="old-report", kind="report", dated_on="2020-01-01")

    with CaptureQueriesContext(connection) as many:
        shown = client.get("/news/").content.decode()
    titles = re.findall(r'href="/news/(n\d+)/"', shown)
    assert titles == [f"n{number}" for number in range(24, 4, -1)]
    [older] = re.findall(r'href="\?(before=\d+)"', shown)
    second = client.get(f"/news/?{older}").content.decode()
    assert re.findall(r'href="/news/([\w-]+)/"', second) == [
        *(f"n{number}" for number in range(4, -1, -1)),
        report.slug,
    ]
    Publication.objects.exclude(slug__in=["n24", "n23"]).delete()
    with CaptureQueriesContext(connection) as few:
        client.get("/news/")
    assert len(few) == len(many)

    assert "n23" not in client.get("/news/?issue=water").content.decode()
    assert "n24" in client.get("/news/?issue=water").content.decode()
    assert "published nothing of this kind" in client.get("/news/?state=va").content.decode()
    # What nobody could have chosen narrows nothing, and breaks nothing.
    assert client.get("/news/?kind=%00&before=9999999999999999999&state=<b>").status_code == 200


def test_the_pages_of_an_issue_a_bill_and_a_state_show_their_newest(client):
    water = build.issue("water")
    bill = Bill.objects.create(
        jurisdiction="MD", identifier="HB 7", normalized="HB7", is_public=True
    )
    bill.issues.add(water)
    for number in range(5):
        one = published(slug=f"n{number}", dated_on=f"2026-05-0{number + 1}")
        one.issues.add(water)
        one.bills.add(bill)
        one.states.create(code="MD")
    published(slug="draft", publish_at=None).issues.add(water)

    for path in ("/issues/water/", f"/bills/{bill.pk}/", "/states/md/"):
        page = client.get(path).content.decode()
        assert re.findall(r'href="/news/(\w+)/"', page) == ["n4", "n3", "n2", "n1"], path
    assert "/issues/water/feed.atom" in client.get("/issues/water/").content.decode()
    shown = client.get("/news/n4/").content.decode()
    assert f'href="/bills/{bill.pk}/"' in shown
