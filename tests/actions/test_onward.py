"""On from the thank-you: to a listed host and no other, for adults, and at once only where nothing
is left to do.
"""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from actions.take import take_action
from campaigns import petitions
from campaigns.models import Campaign, OnwardHost
from campaigns.onward import host_of, onward_url
from supporters import links
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import fields

pytestmark = pytest.mark.django_db
URL = "https://give.example.org/thanks?from=playgrounds#now"

OPEN_REDIRECTS = [
    "http://give.example.org/",
    "https://give.example.org.evil.example/",
    "https://evil.example/?https://give.example.org/",
    "https://evil.example#@give.example.org/",
    "https://give.example.org@evil.example/",
    "https://evil.example\\@give.example.org/",
    "https://evil.example\\.give.example.org/",
    "https://sub.give.example.org/",
    "https://give.example.org:8443/",
    "https://give.example.org./",
    "https:////give.example.org/",
    "https:/give.example.org/",
    "//give.example.org/",
    "https://give.exampłe.org/",
    "https://give。example。org/",
    "https://[::1]/",
    "https://127.0.0.1/",
    "https://give.example.org/\nSet-Cookie: a=b",
    "https://give.example.org/\t",
    "https:// give.example.org/",
    "javascript:alert(1)//https://give.example.org/",
    "https://give.example.org%2eevil.example/",
]
# What one reader or another takes for the end of a host, or for nothing.
SEPARATORS = [
    "\\",
    "/\\",
    "\\\\",
    "@",
    ":",
    ";",
    "%2f",
    "%5c",
    "%40",
    "%00",
    "%09",
    "%0d%0a",
    " ",
    "\t",
]
SEPARATORS += [
    "\n",
    "\r",
    "\0",
    "\x0b",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "。",
    "．",
    "｡",
    "／",
    "＠",
]
OPEN_REDIRECTS += [
    url
    for sep in SEPARATORS
    for url in (
        f"https://give.example.org{sep}evil.example/",
        f"https://evil.example{sep}give.example.org/",
        f"https:{sep}//evil.example/give.example.org",
        f"{sep}https://give.example.org/",
    )
]


@pytest.fixture
def listed():
    return OnwardHost.objects.create(host="give.example.org", added_by="ada@example.org")


def confirmed(client, ask, **typed):
    """What somebody reads who has just pressed the button."""
    submission = take_action(ask, build.filled_form(ask, entry=build.entry(**typed)))
    path = reverse("actions:confirm", args=[links.make("confirm", submission.public_id)])
    return path, client.post(path, fields(client.get(path)).values)


def test_no_address_that_only_looks_like_a_listed_host_gets_through(listed):
    campaign = build.campaign(onward_url=URL)
    assert len(OPEN_REDIRECTS) > 100
    assert onward_url(campaign) == URL
    for url in OPEN_REDIRECTS:
        assert host_of(url) != "give.example.org", url
        campaign.onward_url = url
        assert onward_url(campaign) == "", url


def test_whoever_signed_is_led_on_and_later_finds_a_link(client, petition, listed):
    Campaign.objects.update(onward_url=URL)

    path, answer = confirmed(client, petition, email="ada@example.org")

    assert answer["Refresh"] == f"0;url={URL}"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "It counts. Thank you." in answer.content.decode()
    for typed in ("ada", "Nora", "00001"):
        assert typed not in answer["Refresh"]
    later = client.get(path)
    assert "Refresh" not in later
    assert "Continue to give.example.org" in later.content.decode()
    assert f'href="{URL}"' in later.content.decode()
    # Taken off the list, it ends at once.
    listed.delete()
    assert "Continue to" not in client.get(path).content.decode()
    assert "Refresh" not in confirmed(client, petition, email="bo@example.org")[1]


def test_nobody_young_is_led_on_nor_whose_age_nobody_asked(client, petition, listed):
    Campaign.objects.update(onward_url=URL)

    for asks_age in (True, False):
        Campaign.objects.update(asks_age=asks_age)
        petition.refresh_from_db()
        young = {"is_minor": asks_age, "email": f"young{asks_age}@example.org"}
        _path, answer = confirmed(client, petition, **young)
        assert Supporter.objects.latest("pk").age_is_known is asks_age
        assert "It counts. Thank you." in answer.content.decode()
        assert "give.example.org" not in answer.content.decode()
        assert "Refresh" not in answer


def test_whoever_wrote_reads_first_what_becomes_of_it(client, letter_ask, listed):
    Campaign.objects.update(onward_url=URL)
    petition = build.ask("petition", campaign=letter_ask.campaign)
    petitions.revise(petition, "en", "We ask.")

    _path, written = confirmed(client, letter_ask)
    _path, signed = confirmed(client, petition, email="cy@example.org")
    _path, signed_too = confirmed(client, petition)

    assert "Refresh" not in written
    assert "Continue to give.example.org" in written.content.decode()
    # Somebody who signed and has not written yet has something left to do here.
    assert "Refresh" not in signed
    assert "Continue to give.example.org" in signed.content.decode()
    assert "Refresh" in signed_too


def test_an_organizer_names_an_address_only_where_an_administrator_listed_its_host(client):
    campaign = build.campaign(state="draft")
    settings = reverse("desk:campaign_settings", args=[campaign.slug])
    hosts = reverse("desk:onward_hosts")
    organizer = build.user("organizer")

    def save(url):
        client.force_login(organizer)
        form = fields(client.get(settings)).values | {"onward_url": url}
        return client.post(settings, form, follow=True).content.decode()

    assert "give.example.org is not on the administrators’ list" in save(URL)
    assert client.post(hosts, {"host": "give.example.org"}).status_code == 403
    client.force_login(build.user("administrator", email="ada@example.org"))
    for typed in (
        "give.example.org:80",
        "a@give.example.org",
        "localhost",
        "http://x.org",
        "*.org",
    ):
        assert client.post(hosts, {"host": typed}).status_code == 422, typed
    client.post(hosts, {"host": " Give.Example.org"})
    assert (
        "It is listed already." in client.post(hosts, {"host": "give.example.org"}).content.decode()
    )
    save(URL)
    campaign.refresh_from_db()
    assert campaign.onward_url == URL
    assert campaign.changes.first().after == {"onward_url": URL}
    save("give.example.org/more")
    campaign.refresh_from_db()
    assert campaign.onward_url == "https://give.example.org/more"
    launch = reverse("desk:campaign_deed", args=[campaign.slug, "launch"])
    assert "Its thank-you leads on to give.example.org" in client.get(launch).content.decode()
    client.force_login(build.user("administrator", email="ada2@example.org"))
    assert "Open the playgrounds" in client.get(hosts).content.decode()
    client.post(reverse("desk:onward_host_end", args=[OnwardHost.objects.get().pk]))
    assert "Its thank-you leads nowhere" in client.get(launch).content.decode()
    assert list(
        AuditEntry.objects.filter(deed__startswith="onward").values_list("deed", "actor", "subject")
    ) == [
        ("onward host listed", "ada@example.org", "give.example.org"),
        ("onward host taken off", "ada2@example.org", "give.example.org"),
    ]
