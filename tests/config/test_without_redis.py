"""Redis may be gone: pages answer, counters forget, nobody is turned away."""

import socket
import time

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django_ratelimit.core import is_ratelimited
from kombu.exceptions import OperationalError

from config import cache
from config.middleware import client_address
from worker.celery import app
from worker.tasks import sweep

NOWHERE = {"BACKEND": "config.cache.TolerantRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}


@pytest.fixture
def no_redis(monkeypatch):
    monkeypatch.setattr(cache, "_resting_until", 0.0)
    with override_settings(CACHES={"default": NOWHERE, "limits": NOWHERE}):
        yield


def limited(*, ip="203.0.113.5", rate="2/m"):
    request = RequestFactory().post("/", REMOTE_ADDR=ip)
    client_address(lambda request: HttpResponse())(request)
    return is_ratelimited(request, group="sign", key="ip", rate=rate, increment=True)


def test_everything_the_cache_can_do_is_harmless(no_redis):
    shelf = caches["default"]

    shelf.set("a", 1)
    shelf.set_many({"a": 1})
    shelf.delete("a")
    assert shelf.get("a", "nothing") == "nothing"
    assert shelf.get_many(["a"]) == {}
    assert shelf.get_or_set("a", lambda: 7) == 7
    assert shelf.add("a", 1) is False
    with pytest.raises(ValueError, match="cannot be reached"):
        shelf.incr("a")


def test_a_limit_does_not_bite_without_redis(no_redis):
    assert not any(limited() for _ in range(5))


def test_a_dead_redis_is_asked_once_and_then_left_alone(no_redis, monkeypatch):
    asked, connect = [], socket.socket.connect

    def noted(line, address):
        # A thread that another test left may be going somewhere else.
        if address == ("127.0.0.1", 1):
            asked.append(address)
        return connect(line, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    for _ in range(100):
        caches["default"].get("a")

    assert asked == [("127.0.0.1", 1)]


def test_with_redis_the_same_limit_bites_and_counts_each_address_apart():
    assert [limited() for _ in range(3)] == [False, False, True]
    assert not limited(ip="203.0.113.6")


def test_neighbours_in_one_ipv6_network_count_as_one():
    answers = [limited(ip=f"2001:db8:1:2::{n}") for n in range(1, 4)]

    assert answers == [False, False, True]


def test_asking_a_dead_broker_for_work_fails_within_a_second():
    started = time.monotonic()
    with app.connection_for_write("redis://127.0.0.1:1/0") as dead, pytest.raises(OperationalError):
        sweep.apply_async(connection=dead)

    assert time.monotonic() - started < 5
