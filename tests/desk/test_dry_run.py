"""A dry run shows who gets which words by which route, and it is what is sent: the same letters,
sealed by the same functions.
"""

import html
import re

import pytest
from django.urls import reverse

from actions.confirm import confirm
from actions.letters import ladders
from actions.letters.write import choose_route
from actions.models import Action, Submission
from actions.take import take_action
from campaigns.models import LetterVersion
from campaigns.preflight import preflight
from desk.letters import dry_run
from legislators.addresses import Address
from legislators.by_hand.offices import NewOffice, add_office
from legislators.models import Seat
from tests import build
from tests.actions.browsing import ACT, send
from tests.actions.posted import body
from worker.models import Delivery

pytestmark = pytest.mark.django_db
SAM = {"given_name": "Sam", "family_name": "Sample", "email": "sam@example.org"}
OWN = "(Here come the supporter's own words.)"


@pytest.fixture
def organizer(client, settings):
    settings.FORM_LEAST_SECONDS = 0
    client.force_login(build.user("organizer"))
    return client


@pytest.fixture
def ask(letter_ask):
    """Ada gets the ask's own letter, Bo a version of it; both by mail."""
    letter_ask.letter_body = "Please open {city|our town}, {title} {legislator}.\n\n[ ] I vote."
    letter_ask.more_subjects = ["Second of {district}", "Third"]
    letter_ask.save()
    build.zip_district("00001", letter_ask)
    bo = Seat.objects.get(position=2)
    holder = build.holder_of(bo).legislator
    holder.contacts.create(kind="email", value="bo@house.example", source=build.source())
    LetterVersion.objects.create(
        ask=letter_ask, name="Press", subject="Press {title}", body="Vote, {title}.", seats=[bo.pk]
    )
    return letter_ask


def page(organizer, ask, **typed):
    address = reverse("desk:ask_preview", args=[ask.campaign.slug, ask.pk])
    answer = organizer.post(address, typed) if typed else organizer.get(address)
    return answer.content.decode()


def shown(text):
    return [
        html.unescape(one)
        for one in re.findall(r'<div class="preview"[^>]*>(.*?)</div>', text, re.S)
    ]


def test_what_the_desk_shows_for_an_address_is_what_somebody_there_sends(organizer, ask, client):
    seen = page(organizer, ask, address="12 Elm Street, Harbor, FK 00001")
    subjects = re.findall(r'Subject:</strong> <span lang="en">(.*?)</span>', seen)

    home = {"street": "12 Elm Street", "city": "Harbor", "state": "FK", "zip": "00001", "age": "34"}
    writing = send(client, client.get(ACT), step="address", **home)
    send(client, writing, step="write", own_words=OWN, **SAM)
    confirm(Submission.objects.get())

    sealed = Delivery.objects.filter(key__startswith="letter:").order_by("pk")
    assert shown(seen) == [body(row.message) for row in sealed]
    assert [row.subject for row in sealed][1:] == subjects[1:] == ["Press Delegate"]
    assert "Press" in seen
    assert seen.count("By e-mail") == 2


def test_the_same_form_is_sealed_byte_for_byte_as_the_dry_run_reads_it(ask):
    places = build.places(ask)
    found = dry_run.Found("FK", places)
    address = Address("12 Elm Street", "Harbor", "FK", "00001")
    dry = dry_run.letters_to(ask, found, address)

    submission = take_action(ask, dry_run.untouched(ask, found, address))
    confirm(submission)

    sealed = list(Delivery.objects.filter(key__startswith="letter:").order_by("pk"))
    assert [one.letter.text for one in dry] == [body(row.message) for row in sealed]
    assert [one.letter.subject for one in dry] == [row.subject for row in sealed]
    assert [one.letter.route for one in dry] == ["email", "email"]
    facts, action = ladders.facts_for(places), Action.objects.get()
    again = [choose_route(action, place, facts).envelope.message for place in places]
    assert again == [bytes(row.message) for row in sealed]


def test_every_seat_is_shown_a_page_at_a_time_each_once(organizer, ask, monkeypatch):
    monkeypatch.setattr(dry_run, "ON_A_PAGE", 1)
    monkeypatch.setattr("desk.letters.pages.ON_A_PAGE", 1)
    address = reverse("desk:ask_preview", args=[ask.campaign.slug, ask.pk])
    first = organizer.get(address).content.decode()
    further = re.search(r'href="(\?after=\d+)"', first)[1]
    second = organizer.get(address + further).content.decode()

    assert "Ada Smith" in first
    assert "Bo Diaz" not in first
    assert "Bo Diaz" in second
    assert "Vote, Delegate." in second
    assert "?after=" not in second


def test_an_address_in_several_districts_shows_the_choice_that_people_get(organizer, ask):
    other = build.seat(district="8")
    build.term(other, build.legislator("Dee Moss", email="dee@house.example"))
    build.zip_district("00001", seat=other)

    asked = page(organizer, ask, address="00001")
    assert "The choice that people get" in asked
    assert "Dee Moss" in asked
    assert shown(asked) == []

    chosen = page(organizer, ask, address="00001", choice_state_lower=other.division)
    assert ["Dee Moss" in text for text in shown(chosen)] == [True]
    assert "The choice that people get" not in chosen


def test_nothing_that_is_typed_there_is_kept_or_logged(organizer, ask, caplog):
    page(organizer, ask, address="77 Secret Lane, Harbor, FK 00001")

    assert not Submission.objects.exists()
    assert not Delivery.objects.exists()
    assert "Secret" not in caplog.text
    assert not ask.campaign.changes.exists()


def test_an_empty_seat_says_that_nobody_is_written_to(organizer, ask):
    build.seat(district="9")

    assert "Nobody is known to sit there." in page(organizer, ask)


def test_from_abroad_it_shows_the_letters_of_the_offices_that_hear_people_there(organizer, ask):
    office = add_office(
        NewOffice("Warden of Franklin", "Warden", "state", "FK"), author="ana@example.org"
    )
    term = build.term(office.seat, build.legislator("Wren Low"))
    ask.rules.create(seats=[office.seat_id])

    def labels():
        return "\n".join(one.label for one in preflight(ask.campaign))

    assert "1 office cannot be written to, no way there is known: Warden Wren Low (Franklin)" in (
        labels()
    )
    assert "People abroad are not invited" in html.unescape(page(organizer, ask, country="GB"))
    assert "people abroad" not in labels()
    ask.campaign.invites_abroad = True
    ask.campaign.save()
    assert "None of its offices hears people abroad" in page(organizer, ask, country="GB")
    assert "none of its offices hears them" in labels()
    office.takes_abroad = True
    office.save()
    term.legislator.contacts.create(kind="email", value="wren@w.example", source=build.source())

    said = page(organizer, ask, country="GB")
    assert "Wren Low" in said
    assert "Ada Smith" not in said
    assert "Exampleton\nUnited Kingdom" in said
    assert "people abroad reach 1 of its 3 seats" in labels()
    assert "cannot be written to" not in labels()
