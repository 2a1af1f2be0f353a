"""Redis may be gone or full, PostgreSQL silent: pages answer, counters forget, nobody is turned away
or waits for ever.
"""

import ast
import os
import socket
import subprocess
import sys
import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django_ratelimit.core import is_ratelimited
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import OutOfMemoryError

from config import cache, database_log
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


def test_a_full_redis_breaks_no_page_and_readyz_tells(client, db, settings, monkeypatch):
    monkeypatch.setattr(cache, "_resting_until", 0.0)
    settings.METRICS_FROM = ["127.0.0.0/8"]
    usual = Redis.execute_command

    def full(self, command, *rest, **options):
        if command in ("SET", "SETEX", "INCRBY", "INCR"):
            raise OutOfMemoryError("command not allowed when used memory > 'maxmemory'.")
        return usual(self, command, *rest, **options)

    monkeypatch.setattr(Redis, "execute_command", full)

    assert client.get("/readyz").json() == {"database": "ok", "redis": "full"}
    assert client.get("/metrics").status_code == 200
    assert client.get("/health.json").json()["numbers"]
    assert (
        client.post("/login/", {"username": "a@example.org", "password": "no"}).status_code == 200
    )


def test_a_page_of_a_web_server_does_not_wait_for_ever_and_a_worker_may():
    told = {}
    for name, env in {"web": {"IS_WEB": "1"}, "worker": {}}.items():
        given = {"DATABASE_URL": "postgres://u@127.0.0.1/n?options=-c%20work_mem%3D8MB", **env}
        program = (
            "from config.settings.database import DATABASES as d; print(d['default']['OPTIONS'])"
        )
        answer = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **given},
            capture_output=True,
            text=True,
            check=True,
        )
        told[name] = ast.literal_eval(answer.stdout)

    for options in told.values():
        assert options["tcp_user_timeout"] == 8000
        assert options["options"].endswith("-c work_mem=8MB")
    assert "statement_timeout=30000" in told["web"]["options"]
    assert "statement_timeout" not in told["worker"]["options"]


def test_postgresql_is_asked_whether_it_would_write_letters_into_its_log(db):
    [warning] = database_log.its_log_is_discreet(databases=["default"])
    assert "SET log_min_error_statement = 'panic';" in warning.hint

    with connection.cursor() as cursor:
        for name, fine in database_log.QUIET.items():
            cursor.execute(f"SET LOCAL {name} = '{fine[-1]}'")
    assert database_log.its_log_is_discreet(databases=["default"]) == []
