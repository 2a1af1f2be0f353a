"""Refusals: each with its own status and a page of ours."""

import io
import logging
import re

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import resolve
from django_ratelimit.exceptions import Ratelimited

from config.errors import forbidden, methods_of
from config.logs import calm
from tests.desk.access import ANYBODY, EVERY, short


def test_too_many_requests_are_told_when_to_come_back(db, rf):
    answer = forbidden(rf.get("/"), Ratelimited())

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_missing_permission_is_a_plain_403(db, rf):
    assert forbidden(rf.get("/"), PermissionDenied()).status_code == 403


def test_an_unknown_address_is_a_404_in_our_frame(db, client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert b"<h1" in answer.content


def test_an_address_that_wants_its_button_says_so_in_words(db, client):
    for path, language in (("/logout/", "en"), ("/es/me/close/", "es")):
        answer = client.get(path)

        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert f'<html lang="{language}"' in answer.content.decode()
        assert b"<h1" in answer.content


def test_what_is_sent_to_a_page_that_is_only_read_is_answered_by_its_method(db):
    """Also by whoever has no token: it is no form of ours that was open for too long."""
    browser = Client(enforce_csrf_checks=True)
    for path, language in (("/impact/", "en"), ("/es/sign-on/", "es"), ("/desk/sign-ons/", "en")):
        answer = browser.post(path, {"name": "Nora"})

        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), path
        text = answer.content.decode()
        assert f'<html lang="{language}"' in text
        assert f'href="{path}"' in text
        assert "no-store" in answer.headers["Cache-Control"]
    assert browser.post("/readyz").status_code == 405
    assert browser.post("/login/", {"username": "nora"}).status_code == 403


def test_a_page_with_a_form_is_not_called_one_to_read(client, db):
    answer = client.put("/es/representatives/")

    assert answer.status_code == 405
    assert "Abre primero la página" in answer.content.decode()


def test_every_public_address_says_which_methods_it_takes():
    public = [
        route
        for route in EVERY
        if short(route.name) in ANYBODY and not route.name.startswith("api:")
    ]
    unsaid = {route.name for route in public if not methods_of(resolve(route.path).func)}

    # Where people sign in every method is one question.
    doors = {"accounts:login", "accounts:second_step", "accounts:invited", "accounts:new_password"}
    assert unsaid == doors | {"forgotten"}


def test_a_refusal_is_one_line_in_the_log_and_a_fault_is_traced():
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(calm)
    for status, error in ((403, PermissionDenied()), (500, ValueError())):
        record = logging.makeLogRecord(
            {
                "msg": f"answered {status}",
                "status_code": status,
                "exc_info": (type(error), error, None),
            }
        )
        handler.handle(record)

    assert lines.getvalue().splitlines() == ["answered 403", "answered 500", "ValueError"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["calm"]


def test_nginx_has_a_calm_page_of_its_own_that_needs_nobody():
    nginx = (settings.BASE_DIR / "docs/deploy/nginx.conf").read_text()
    page = (settings.BASE_DIR / "docs/deploy/calm/away.html").read_text()

    assert "error_page 502 504 =503 /away.html;" in nginx
    assert 'lang="es"' in page
    assert not re.search(r"https?:|//|src=|<script|<link|url\(", page)
