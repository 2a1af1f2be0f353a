"""Close and Win can be undone for half an hour, entirely; then what has not left never does."""

import pytest

from actions.followup import tell_writers
from actions.followup.campaign_end import concerned, end, finish_all, undo
from actions.models import Action, Letter
from actions.take import CampaignClosed, take_action
from campaigns import publishing, safeguards
from campaigns.models import Campaign, Ending
from campaigns.publishing import NotReady, WrongState
from campaigns.while_live import kept_fit
from supporters import links
from tests import build
from tests.actions.browsing import fields
from tests.actions.ended import (
    LANE,
    closed,
    fresh,
    half_an_hour_goes_by,
    state_of,
    status_page,
    text_of,
    written,
)
from worker.engine import holds
from worker.engine.deliver import deliver
from worker.models import Delivery, Hold, State

pytestmark = pytest.mark.django_db


def test_what_is_closed_takes_nothing_more_and_its_letters_wait_until_it_is_undone(
    letter_ask, author, smtp_sink
):
    letter = written(letter_ask)
    other = written(letter_ask, given_name="Ben", email="ben@example.org")
    expires = Delivery.objects.get(pk=letter.pk).expires_at
    closed(letter_ask, author)

    with pytest.raises(CampaignClosed):
        take_action(type(letter_ask).objects.get(), build.filled_form(letter_ask))
    deliver(LANE)
    assert {state_of(letter), state_of(other)} == {State.QUEUED}
    finish_all()
    assert fresh(letter_ask).state == "closed"

    undo(fresh(letter_ask), author)
    campaign = fresh(letter_ask)
    assert (campaign.state, campaign.closed_at, campaign.letters_stopped_at) == ("live", None, None)
    assert campaign.words.get().closing_message == ""
    assert not Hold.objects.exists()
    assert Delivery.objects.get(pk=letter.pk).expires_at > expires
    for _ in range(2):
        deliver(LANE)
    assert {state_of(letter), state_of(other)} == {State.SENT}
    assert len(smtp_sink.caught) == 2
    half_an_hour_goes_by()
    assert finish_all() == 0


def test_after_half_an_hour_what_has_not_left_is_stopped_and_its_writer_is_told(
    client, letter_ask, author
):
    letter = written(letter_ask)
    ending = closed(letter_ask, author)
    assert "The campaign ended on" in status_page(client)
    assert "before your letter left. It waits here until" in status_page(client)

    half_an_hour_goes_by()
    assert (finish_all(), finish_all()) == (1, 0)

    assert state_of(letter) == State.CANCELLED
    assert not Hold.objects.exists()
    assert not Ending.objects.exists()
    assert "The campaign ended before it left." in status_page(client)
    tell_writers.tell()
    assert Letter.objects.get(delivery=letter).told_at
    last = letter_ask.campaign.changes.first()
    assert (last.deed, last.after) == ("final", {"stopped": "1"})
    with pytest.raises(WrongState):
        undo(ending.campaign, author)


@pytest.mark.parametrize("is_undone", [True, False])
def test_who_confirms_within_the_half_hour_counts_and_their_letter_shares_its_fate(
    client, letter_ask, author, is_undone
):
    submission = take_action(letter_ask, build.filled_form(letter_ask))
    closed(letter_ask, author)

    link = f"/confirm/{links.make('confirm', submission.public_id)}/"
    asked = client.get(link)
    assert "its organizers may take that back" in text_of(asked)
    assert "goes out" not in text_of(asked)
    confirmed = client.post(link, fields(asked).values)
    assert "One letter waits here: letters are paused for now." in text_of(confirmed)
    letter = Delivery.objects.get(key__startswith="letter:")
    assert state_of(letter) == State.QUEUED

    if is_undone:
        undo(fresh(letter_ask), author)
    half_an_hour_goes_by()
    finish_all()
    assert state_of(letter) == (State.QUEUED if is_undone else State.CANCELLED)
    assert Action.objects.get().state == Action.State.CONFIRMED


def test_won_after_closed_begins_the_half_hour_anew_and_one_undo_leads_back_to_live(
    letter_ask, author
):
    letter = written(letter_ask)
    first = closed(letter_ask, author)
    second = end(fresh(letter_ask), "win", author, closing_messages={"en": "We won."})

    assert second.due_at > first.due_at
    assert Hold.objects.count() == Ending.objects.count() == 1
    assert fresh(letter_ask).state == "won"
    undo(fresh(letter_ask), author)
    assert fresh(letter_ask).state == "live"
    assert letter_ask.campaign.words.get().closing_message == ""
    assert (state_of(letter), Hold.objects.exists()) == (State.QUEUED, False)


def test_letters_that_are_to_go_go_also_from_a_campaign_that_was_paused(letter_ask, author):
    letter = written(letter_ask)
    closed(letter_ask, author, stops_letters=False)
    assert not Hold.objects.exists()
    half_an_hour_goes_by()
    finish_all()
    assert state_of(letter) == State.QUEUED

    Campaign.objects.update(state="paused")
    holds.place("campaign", f"campaign:{letter_ask.campaign_id}", reason="Rest", author="olga")
    closed(letter_ask, author, stops_letters=False)
    assert Hold.objects.exists()
    half_an_hour_goes_by()
    finish_all()
    assert (state_of(letter), Hold.objects.exists()) == (State.QUEUED, False)


def test_a_hold_that_stood_before_and_what_a_colleague_wrote_since_outlive_the_undo(
    letter_ask, author
):
    Campaign.objects.update(state="paused")
    letter_ask.campaign.words.update(closing_message="Back on Monday.")
    holds.place("campaign", f"campaign:{letter_ask.campaign_id}", reason="Rest", author="olga")
    closed(letter_ask, author)
    undo(fresh(letter_ask), author)
    assert fresh(letter_ask).state == "paused"
    assert letter_ask.campaign.words.get().closing_message == "Back on Monday."
    assert Hold.objects.get().reason == "Rest"

    closed(letter_ask, author)
    letter_ask.campaign.words.update(closing_message="Otto's words.")
    undo(fresh(letter_ask), author)
    assert letter_ask.campaign.words.get().closing_message == "Otto's words."


def test_until_the_half_hour_is_over_nothing_breaks_what_may_be_live_again(letter_ask, author):
    closed(letter_ask, author)
    campaign = fresh(letter_ask)

    assert "archive" not in publishing.open_deeds(campaign)
    with pytest.raises(WrongState):
        publishing.archive(fresh(letter_ask), author)
    with pytest.raises(NotReady), kept_fit(campaign):
        letter_ask.rules.all().delete()
    switches = {"asks_age": False, "confirms_by_mail": True, "reason": "A room of children."}
    with pytest.raises(safeguards.IsLive):
        safeguards.change(fresh(letter_ask), author, **switches)


def test_whom_it_concerns_is_counted_in_letters_people_and_offices(letter_ask, author):
    build.term(
        build.seat(district="7", position=3),
        build.legislator("Cy Fox", email="cy@house.franklin.example"),
    )
    written(letter_ask)
    written(letter_ask, given_name="Ben", email="ben@example.org")

    take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(given_name="Cy")))
    found = concerned(letter_ask.campaign)

    assert (found.letters, found.people, found.offices, found.unconfirmed) == (4, 2, 2, 1)
