"""Sign-on letters at the desk: begun, checked, decided about, corrected, handed over."""

import csv
import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actions.models import Signatory
from campaigns.bills.public import look_again
from campaigns.models import Bill, PublicationFile, SignOn
from campaigns.published import changing
from supporters import links
from supporters.people import remember
from tests import build
from tests.actions.sign_ons import DESK, PAGE, made, own_link
from tests.campaigns.pdf import pdf
from tests.traces import as_text
from worker.models import Delivery

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Schools!",
    "summary": "We ask for recess.",
    "addressees": "Speaker Ada Vale",
    "text": "Dear Speaker.",
}


@pytest.fixture
def ana(client):
    build.jurisdiction()
    client.force_login(build.user("administrator", email="ana@example.org"))
    return client


@pytest.fixture
def letter():
    return made()


def signatory(letter, name, **fields):
    """Of somebody who works at that organization, whose mailbox answered."""
    typed = build.entry(email=f"{name.lower()}@{name.lower()}.example")
    usual = {"state": "waiting", "plain_name": name.lower(), "email": typed.email}
    usual |= {"supporter": remember(typed), "given_name": "Nora", "family_name": "Reyes"}
    usual |= {"site_domain": f"{name.lower()}.example", "us_state": "FK", "kind": "local"}
    return Signatory.objects.create(sign_on=letter, organization=name, **usual | fields)


def test_a_letter_has_a_pdf_that_goes_with_it_and_another_is_told_to_who_signed(ana, letter):
    client = Client()
    file_url = re.compile(r"/files/[0-9a-f]{64}\.pdf")

    def send(**typed):
        return ana.post(f"{DESK}en/file/", typed)

    def new_file():
        return SimpleUploadedFile("letter.pdf", pdf(script=False))

    assert send(file=new_file()).status_code == 302
    page = client.get(PAGE).content.decode()
    [path] = file_url.findall(page)
    assert "The letter as it will be delivered" in page
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"Nora Reyes" not in answer.content
    SignOn.objects.update(publish_at=None)
    assert client.get(path).status_code == 404
    assert ana.get(f"{DESK}en/pdf/").status_code == 200
    SignOn.objects.update(publish_at=letter.publish_at)

    signatory(letter, "Arc", state="approved")
    refused = send(do="remove")
    assert refused.status_code == 422
    assert "organizations signed it as it was" in refused.content.decode()
    assert client.get(path).status_code == 200
    posted = Delivery.objects.count()
    assert send(do="remove", correction="The table is gone.").status_code == 302
    assert client.get(path).status_code == 404
    assert "The table is gone." in client.get(PAGE).content.decode()
    assert Delivery.objects.count() == posted + 1
    assert not PublicationFile.objects.exists()


def test_a_pdf_is_told_as_what_it_is_to_those_who_signed_the_words(ana, letter):
    def send(**typed):
        file = SimpleUploadedFile("letter.pdf", pdf(script=False))
        return ana.post(f"{DESK}en/file/", {"file": file} | typed)

    signatory(letter, "Arc", state="approved")
    signatory(letter, "Choir")
    page = ana.get(f"{DESK}files/").content.decode()
    assert "2 people who signed are told by mail that a PDF was added" in page
    assert "organizations signed the words alone" in send().content.decode()
    long = send(correction="w" * 400).content.decode()
    assert "This is 400 characters long, and 300 fit." in long
    empty = ana.post(f"{DESK}en/file/", {"file": SimpleUploadedFile("letter.pdf", b"")})
    assert "That file is empty." in empty.content.decode()
    assert "submitted file" not in empty.content.decode()
    send(correction="With our letterhead.")
    told = [as_text(one.message) for one in Delivery.objects.all()]
    assert len(told) == 2
    assert all("was added to its page" in one for one in told)
    assert not any("take the signature back" in one for one in told)
    page = ana.get(f"{DESK}files/").content.decode()
    assert "2 people who signed are told by mail, with a way to take" in page


def test_once_delivered_no_mail_invites_to_take_a_signature_back(ana, letter):
    words = letter.words.values("title", "summary", "addressees", "text").get()
    signatory(letter, "Arc", state="approved", was_handed_over=True)
    letter.delivered_on, letter.delivered_to = timezone.localdate(), "Speaker Vale"
    letter.save()
    assert "nobody is mailed" in ana.get(f"{DESK}files/").content.decode()
    copy = SimpleUploadedFile("letter.pdf", pdf(script=False))
    assert ana.post(f"{DESK}en/file/", {"file": copy}).status_code == 302
    assert ana.post(f"{DESK}en/file/", {"do": "remove"}).status_code == 422
    gone = {"do": "remove", "correction": "It was the wrong copy."}
    assert ana.post(f"{DESK}en/file/", gone).status_code == 302
    assert "It was the wrong copy." in ana.get(PAGE).content.decode()
    assert not Delivery.objects.exists()

    ana.post(f"{DESK}en/", words | {"title": "Recess!", "correction": "A shorter title."})
    told = as_text(Delivery.objects.get().message)
    assert "handed over stays as it was" in told
    assert "take the signature back" not in told


def test_a_letter_is_begun_previewed_checked_scheduled_and_closed(ana):
    issue, bill = build.issue(), Bill.objects.create(jurisdiction="FK", identifier="HB 1")
    bill.issues.add(issue)
    look_again()
    assert ana.post("/desk/sign-ons/new/", WORDS).status_code == 302
    letter = SignOn.objects.get(slug="schools")
    assert "Dear Speaker." in ana.get("/drafts/sign-on/schools/").content.decode()
    assert ana.get(PAGE).status_code == 404

    refused = ana.post(f"{DESK}times/", {"do": "now"})
    assert refused.status_code == 422
    assert "It has no deadline yet" in refused.content.decode()
    late = dt.datetime.now() + dt.timedelta(days=20)
    zone = {"closes_zone": "America/Chicago", "do": "set"}
    past = ana.post(f"{DESK}deadline/", zone | {"closes_at": "2020-01-01T17:00"})
    assert "over already" in past.content.decode()
    far = ana.post(f"{DESK}deadline/", zone | {"closes_at": "9999-12-31T23:59"})
    assert (far.status_code, "years away" in far.content.decode()) == (422, True)
    ana.post(f"{DESK}deadline/", zone | {"closes_at": f"{late:%Y-%m-%dT%H:%M}"})
    letter.words.update(text="Dear Speaker, [say why].")
    assert "[say why]" in ana.post(f"{DESK}times/", {"do": "now"}).content.decode()
    letter.words.update(text="Dear Speaker.")
    later = {"zone": "America/New_York", "publish_at": f"{late:%Y-%m-%dT23:59}", "do": "schedule"}
    assert "before anybody could sign" in ana.post(f"{DESK}times/", later).content.decode()

    about = {
        "issues": issue.pk,
        "bills": bill.pk,
        "add-states": "FK",
        "led_by": "The Alliance",
    }
    assert ana.post(f"{DESK}about/", about).status_code == 302
    ana.post(f"{DESK}times/", {"do": "now"})
    page = ana.get(PAGE).content.decode()
    assert "Central Time" in page
    assert "The Alliance" in page
    assert "/states/fk/" in page
    for where in ("/issues/children/", "/states/fk/", "/sign-on/", "/search/?q=speaker"):
        assert PAGE in ana.get(where).content.decode(), where
    assert PAGE in ana.get("/sitemaps/sign-ons-1.xml").content.decode()

    ana.post(f"{DESK}times/", {"do": "unpublish", "to": "/issues/children/"})
    assert ana.get(PAGE)["Location"] == "/issues/children/"


def test_people_here_decide_with_hints_and_in_plain_words(ana, letter):
    one, two = signatory(letter, "Arc"), signatory(letter, "Choir")
    twin = signatory(letter, "Arcs", plain_name="arc", email="arc@gmail.com")
    page = ana.get(f"{DESK}organizations/").content.decode()
    assert page.count("the same name") == 2
    assert "a mailbox that anybody can have (gmail.com)" in page
    assert page.count("the mailbox is at the organization’s own website") == 2

    path = f"{DESK}organizations/"
    assert "Choose at least one" in ana.post(path, {"do": "approve"}).content.decode()
    ana.post(path, {"do": "approve", "one": [one.pk, two.pk]})
    again = ana.post(path, {"do": "approve", "one": one.pk}, follow=True).content.decode()
    assert "Nothing changed" in again
    refused = ana.post(path, {"do": "decline", "one": twin.pk})
    assert "Say why" in refused.content.decode()
    ana.post(path, {"do": "decline", "one": [twin.pk, two.pk], "reason": "You signed already."})
    assert dict(Signatory.objects.values_list("organization", "state")) == {
        "Arc": "approved",
        "Choir": "approved",
        "Arcs": "declined",
    }
    told = Delivery.objects.get(key__startswith="sign_on_declined")
    assert "You signed already." in as_text(told.message)
    assert "You signed already." in ana.get(own_link(twin)).content.decode()

    added = {"organization": "=Board", "kind": "national", "city": "Bay City", "us_state": "FK"}
    assert ana.post(f"{DESK}organizations/add/", added).status_code == 422
    ana.post(f"{DESK}organizations/add/", added | {"agreed_how": "Their letter of 3 May."})
    rows = list(csv.reader(io.StringIO(ana.get(f"{DESK}organizations.csv").content.decode())))
    assert [row[0] for row in rows[1:]] == ["'=Board", "Arc", "Choir"]
    assert "Reyes" not in str(rows)
    paper = ana.get(f"{DESK}es/paper/").content.decode()
    assert "3 organizaciones han firmado" in paper
    ana.post(path, {"do": "take-off", "one": two.pk})
    assert "2 organizations have signed" in ana.get(PAGE).content.decode()


def test_what_was_signed_is_changed_only_with_a_word_to_everybody(ana, letter):
    words = letter.words.values("title", "summary", "addressees", "text").get()
    ana.post(f"{DESK}en/", words | {"title": "Before anybody signed"})
    assert not letter.words.get().corrections
    row = signatory(letter, "Arc", state="approved")

    silent = ana.post(f"{DESK}en/", words | {"text": "Dear Governor."})
    assert silent.status_code == 422
    assert "1 organization has signed this text" in silent.content.decode()
    ana.post(f"{DESK}en/", words | {"text": "Dear Governor.", "correction": "It goes higher."})
    assert "It goes higher." in ana.get(PAGE).content.decode()
    told = Delivery.objects.get(key__startswith="sign_on_changed")
    assert "It goes higher." in as_text(told.message)
    assert told.recipient == row.email
    at = letter.words.get().corrections[0]["at"]
    assert ana.post(f"{DESK}en/strike/", {"at": at}).status_code == 403


def test_who_waits_for_a_decision_is_told_of_a_change_and_asked_for_too(ana, letter):
    words = letter.words.values("title", "summary", "addressees", "text").get()
    row = signatory(letter, "Choir")
    silent = ana.post(f"{DESK}en/", words | {"text": "Dear Governor."})
    assert silent.status_code == 422
    for _press in range(2):
        ana.post(f"{DESK}en/", words | {"text": "Dear Governor.", "correction": "It goes higher."})
    told = Delivery.objects.get(key__startswith="sign_on_changed")
    said = as_text(told.message)
    assert told.recipient == row.email
    assert "It goes higher." in said
    assert "not on the public list yet" in said
    assert own_link(row).rsplit("/", 2)[0] in said


def test_whoever_presses_their_link_after_a_change_reads_of_it_first(client, letter):
    row = signatory(letter, "Choir", state="unconfirmed", supporter=None)
    path = f"/sign-on/confirm/{links.make('sign-on', row.public_id)}/"
    before = client.get(path).content.decode()
    assert "was changed since you sent this" not in before
    letter.words.update(text="Dear Governor.")
    changing.correct(letter.words.get(), "It goes higher.")

    [mark] = re.findall(r'name="shown" value="(\w+)"', before)
    answer = client.post(path, {"shown": mark}).content.decode()
    assert "was changed since you sent this" in answer
    assert "It goes higher." in answer
    row.refresh_from_db()
    assert row.state == "unconfirmed"


def test_a_long_list_is_read_by_state(client):
    letter = made()
    now = timezone.now()
    for number in range(25):
        where = {"kind": "national"} if number < 3 else {"us_state": "FK", "city": "Bay City"}
        Signatory.objects.create(
            sign_on=letter, organization=f"Arc {number}", state="approved", changed_at=now, **where
        )

    page = client.get(PAGE).content.decode()
    assert page.index("National and international") < page.index("Franklin <span")
    assert "25 organizations have signed" in page
