"""What a watching machine reads: numbers that are true, for those who may read them, and never a
person.
"""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from desk.monitoring import measurements
from tests.build import envelope, posted
from worker import outbox
from worker.engine import holds
from worker.engine.sweep import sweep
from worker.models import Attempt, Delivery, Heartbeat, Lane, Return

pytestmark = pytest.mark.django_db
TOKEN = "a-token-that-is-long-enough-0123456789"


@pytest.fixture(autouse=True)
def _measured_anew():
    cache.delete("desk.monitoring.metrics")
    yield
    cache.delete("desk.monitoring.metrics")


@pytest.fixture
def read(client, settings):
    settings.METRICS_TOKEN = TOKEN

    def get(path="/metrics"):
        cache.delete("desk.monitoring.metrics")
        return client.get(path, headers={"Authorization": f"Bearer {TOKEN}"})

    return get


def ago(**amount):
    return timezone.now() - dt.timedelta(**amount)


def lines(answer):
    return [line for line in answer.content.decode().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("path", ["/metrics", "/health.json"])
def test_without_a_token_or_a_network_there_is_no_such_page(client, settings, path):
    assert client.get(path).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get(path).status_code == 404
    assert client.get(path, headers={"Authorization": "Bearer another"}).status_code == 404
    assert client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code != 404


def test_a_listed_network_needs_no_token(client, settings):
    settings.METRICS_FROM = ["127.0.0.0/8"]
    assert client.get("/metrics").status_code == 200
    settings.METRICS_FROM = ["10.0.0.0/8"]
    assert client.get("/metrics").status_code == 404


def test_every_lane_says_what_waits_and_how_long(read):
    posted(2, lane="letters:a.example")
    posted(1, lane="mail", awaits_confirmation=True)
    Delivery.objects.filter(lane="letters:a.example").update(due_at=ago(minutes=20))

    found = lines(read())

    assert 'take_action_deliveries{lane="letters:a.example",state="queued"} 2' in found
    assert 'take_action_deliveries{lane="mail",state="held"} 1' in found
    assert 'take_action_waiting{waits_for="confirmation"} 1' in found
    [oldest] = [line for line in found if line.startswith("take_action_oldest_due_seconds")]
    assert 1200 <= float(oldest.rsplit(" ", 1)[1]) < 1260


def test_what_waits_keeps_its_old_name_for_one_release(read):
    posted(1, awaits_confirmation=True)

    found = lines(read())

    assert 'take_action_waiting{waits_for="confirmation"} 1' in found
    assert 'take_action_held{waits_for="confirmation"} 1' in found


def test_what_a_hold_stops_is_not_late(read):
    posted(1, lane="letters:a.example")
    Delivery.objects.update(due_at=ago(hours=5))
    holds.place("lane", "letters:a.example", reason="their machine is away", author="Ada")

    found = lines(read())

    assert not any("oldest_due" in line for line in found)
    assert 'take_action_holds{scope="lane"} 1' in found


def test_doubt_failure_returns_and_open_circuits_are_counted(read):
    doubtful, failed, old = posted(3)
    Delivery.objects.filter(pk=doubtful.pk).update(state="uncertain", settled_at=ago(hours=30))
    Delivery.objects.filter(pk=failed.pk).update(state="failed", settled_at=ago(minutes=5))
    Delivery.objects.filter(pk=old.pk).update(state="failed", settled_at=ago(hours=2))
    Return.objects.create(delivery=failed, kind="failed", source="hook", digest="1")
    Lane.objects.create(
        name="letters:house.example", open_until=timezone.now() + dt.timedelta(minutes=5)
    )

    found = lines(read())

    assert "take_action_uncertain 1" in found
    assert "take_action_failed_last_hour 1" in found
    assert 'take_action_returns_last_day{kind="failed"} 1' in found
    assert 'take_action_returns_last_day{kind="complaint"} 0' in found
    assert 'take_action_circuit_open{lane="letters:house.example"} 1' in found


def test_a_sweep_leaves_its_heartbeat(read):
    assert 'take_action_heartbeat_age_seconds{job="sweep"} -1' in lines(read())

    sweep()

    [age] = [line for line in lines(read()) if "heartbeat" in line]
    assert 0 <= float(age.rsplit(" ", 1)[1]) < 60


def test_health_says_what_wants_a_person_and_is_well_when_nothing_does(read):
    sweep()
    assert read("/health.json").json()["wants"] == []
    assert read("/health.json").status_code == 200

    [late] = posted(1)
    Delivery.objects.filter(pk=late.pk).update(due_at=ago(minutes=11))
    Heartbeat.objects.update(at=ago(minutes=4))
    answer = read("/health.json")

    assert answer.status_code == 503
    assert [want.split(":")[0] for want in answer.json()["wants"]] == [
        "Letters wait",
        "No worker has swept for three minutes",
    ]


def test_no_person_address_or_letter_stands_in_the_numbers(read):
    post = envelope(
        recipient="canary@house.example",
        sender_key="action:canary",
        recipient_key="seat:canary",
        awaits_confirmation=True,
    )
    [row] = outbox.post([post])
    Attempt.objects.create(delivery=row, at=timezone.now(), state="failed", answer="canary said no")
    Delivery.objects.filter(pk=row.pk).update(state="uncertain", settled_at=timezone.now())

    for path in ("/metrics", "/health.json"):
        assert "canary" not in read(path).content.decode()


def test_the_text_is_what_prometheus_reads(read):
    posted(1, lane='letters:"odd\\lane')

    label = r'\w+="([^"\\]|\\.)*"'
    sample = rf"take_action_\w+(\{{{label}(,{label})*\}})? -?[\d.]+"
    for line in read().content.decode().splitlines():
        assert re.fullmatch(
            rf"# HELP take_action_\w+ .+|# TYPE take_action_\w+ gauge|{sample}", line
        ), line


def test_asking_again_within_seconds_asks_no_rows(read, django_assert_num_queries, client):
    read()
    with django_assert_num_queries(0):
        assert (
            client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        )


def test_every_number_is_explained():
    assert set(measurements.measure()) == set(measurements.HELP)
