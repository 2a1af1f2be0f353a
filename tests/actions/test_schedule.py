"""Campaigns open and close by the clock, once, as the buttons do it."""

import datetime as dt

import pytest
from django.utils import timezone

from actions.confirm import confirm
from actions.followup import campaign_end, schedule
from actions.models import Update
from actions.take import take_action
from campaigns import petitions
from campaigns.models import Campaign, Ending, Schedule
from tests import build
from tests.together import together
from worker.models import Delivery, Hold

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def a_minute_ago():
    return timezone.now() - MINUTE


@pytest.fixture
def draft(settings):
    """Ready to go live, with a petition."""
    settings.MAIL_FROM = "hello@example.org"
    campaign = build.campaign(state="draft")
    petition = build.ask("petition", campaign=campaign)
    petitions.revise(petition, "en", "We ask.")
    return campaign


def state_of(campaign):
    return Campaign.objects.get(pk=campaign.pk).state


def mails(kind="missed"):
    return Delivery.objects.filter(key__startswith=f"{kind}:")


def test_a_draft_goes_live_at_its_time_and_who_set_it_stands_in_the_history(draft, client):
    times = build.schedule(draft, opens_at=timezone.now() + 60 * MINUTE, is_announced=True)
    assert schedule.keep_all() == 0
    page = client.get("/act/playgrounds/").content.decode()
    assert "This campaign opens on" in page
    assert "Eastern Time" in page
    assert "Long story" not in page
    assert client.post("/act/playgrounds/", {"step": "address"}).status_code == 200
    assert client.get("/act/playgrounds/count.json").status_code == 404
    assert "Open the playgrounds" not in client.get("/").content.decode()
    [told] = client.get("/api/v2/campaigns/").json()["results"]
    assert (told["state"], told["asks"], told["zone"]) == ("draft", [], "America/New_York")
    assert told["opens_at"] is not None
    # Beat was away for three days: it catches up.
    Schedule.objects.update(opens_at=timezone.now() - 3 * 24 * 60 * MINUTE)
    assert "It opens in a moment" in client.get("/act/playgrounds/").content.decode()

    assert (schedule.keep_all(), schedule.keep_all()) == (1, 0)

    assert state_of(draft) == "live"
    deed = draft.changes.get()
    assert (deed.deed, deed.author) == ("launch", "take-action")
    assert deed.note.endswith("set by ana@example.org")
    times.refresh_from_db()
    assert times.opens_at is None
    assert client.get("/act/playgrounds/").status_code == 200
    assert not mails().exists()
    Schedule.objects.update(is_announced=False, opens_at=timezone.now() + MINUTE)
    Campaign.objects.update(state="draft")
    assert client.get("/act/playgrounds/").status_code == 404


def test_a_draft_with_something_to_mend_stays_one_and_organizers_are_told_once(draft, client):
    organizer = build.user("organizer", email="olga@example.org")
    build.user("staff"), build.user("organizer", is_active=False)
    draft.words.update(consent="")
    times = build.schedule(draft)

    assert (schedule.keep_all(), schedule.keep_all()) == (1, 0)

    times.refresh_from_db()
    assert (state_of(draft), times.missed, times.opens_at) == ("draft", "start", None)
    [mail] = mails()
    assert mail.recipient == "olga@example.org"
    client.force_login(organizer)
    for path in ("/desk/campaigns/playgrounds/", "/desk/campaigns/playgrounds/schedule/"):
        page = client.get(path).content.decode()
        assert "It did not go live" in page
        assert "The newsletter box has no consent wording" in page
    assert "campaign did not open or close at its time" in client.get("/desk/").content.decode()
    # By hand it is launched later, and nothing is left to say.
    draft.words.update(consent="Send me news.")
    client.post("/desk/campaigns/playgrounds/do/launch/", {"note": ""})
    assert state_of(draft) == "live"
    assert "It did not go live" not in client.get("/desk/campaigns/playgrounds/").content.decode()


def test_a_start_whose_end_is_over_is_missed(draft):
    draft.words.update(closing_message="Done.")
    build.schedule(draft, opens_at=a_minute_ago() - MINUTE, closes_at=a_minute_ago())

    schedule.keep_all()

    times = Schedule.objects.get()
    assert (state_of(draft), times.missed) == ("draft", "start")
    assert "Its end is over" in times.missed_because[0]


@pytest.mark.django_db(transaction=True)
def test_two_beats_close_it_once_as_the_button_does_and_it_can_be_undone(letter_ask, client):
    campaign = letter_ask.campaign
    campaign.words.update(closing_message="The gates are open.")
    confirm(take_action(letter_ask, build.filled_form(letter_ask)))
    closes = timezone.now() + 60 * MINUTE
    build.schedule(campaign, closes_at=closes, tells_signers=True)
    assert "Open until" in client.get("/act/playgrounds/").content.decode()
    assert client.get("/api/v2/campaigns/playgrounds/").json()["closes_at"] is not None
    Schedule.objects.update(closes_at=a_minute_ago())

    together(schedule.keep_all, schedule.keep_all)

    assert state_of(campaign) == "closed"
    ending = Ending.objects.get()
    assert (ending.deed, ending.author, ending.stops_letters) == ("close", "take-action", True)
    assert Hold.objects.filter(key=f"campaign:{campaign.pk}").exists()
    assert Update.objects.get().is_outcome
    assert campaign.changes.filter(deed="close").count() == 1
    page = client.get("/act/playgrounds/").content.decode()
    assert "The gates are open." in page
    assert "It closed on" in page
    # Whoever undoes it means that it goes on.
    campaign_end.undo(Campaign.objects.get(), build.user("organizer"))
    assert schedule.keep_all() == 0
    assert (state_of(campaign), Schedule.objects.get().closes_at) == ("live", None)


def test_an_end_without_a_closing_message_is_told_and_letters_may_go_on(letter_ask):
    campaign = letter_ask.campaign
    build.user("organizer")
    build.schedule(campaign, closes_at=a_minute_ago(), stops_letters=False)

    schedule.keep_all()

    assert (state_of(campaign), Schedule.objects.get().missed) == ("live", "end")
    assert mails().count() == 1
    assert not Ending.objects.exists()
    campaign.words.update(closing_message="Done.")
    Schedule.objects.update(closes_at=a_minute_ago())
    assert schedule.keep_all() == 1
    assert Ending.objects.get().stops_letters is False
    assert Schedule.objects.get().missed == ""
