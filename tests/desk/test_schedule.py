"""A start and an end that are typed as the clock of a zone shows them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Schedule
from tests import build

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year + 1


def test_times_are_kept_in_the_zone_that_is_named_and_impossible_ones_are_refused(client):
    campaign = build.campaign(state="draft")
    client.force_login(build.user("organizer", email="ana@example.org"))
    page = reverse("desk:campaign_schedule", args=[campaign.slug])

    def save(opens="", closes="", zone="America/Denver", **more):
        typed = {"zone": zone, "opens_at": opens, "closes_at": closes, "letters": "stop"}
        return client.post(page, typed | more, follow=True).content.decode()

    assert 'type="datetime-local"' in client.get(page).content.decode()
    # The second Sunday of March is between the 8th and the 14th.
    march = next(day for day in range(8, 15) if timezone.datetime(YEAR, 3, day).isoweekday() == 7)
    november = next(
        day for day in range(1, 8) if timezone.datetime(YEAR, 11, day).isoweekday() == 7
    )
    skipped = f"{YEAR}-03-{march:02d}T02:30"
    assert "take 1:30 a.m. or 3:30 a.m." in save(skipped)
    assert "That is over already." in save("2020-01-01T09:00")
    assert "That is years away." in save("2206-01-01T09:00")
    assert "A day and a time" in save("tomorrow")
    assert "Write the closing message first" in save(closes=f"{YEAR}-06-01T17:00")
    campaign.words.update(closing_message="Done.")
    assert "It would close before it opens." in save(f"{YEAR}-06-01T17:00", f"{YEAR}-06-01T17:00")
    campaign.words.update(summary="[One sentence: what we ask for]")
    announced = save(f"{YEAR}-06-01T09:00", is_announced="on")
    assert "People would read: [One sentence: what we ask for]" in announced
    campaign.words.update(summary="They are closed.")
    assert not Schedule.objects.exists()

    twice = f"{YEAR}-11-{november:02d}T01:30"
    assert "Clocks show 1:30 a.m. twice that night" in save(twice)
    assert Schedule.objects.get().opens_at.hour == 7
    said = save(f"{YEAR}-06-01T09:00", f"{YEAR}-06-03T17:00", is_announced="on", letters="go")
    assert f"June 1, {YEAR}, 9:00 a.m. Mountain Time" in said
    assert f'value="{YEAR}-06-01T09:00"' in said
    times = Schedule.objects.get()
    assert (times.opens_at.hour, times.author) == (15, "ana@example.org")
    assert (times.is_announced, times.stops_letters) == (True, False)
    # Saved once more as it stands, nothing changes.
    before = campaign.changes.count()
    save(f"{YEAR}-06-01T09:00", f"{YEAR}-06-03T17:00", is_announced="on", letters="go")
    assert campaign.changes.first().after == {}

    client.post(reverse("desk:schedule_end", args=[campaign.slug]))
    assert not Schedule.objects.exists()
    last = campaign.changes.first()
    assert (last.deed, last.author) == ("schedule", "ana@example.org")
    assert last.before["opens_at"] == f"{YEAR}-06-01T09:00"
    assert campaign.changes.count() == before + 2
    history = client.get(reverse("desk:campaign_history", args=[campaign.slug])).content.decode()
    assert "Start and end" in history
    campaign.state = "closed"
    campaign.save()
    assert "has ended" in client.get(page).content.decode()
    save(f"{YEAR}-06-01T09:00")
    assert not Schedule.objects.exists()
