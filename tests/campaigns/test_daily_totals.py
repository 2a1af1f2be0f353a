"""What was counted is published each night in lines that prove one another."""

import datetime as dt
import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from campaigns.daily_totals import publishing
from campaigns.daily_totals.chain import BrokenChain
from campaigns.models import DailyTotal, Tally
from tests import build

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 11, 30)


@pytest.fixture
def ask():
    return build.ask("petition", campaign=build.campaign())


def counted(ask, night, **numbers):
    """What the campaign shows by then; the line of that night as it is published."""
    Tally.objects.update_or_create(
        ask=ask, state="", defaults={"counted_at": "2026-11-30T00:00Z"} | numbers
    )
    row = publishing.publish(today=FIRST + dt.timedelta(days=night))
    return json.loads(row.line) if row else None


def test_a_night_has_one_line_and_small_steps_wait_for_a_later_one(ask):
    draft = build.ask("petition", campaign=build.campaign("draft", state="draft"))
    practice = build.ask("petition", campaign=build.campaign("practice", is_demo=True))
    for hidden in (draft, practice):
        Tally.objects.create(ask=hidden, verified=70, counted_at="2026-11-30T00:00Z")

    assert counted(ask, 0, verified=4, pending=90)["totals"] == {}
    assert counted(ask, 0, verified=40) is None  # that day is told already
    assert counted(ask, 1, verified=8, anonymous=4)["totals"] == {"playgrounds": {"verified": 8}}
    assert counted(ask, 2, verified=12, anonymous=5)["totals"] == {"playgrounds": {"anonymous": 5}}
    # From 8, not from the 12 that nobody was told; and down as well as up.
    assert counted(ask, 3, verified=13)["totals"] == {"playgrounds": {"verified": 13}}
    assert counted(ask, 9, verified=3)["totals"] == {"playgrounds": {"verified": 3}}
    assert [row.day.day for row in DailyTotal.objects.all()] == [29, 30, 1, 2, 8]


def test_whoever_kept_a_hash_sees_every_later_change_with_sha256_alone(client, ask):
    for night in range(4):
        counted(ask, night, verified=10 * night)
    file = b"".join(client.get("/counts.jsonl").streaming_content)
    lines = file.decode().splitlines()

    assert [json.loads(line)["previous"] for line in lines[1:]] == [
        hashlib.sha256(line.encode()).hexdigest() for line in lines[:-1]
    ]
    page = client.get("/counts/").content.decode()
    assert hashlib.sha256(lines[-1].encode()).hexdigest() in page
    assert "no new number" in page
    call_command("daily_totals")

    row = DailyTotal.objects.get(number=2)
    changed = row.line.replace('"verified":10', '"verified":99')
    assert changed != row.line
    # With its own hash made to fit, the line after it tells.
    for hash_ in (row.hash, hashlib.sha256(changed.encode()).hexdigest()):
        DailyTotal.objects.filter(number=2).update(line=changed, hash=hash_)
        with pytest.raises(CommandError, match=r"Line [23] (was changed|does not follow)"):
            call_command("daily_totals")


def test_nothing_is_built_on_a_line_that_was_changed(ask):
    counted(ask, 0, verified=10)
    DailyTotal.objects.update(line='{"day":"2026-11-29","number":1,"previous":"","totals":{}}')

    with pytest.raises(BrokenChain):
        counted(ask, 1, verified=20)


def test_after_a_restore_a_copy_that_others_kept_goes_on_where_ours_ends(ask, tmp_path):
    for night in range(4):
        counted(ask, night, verified=10 * night)
    copy = tmp_path / "counts.jsonl"
    published = list(DailyTotal.objects.values_list("line", flat=True))
    copy.write_text("\n".join(published) + "\n")

    DailyTotal.objects.filter(number__gt=2).delete()
    call_command("daily_totals", take_in=copy)
    assert list(DailyTotal.objects.values_list("line", flat=True)) == published

    # Another chain, as of a database that went on by itself after the restore.
    DailyTotal.objects.filter(number__gt=2).delete()
    counted(ask, 3, verified=77)
    with pytest.raises(CommandError, match="not what was published here"):
        call_command("daily_totals", take_in=copy)
