"""Supporters outside the United States: where they are heard, and what they can do instead."""

import uuid

import pytest
from django.core.cache import cache

from actions import recount, take
from actions.breakdowns.true_numbers import true_numbers
from actions.confirm import confirm
from actions.letters.text import whole_text
from actions.models import Action, Submission
from actions.offices import places_by_id
from campaigns import counts
from campaigns.models import Ask, Metric, Side
from desk.numbers import cuts, reading
from desk.numbers.reading import Scope
from legislators.by_hand.offices import NewOffice, add_office
from tests import build
from tests.actions.browsing import ACT, ME, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
ABROAD = {"country": "GB", "city": "Leeds", "zip": "LS1 4AP", "age": "34"}


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def warden(letter_ask):
    """An office of our own that the ask addresses beside the legislators."""
    office = add_office(
        NewOffice("Warden of Franklin", "Warden", "state", "FK"), author="ana@example.org"
    )
    build.term(office.seat, build.legislator("Wren Low", email="wren@warden.example"))
    letter_ask.rules.create(seats=[office.seat_id])
    return office


def test_a_campaign_that_invites_nobody_abroad_says_what_they_can_do(client, letter_ask, warden):
    first = client.get(ACT)
    assert "where they last lived in the United States" in words(first)

    answer = send(client, first, step="abroad")
    assert "A letter from abroad would be set aside there" in words(answer)
    Ask.objects.update(kind="call")
    assert "A call from abroad" in words(send(client, first, step="abroad"))
    Ask.objects.update(kind="letter")
    # Neither can it be had by typing a country into the form.
    answer = send(client, first, step="address", **ABROAD)
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_from_abroad_a_letter_goes_to_the_offices_that_hear_it_and_to_no_legislator(
    client, letter_ask, warden, whole_zip
):
    campaign = letter_ask.campaign
    campaign.invites_abroad = True
    campaign.save()
    refused = send(client, client.get(ACT), step="abroad")
    assert "A letter from abroad would be set aside there" in words(refused)
    warden.takes_abroad = True
    warden.save()

    form = send(client, client.get(ACT), step="abroad")
    assert "Choose your country" in words(form)
    assert send(client, form, step="address", age="34").status_code == 422
    page = send(client, form, step="address", **ABROAD)
    assert "Wren Low" in words(page)
    assert "You live in</span> Leeds, LS1 4AP, United Kingdom" in words(page)
    send(client, page, step="write", own_words="I grew up there.", phone="0113 496 0000", **ME)

    action = confirm(Submission.objects.get())
    assert (action.country, action.us_state) == ("GB", "")
    assert [letter.seat_id for letter in action.letters.all()] == [warden.seat_id]
    assert action.supporter.phone == "+441134960000"

    text = whole_text(Action.objects.get(), places_by_id([warden.seat_id])[0])
    assert text.rstrip().endswith("Leeds, LS1 4AP\nUnited Kingdom")


def test_who_lives_abroad_is_counted_in_the_whole_and_told_apart(client, petition):
    def sign(*countries):
        for country in countries:
            entry = build.entry(email=f"{uuid.uuid4()}@example.org", country=country, state="")
            confirm(take.take_action(petition, build.filled_form(petition, entry=entry)))
        recount.recount()
        cache.clear()
        return words(client.get(f"/act/{petition.campaign.slug}/"))

    assert "of them live in" not in sign("MX", "MX", "MX", "CA", "US")
    assert "5 of them live in 2 other countries." in sign("CA")
    assert counts.of_ask(petition).verified == 6
    assert true_numbers(petition)[Side.COUNTRY, "MX", Metric.VERIFIED] == 3
    [table] = cuts.by_country(reading.read(Scope((petition.pk,))))
    assert {row.label for row in table.rows} == {"Mexico", "Canada"}  # small: in no order
