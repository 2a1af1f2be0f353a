"""A campaign's page is drawn once for everybody, and again as soon as anything it prints is new."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from actions.pages import campaign as campaign_page
from actions.withdraw import withdraw
from campaigns import kept
from campaigns.brand import version
from campaigns.models import Brand, Partner, Picture, Pixels, Tally
from tests import build

ACT, TOLD = "/act/playgrounds/", "Among those who signed"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@pytest.fixture
def petition():
    made = build.ask("petition", campaign=build.campaign(bill="HB 12"))
    made.campaign.words.create(language="es", title="Abran los parques", story="Largo.")
    build.petition_text(made)
    Brand.objects.create(name="Children First")
    return made


@pytest.fixture
def drawn(monkeypatch):
    """The addresses that were drawn, each time that one was."""
    urls, draw = [], campaign_page.answer

    def noted(request, *args):
        urls.append(request.get_full_path())
        return draw(request, *args)

    monkeypatch.setattr(campaign_page, "answer", noted)
    return urls


def look(client, url=ACT, times=3, **headers):
    """By the second look it is known what the page is made of; the third is given what is kept."""
    return [client.get(url, headers=headers) for _ in range(times)][-1]


def signed(ask):
    """Somebody who wanted to be seen, and is."""
    now = timezone.now()
    person = build.supporter(given_name="Quilla", age_is_known=True)
    seen = {"state": "confirmed", "name_is_public": True, "confirmed_at": now}
    return Action.objects.create(
        ask=ask,
        supporter=person,
        idempotency_key=person.public_id,
        created_at=now,
        changed_at=now,
        **seen,
    )


def changes(ask):
    """What anybody may do to a campaign, and what its page says from then on, or no more."""
    campaign, words = ask.campaign, ask.campaign.words.get(language="en")
    bill, brand = campaign.bills.get(), Brand.objects.get()
    action, friends = signed(ask), Partner.objects.create(slug="friends", name="Friends of Polk")

    def put(row, **fields):
        type(row).objects.filter(pk=row.pk).update(**fields)

    yield "Open them now", lambda: put(words, title="Open them now")
    yield "A new question", lambda: put(ask.words.get(), heading="A new question")
    yield "Mothers First", lambda: put(brand, name="Mothers First")
    blue = Brand(accent="#123456", deep=brand.deep)
    yield f"?v={version(blue)}", lambda: put(brand, accent=blue.accent)
    yield "4,321", lambda: Tally.objects.create(ask=ask, verified=4321, counted_at=timezone.now())
    yield "passed one chamber", lambda: put(bill, stage="passed_one")
    yield "A better text.", lambda: build.petition_text(ask, "A better text.")
    yield "Friends of Polk", lambda: campaign.partnerships.create(partner=friends)
    yield "Friends of all", lambda: put(friends, name="Friends of all")
    pixels = Pixels.objects.create(digest="d" * 64)
    pixels.files.create(digest="e" * 64, width=64, height=64, content=b"")
    yield (
        "A swing",
        lambda: campaign.pictures.create(
            number=1, pixels=pixels, is_head=True, alt_texts={"en": "A swing"}
        ),
    )
    yield "A red swing", lambda: Picture.objects.update(alt_texts={"en": "A red swing"})
    closes_at = timezone.now() + dt.timedelta(days=2)
    yield "Open until", lambda: build.schedule(campaign, closes_at=closes_at)
    yield "Children everywhere", lambda: campaign.issue.words.update(name="Children everywhere")
    yield "-Quilla", lambda: withdraw(action)
    yield "Call", lambda: build.ask("call", campaign=campaign)
    yield 'data-stage="closed"', lambda: put(campaign, state="closed")


def test_whatever_it_prints_changes_it_is_drawn_anew_and_otherwise_never(client, petition, drawn):
    for says, change in changes(petition):
        look(client, times=2)
        count, before = len(drawn), client.get(ACT)
        change()
        after = client.get(ACT)

        assert len(drawn) == count + 1, says
        assert after.headers["ETag"] != before.headers["ETag"], says
        word, is_new = says.removeprefix("-"), says[0] != "-"
        assert (word in before.content.decode(), word in after.content.decode()) == (
            not is_new,
            is_new,
        ), says


def test_another_signature_is_one_look_at_all_rows_and_two_for_its_numbers(client, petition):
    for state in ("", "PK"):
        Tally.objects.create(ask=petition, state=state, verified=1, counted_at=timezone.now())
    look(client)
    Tally.objects.filter(ask=petition, state="PK").update(verified=4320)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(ACT)

    assert b"4,321" in page.content
    assert len(asked) == 3


def test_it_holds_nothing_of_whoever_had_it_drawn(petition, drawn):
    colleague, stranger = Client(), Client()
    colleague.force_login(build.user("administrator"))
    colleague.get(reverse("accounts:login"))  # with its CSRF cookie
    typed = {"step": "address", "of_ask": petition.pk, "zip": "Canary 1", "age": "Canary 2"}
    assert b"Canary" in stranger.post(ACT, typed).content

    theirs = look(colleague, ACT + "?source=Canary%204&fbclid=Canary")
    ours = stranger.get(ACT, {"anything": "Canary", "sample": "99999"})

    assert ours.content == theirs.content
    assert b"Canary" not in ours.content
    assert b"csrf" not in ours.content
    assert not theirs.cookies
    assert not theirs.has_header("Vary")
    assert drawn == [ACT] * 2 + [ACT]
    # What the page prints of its address is a page of its own.
    assert b"/es/act/playgrounds/?source=share" in look(stranger, ACT + "?utm_source=Share").content
    assert look(stranger, "/es" + ACT).content != ours.content


def test_browsers_and_proxies_are_told_that_theirs_is_still_right(client, petition, drawn):
    page = look(client)
    tag, count = page.headers["ETag"], len(drawn)

    same = client.get(ACT, headers={"If-None-Match": f'"other", W/{tag}'})
    head = client.head(ACT)
    other = client.get(ACT, headers={"If-None-Match": '"other"'})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert same.headers["X-Accel-Expires"].startswith("@")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]
    assert (other.status_code, other.content) == (200, page.content)
    assert page.headers["Cache-Control"] == same.headers["Cache-Control"] == "public, max-age=1"
    assert len(drawn) == count
    petition.campaign.words.update(title="New")
    assert client.get(ACT, headers={"If-None-Match": tag}).status_code == 200


def test_addresses_that_lead_nowhere_take_nobodys_place(client, petition, settings, drawn):
    settings.KEPT_MOST = 10
    look(client)
    count = len(drawn)

    for number in range(9):
        assert client.get(f"/act/none-{number}/").status_code == 404

    assert look(client).status_code == 200
    assert len(drawn) == count + 9


def test_the_database_is_asked_at_most_once_in_that_time(client, petition, settings, monkeypatch):
    settings.KEPT_UNCHECKED_S = 0.2
    now = [1000.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: now[0])
    look(client, times=2)
    petition.campaign.words.update(title="New")

    with CaptureQueriesContext(connection) as asked:
        assert b"<h1>New" not in look(client).content
    assert len(asked) == 0
    now[0] += 0.3
    assert b"<h1>New" in client.get(ACT).content


def test_what_a_transaction_has_not_committed_is_kept_for_nobody(client, petition):
    look(client)

    with transaction.atomic():
        petition.campaign.words.update(title="Never")
        assert b"<h1>Never" in look(client).content
        transaction.set_rollback(True)

    assert b"<h1>Never" not in client.get(ACT).content


def test_of_many_at_once_one_draws_it(petition, drawn):
    look(Client())
    petition.campaign.words.update(title="New")
    count, pages = len(drawn), []

    def visit():
        pages.append(Client().get(ACT).content)
        connection.close()

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert len(set(pages)) == 1
    assert b"<h1>New" in pages[0]
    assert len(drawn) == count + 1
