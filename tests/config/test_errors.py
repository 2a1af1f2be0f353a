"""Refusals: each with its own status and a page of ours."""

from django.core.exceptions import PermissionDenied
from django_ratelimit.exceptions import Ratelimited

from config.errors import forbidden


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
