"""Each role opens what it has the right to and nothing else: every address, both methods.

Who that is stands in tests/desk/access.py.
"""

import re

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from tests import build
from tests.desk.access import (
    ADMIN,
    ANYBODY,
    ASK_FOR_SECOND_FACTOR,
    DOORS,
    EVERY,
    HAS,
    RIGHT,
    SIGNED_IN,
    WITH_A_KEY,
    WORK,
    short,
)


def test_every_address_says_who_may_open_it():
    said = {*RIGHT, *SIGNED_IN, *ANYBODY, *WITH_A_KEY}
    found = {short(route.name) for route in EVERY if route not in ADMIN} - DOORS

    assert found == said
    assert len(ADMIN) > 50
    assert len(RIGHT) + len(SIGNED_IN) + len(ANYBODY) + len(WITH_A_KEY) == len(said)


def test_a_stranger_is_asked_to_sign_in_wherever_people_work(client, db):
    closed = [*WORK, *ADMIN, *(route for route in EVERY if route.name in SIGNED_IN)]
    wrong = []
    for route in closed:
        for method in ("get", "post"):
            answer = getattr(client, method)(route.path)
            to = answer.headers.get("Location", "")
            asked = answer.status_code == 302 and re.match(r"/(admin/)?login/(\?next=|$)", to)
            if not asked and answer.status_code != 405:
                wrong.append((route.name, method, answer.status_code))

    assert wrong == []


def test_nobody_is_asked_who_they_are_on_public_pages(client, db):
    wrong = []
    for route in EVERY:
        if route.name in ANYBODY:
            answer = client.get(route.path)
            to = answer.headers.get("Location", "")
            # Signing out leads to where one signs in.
            is_door = route.name.startswith("accounts:")
            if answer.status_code in (401, 403, 500) or ("login" in to and not is_door):
                wrong.append((route.name, answer.status_code))

    assert wrong == []


def test_machines_without_their_key_are_refused(client, db):
    for route in EVERY:
        if route.name in WITH_A_KEY:
            assert client.get(route.path).status_code in (404, 405)
            assert client.post(route.path, {}).status_code in (403, 404), route.name


@pytest.mark.parametrize("role", sorted(HAS))
def test_each_role_opens_exactly_what_it_has_the_right_to(db, role):
    """And gives a second factor exactly where it has to."""
    user, wrong = build.user(role), []
    for route in WORK:
        rights = set(RIGHT[short(route.name)].split())
        expected = ["shut"]
        if rights <= HAS[role]:
            expected = ["asks", "open"] if rights & ASK_FOR_SECOND_FACTOR else ["open"]
        tried = {method: ways_in(user, method, route) for method in ("get", "post")}
        ways = [way for way in tried.values() if way != ["no such method"]]
        if not ways or any(way != expected for way in ways):
            wrong.append((route.name, tried, expected))

    assert wrong == []


def test_where_the_settings_say_so_every_page_asks_for_a_second_factor(db, settings):
    settings.SECOND_FACTOR_FOR_ALL = True
    user = build.user("organizer")
    opened = [route for route in WORK if set(RIGHT[short(route.name)].split()) <= HAS["organizer"]]

    assert len(opened) > 30
    for route in opened:
        ways = [ways_in(user, method, route) for method in ("get", "post")]
        assert ["asks", "open"] in ways, route.name
        assert ["open"] not in ways, route.name


def ways_in(user, method, route):
    """How the page itself answers this person, who has given no second factor and then one: "shut",
    "asks", "open" or "no such method". Called past the middleware, which tells who it is.
    """
    user.passed_second_factor = False
    found = [way_in(user, method, route)]
    if found == ["asks"]:
        user.passed_second_factor = True
        found.append(way_in(user, method, route))
    return found


def way_in(user, method, route):
    request = getattr(RequestFactory(), method)(route.path)
    request.user, request.session, request.client_ip = user, SessionStore(), "127.0.0.1"
    request.session["proved_at"] = 0
    request._messages = CookieStorage(request)
    request.resolver_match = match = resolve(route.path)
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied:
        return "shut"
    except Http404:
        return "open"
    if answer.headers.get("Location", "").startswith("/account/second-factor/?next="):
        return "asks"
    assert answer.status_code < 500
    return "no such method" if answer.status_code == 405 else "open"


def test_the_desk_itself_opens_for_everybody_who_works_here(client, db):
    for role in HAS:
        client.force_login(build.user(role))
        assert client.get("/desk/").status_code == 200
        # And a page that is not theirs is shut in the whole house too.
        shut = [route for route in WORK if not set(RIGHT[short(route.name)].split()) <= HAS[role]]
        assert all(client.get(route.path).status_code in (403, 405) for route in shut[:1])


def test_the_raw_administration_is_shut_to_every_role(client, db):
    client.force_login(build.user(*HAS))
    wrong = [
        (route.name, method, answer.status_code)
        for route in ADMIN
        for method in ("get", "post")
        for answer in [getattr(client, method)(route.path)]
        if answer.status_code == 200
    ]

    assert wrong == []


@pytest.mark.parametrize("role", sorted(HAS))
def test_no_link_of_the_overview_leads_to_a_closed_door(client, db, role):
    build.ask("petition")
    client.force_login(build.user(role))
    home = client.get("/desk/").content.decode()
    links = {
        link for link in re.findall(r'href="(/[^"#]*)"', home) if not link.startswith("/static/")
    }

    assert {client.get(link).status_code for link in links} <= {200, 302}
    assert HAS[role] or "/act/playgrounds/" in links
    assert "nobody has given it a role" not in home


def test_somebody_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(build.user())

    assert "Ask an administrator" in client.get("/desk/").content.decode()


def test_pages_of_the_desk_are_never_stored(client, db):
    client.force_login(build.user("administrator"))

    for url in ("/desk/", "/desk/supporters/", "/desk/exports/", "/outbox/", "/desk/campaigns/"):
        assert "no-store" in client.get(url)["Cache-Control"], url
