"""Organizations sign a letter: by their mailbox, looked at by people, until it closes."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from actions import retention
from actions.erasing import How, erase
from actions.models import Signatory
from actions.sign_ons import forgetting, signing
from actions.sign_ons.form import SigningForm
from campaigns.models import SignOn
from supporters import consent
from supporters.models import Supporter
from tests import build
from tests.actions.sign_ons import DAY, DESK, PAGE, made, own_link
from tests.traces import as_text
from worker.models import Delivery, Restore

pytestmark = pytest.mark.django_db
FORM = {
    "organization": "The Arc of Franklin, Inc.",
    "kind": "state",
    "city": "Bay City",
    "us_state": "FK",
    "site": "arc-franklin.example",
    "given_name": "Odalys",
    "family_name": "Quincunx",
    "role": "Executive Director",
    "email": "odalys@arc-franklin.example",
    "age": "51",
    "shows": "organization",
    "authorized": "on",
    "website": "",
}


@pytest.fixture
def letter():
    return made()


@pytest.fixture
def as_organizer():
    browser = Client()
    browser.force_login(build.user("administrator", email="ana@example.org"))
    return browser


def send(client, **typed):
    return client.post(PAGE, FORM | typed, headers={"Sec-Fetch-Site": "same-origin"})


def link_in(delivery):
    return re.search(r"https?://[^/]+(/sign-on/[a-z]+/\S+/)", as_text(delivery.message))[1]


def signed(client, **typed):
    """Typed, and said by the mailbox."""
    assert send(client, **typed).status_code == 200
    row = Signatory.objects.latest("pk")
    signing.confirm(row)
    row.refresh_from_db()
    return row


def approved(client, **typed):
    row = signed(client, **typed)
    row.move("approved")
    return row


def shown(client, path=PAGE):
    return client.get(path).content.decode()


def test_an_organization_is_on_the_list_once_its_mailbox_and_people_here_said_yes(
    client, letter, as_organizer
):
    page = shown(client)
    assert "<strong>play</strong>" in page
    assert "Speaker Ada Vale" in page
    assert "No organization has signed yet" in page
    assert "Eastern Time" in page

    assert "odalys@arc-franklin.example" in send(client).content.decode()
    send(client)
    mail = Delivery.objects.get()
    # Nothing of what a stranger may have typed goes to a mailbox that has not answered.
    assert not re.search("Quincunx|Arc of|Odalys", as_text(mail.message))
    link = link_in(mail)
    asked = client.get(link)
    assert "Quincunx" in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    assert Signatory.objects.get().state == "unconfirmed"

    shown_then = re.search(r'name="shown" value="(\w+)"', asked.content.decode())[1]
    Signatory.objects.update(role="Clerk")
    assert "Something changed" in client.post(link, {"shown": shown_then}).content.decode()
    Signatory.objects.update(role="Executive Director")
    client.post(link, {"shown": shown_then})
    row = Signatory.objects.get()
    assert (row.state, row.authority) == (
        "waiting",
        "I am authorized to sign for this organization.",
    )
    assert consent.is_granted(row.supporter, "sign_on")
    assert row.supporter.zip == ""
    assert "No organization has signed yet" in shown(client)

    as_organizer.post(f"{DESK}organizations/", {"do": "approve", "one": row.pk})
    page = shown(client)
    assert "1 organization has signed" in page
    assert "The Arc of Franklin, Inc." in page
    assert "Quincunx" not in page
    assert "odalys@" not in page
    assert "Clerk" not in page
    told = Delivery.objects.get(key__startswith="sign_on_approved")
    own = link_in(told)
    assert "The Arc" in client.get(own).content.decode()
    client.post(own)
    assert "No organization has signed yet" in shown(client)
    row.refresh_from_db()
    assert (row.state, row.email, row.supporter) == ("withdrawn", "", None)
    assert not consent.is_granted(Supporter.objects.get(), "sign_on")


def test_a_representative_is_named_only_as_long_as_they_allow_it(client, letter):
    row = approved(client, shows="person")
    assert "Odalys Quincunx, Executive Director" in shown(client)

    consent.end(row.supporter, "sign_on")
    assert "Quincunx" not in shown(client)
    assert "Arc of Franklin" in shown(client)


def test_who_may_not_sign_is_told_so_and_leaves_nothing(client, letter):
    assert "You, who sign" in send(client, authorized="").content.decode()
    assert send(client, authorized="").status_code == 422
    assert send(client, us_state="").status_code == 422
    assert send(client, kind="intl", us_state="-", website="x").status_code == 200  # a machine
    assert "Only grown-ups" in send(client, age="16", email="", city="").content.decode()
    assert "Only grown-ups" in send(client, age="9").content.decode()
    # Going back and typing another age changes nothing.
    assert "Only grown-ups" in send(client, age="51").content.decode()
    foreign = client.post(PAGE, FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert not Signatory.objects.exists()
    assert not Delivery.objects.exists()
    assert not Supporter.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("w" * 2999, "This is 2999 characters long, and 292 fit."),
        ("https://" + "w" * 2991, "This is 2999 characters long, and 300 fit."),
        ("a\0b", "A web address, such as example.org."),
        ("no such site", "A web address, such as example.org."),
        (f"{'w' * 288}.org", "A web address, such as example.org."),
    ],
)
def test_of_a_website_that_is_no_good_one_thing_is_said_with_the_length_that_was_typed(typed, said):
    form = SigningForm(FORM | {"site": typed})
    [one] = form.errors["site"]
    assert one.startswith(said)
    form = SigningForm(FORM | {"site": "example.org"})
    assert "site" not in form.errors


def test_whom_we_know_as_young_signs_for_nobody(client, letter):
    send(client)
    row = Signatory.objects.get()
    names = {"given_name": row.given_name, "family_name": row.family_name, "email": row.email}
    build.supporter(**names, is_minor=True)
    link = link_in(Delivery.objects.get())
    mark = re.search(r'name="shown" value="(\w+)"', shown(client, link))[1]

    assert "Only grown-ups" in client.post(link, {"shown": mark}).content.decode()
    assert not Signatory.objects.exists()


def test_it_closes_at_its_deadline_and_a_late_form_is_given_back(client, letter):
    send(client)
    row = Signatory.objects.get()
    SignOn.objects.update(closes_at=timezone.now() - DAY / 24)

    page = shown(client)
    assert "Sign this letter" not in page
    assert "takes no more signatures" in page
    late = send(client, organization="Late Choir").content.decode()
    assert "had closed" in late
    assert "Late Choir" in late
    assert Signatory.objects.get() == row
    # What was sent in time is looked at.
    assert signing.confirm(row).state == "waiting"
    assert client.get("/sign-on/").content.decode().count("Closed, not delivered yet") == 1


def test_a_page_that_is_kept_is_another_one_in_the_second_after_a_change(client, letter, settings):
    settings.KEPT_MOST, settings.KEPT_UNCHECKED_S = 50, 0
    assert "Sign this letter" in shown(client)
    assert "Sign this letter" in shown(client)
    SignOn.objects.update(closed_at=timezone.now())

    assert "Sign this letter" not in shown(client)
    assert "max-age=1" in client.get(PAGE)["Cache-Control"]


def test_what_was_handed_over_is_told_honestly(client, letter, as_organizer):
    row = approved(client)
    delivery = {"do": "delivered", "on": str(timezone.localdate()), "to": "the Speaker’s office"}
    delivery |= {"how": "Stamped copy, folder 12", "tells": "on"}
    assert as_organizer.post(f"{DESK}delivery/", delivery).status_code == 200  # still open
    as_organizer.post(f"{DESK}deadline/", {"do": "close"})
    assert "has not handed" not in shown(client)
    assert "Delivered on" not in shown(client)
    assert as_organizer.post(f"{DESK}delivery/", delivery | {"how": ""}).status_code == 422
    as_organizer.post(f"{DESK}delivery/", delivery)

    page = shown(client)
    assert "Delivered on" in page
    assert "the Speaker’s office" in page
    assert "folder 12" not in page
    assert Delivery.objects.filter(key__startswith="sign_on_delivered").count() == 1
    own = own_link(row)
    assert "stays as it is" in shown(client, own)
    client.post(own)
    page = shown(client)
    assert "Arc of Franklin" not in page
    assert "still names it" in page
    forgetting.forget_old(timezone.now() + 400 * DAY)
    row.refresh_from_db()
    assert (row.given_name, row.organization) == ("", "The Arc of Franklin, Inc.")


def test_nothing_of_an_erased_representative_is_left_and_their_organization_stays(client, letter):
    one = approved(client, shows="person")
    person = one.supporter
    two = signed(client, organization="Choir of Franklin")
    build.supporter(email="other@arc-franklin.example")
    waits = send(client, organization="Band of Franklin") and Signatory.objects.latest("pk")
    rows = forgetting.own_data(person)[2]
    assert [row["organization"] for row in rows] == [
        *("The Arc of Franklin, Inc.", "Choir of Franklin", "Band of Franklin")
    ]

    erase(person, by="ana", how=How.LINK)
    assert list(Signatory.objects.all()) == [one]
    one.refresh_from_db()
    assert (one.email, one.role, one.mailbox, one.supporter_key) == ("", "", "", "")
    assert not Signatory.objects.filter(pk__in=[two.pk, waits.pk]).exists()
    assert "Arc of Franklin" in shown(client)
    assert "Quincunx" not in shown(client)
    left = Delivery.objects.filter(key__startswith="sign_on").exclude(recipient="")
    assert not left.exists()


def test_what_nobody_confirmed_or_what_was_declined_is_forgotten(client, letter):
    send(client)
    mailed = Delivery.objects.get()
    declined = signed(client, email="b@b.example", organization="B")
    declined.move("declined", reason="Use your work mailbox.")
    stays = approved(client, email="c@c.example", organization="C")
    waiting = signed(client, email="d@d.example", organization="D")

    Signatory.objects.filter(state="unconfirmed").update(created_at=timezone.now() - 15 * DAY)
    retention.forget_unconfirmed()
    assert set(Signatory.objects.all()) == {declined, stays, waiting}
    mailed.refresh_from_db()
    assert (mailed.recipient, bytes(mailed.message)) == ("", b"")
    forgetting.forget_old(timezone.now() + 31 * DAY)
    assert set(Signatory.objects.all()) == {stays, waiting}
    Signatory.objects.filter(pk=waiting.pk).update(changed_at=timezone.now() - 90 * DAY)
    SignOn.objects.update(closes_at=timezone.now() - 90 * DAY)
    retention.forget_unconfirmed()
    assert set(Signatory.objects.all()) == {stays}


def test_after_a_restore_a_signature_that_was_taken_back_stays_so(
    client, letter, settings, tmp_path
):
    settings.JOURNAL_DIR = tmp_path
    lost = approved(client, email="lost@b.example", organization="Lost")
    found = own_link(lost)
    Restore.objects.create(moment=timezone.now() - DAY, ended_at=timezone.now())
    Signatory.objects.filter(pk=lost.pk).delete()
    assert client.post(found).status_code == 200
    row = approved(client)
    before = Signatory.objects.filter(pk=row.pk).values().get()
    signing.withdraw(row)
    Signatory.objects.filter(pk=row.pk).update(**before)

    call_command("replay_journal", "--really", stdout=(said := StringIO()))
    row.refresh_from_db()
    assert row.state == "withdrawn"
    told = "Signatures of organizations taken back: 1 done again, 1 not in this database"
    assert told in said.getvalue()
