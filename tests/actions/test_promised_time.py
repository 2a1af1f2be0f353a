"""A campaign keeps what people wrote as long as its form says, and then only the count."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actions import recount, take
from actions.breakdowns import checking
from actions.confirm import confirm
from actions.erasing import promised
from actions.models import Action
from actions.replaying import Became, replay
from campaigns import counts
from supporters import links
from supporters.journal import Deed, reading
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import Fields
from tests.actions.posted import letters, mails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


def signed(ask, name, **fields):
    entry = build.entry(email=f"{name}@example.org", given_name=name.title())
    return confirm(take.take_action(ask, build.filled_form(ask, entry=entry, **fields)))


def ended(campaign, days_ago, state="closed"):
    campaign.state, campaign.closed_at = state, timezone.now() - dt.timedelta(days=days_ago)
    campaign.save()


def test_once_the_promised_time_is_over_only_the_count_is_left(client, letter_ask, folder):
    petition = build.ask("petition", campaign=build.campaign(slug="parks", words_kept_days=182))
    build.petition_text(petition)
    sent = take.take_action(petition, build.filled_form(petition))
    page = reverse("actions:confirm", args=[links.make("confirm", sent.public_id)])
    assert b"are kept for half a year after this campaign ends" in client.get(page).content
    campaign = letter_ask.campaign
    campaign.words_kept_days = 90
    campaign.save()
    here, gone, reader = (
        signed(letter_ask, "mary"),
        signed(letter_ask, "gus"),
        signed(letter_ask, "rea", newsletter_wording="Send me news."),
    )
    elsewhere = signed(petition, "mary")
    recount.recount(everything=True)
    before = counts.of_ask(letter_ask)
    client.force_login(build.user("organizer", email="olga@example.org"))
    overview = reverse("desk:campaign", args=[campaign.slug])

    ended(campaign, days_ago=89)
    assert (promised.tonight(), promised.keep_promises()) == ({}, 0)
    ended(campaign, days_ago=91)
    said = StringIO()
    call_command("keep_promises", "--dry-run", stdout=said)
    assert said.getvalue() == f"{campaign.slug}: 3 people\n"
    assert b"what 3 people wrote is taken out" in client.get(overview).content
    assert promised.keep_promises() == 3
    assert promised.keep_promises() == 0

    assert b"What people wrote is taken out" in client.get(overview).content
    assert set(Supporter.objects.values_list("given_name", flat=True)) == {"Mary", "Rea"}
    assert set(Action.objects.exclude(supporter=None)) == {elsewhere}
    assert not any(bytes(row.message) for row in letters())
    kept = {row.key.split(":")[1] for row in mails() if bytes(row.message)}
    assert kept & {str(action.pk) for action in (here, gone, reader)} == set()
    assert counts.of_ask(letter_ask) == before
    recount.recount()
    assert (counts.of_ask(letter_ask), checking.check(letter_ask)) == (before, {})
    again = replay(reading.read_all(folder).lines, dry_run=True)
    assert again == {(Deed.ANONYMIZED, Became.STANDS): 3, (Deed.ERASED, Became.STANDS): 1}


@pytest.mark.parametrize(
    ("before", "after", "is_taken"),
    [(365, "90", True), (90, "365", False), (90, "", False), (None, "730", True)],
)
def test_what_people_have_read_can_become_shorter_but_never_longer(
    client, petition, before, after, is_taken
):
    campaign = petition.campaign
    campaign.words_kept_days, campaign.launched_at = before, timezone.now()
    campaign.save()
    client.force_login(build.user("organizer", email="olga@example.org"))
    page = reverse("desk:campaign_settings", args=[campaign.slug])
    form = Fields(client.get(page).content.decode()).values
    answer = client.post(page, form | {"words_kept_days": after})

    campaign.refresh_from_db()
    assert answer.status_code == (302 if is_taken else 422)
    assert campaign.words_kept_days == (int(after) if is_taken else before)
