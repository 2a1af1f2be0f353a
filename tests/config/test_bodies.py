"""No door takes a body that is too large, and none is opened to find that out."""

import re

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests import build

FILLED = {"number": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
HUGE = 60 * 1024 * 1024


def addresses(resolver=None, before="/"):
    """Every address of ours with something in its gaps; those of /admin/ as they are written."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, path)
        elif hasattr(entry.pattern, "converters"):
            for name, converter in entry.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                for spelled in (f"<{kind}:{name}>", f"<str:{name}>", f"<path:{name}>", f"<{name}>"):
                    path = path.replace(spelled, FILLED.get(kind, "x"))
            yield re.sub(r"\(\?P<\w+>[^)]*\)", "x", path).replace("^", "").rstrip("$")


ADDRESSES = sorted({*addresses(), "/no-such-page/", "/es/act/playgrounds/", "/desk/no-such-page/"})


class Unread:
    """A body that tells when somebody opens it."""

    def read(self, *_):
        raise AssertionError("the body was opened")

    readline = read


def send(client, path, length, kind):
    return client.generic(
        "POST",
        path,
        content_type=kind,
        **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()},
    ).status_code


def test_the_addresses_are_found():
    assert {"/admin/login/", "/hooks/lob/", "/act/x/", "/desk/brand/"} <= set(ADDRESSES)
    assert not [path for path in ADDRESSES if "<" in path]


@pytest.mark.parametrize(
    ("cookie", "kind"),
    [(None, "application/json"), ("made-up", "multipart/form-data; boundary=B")],
)
def test_a_stranger_s_large_body_is_opened_nowhere(client, db, cookie, kind):
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    taken = {path: send(client, path, HUGE, kind) for path in ADDRESSES}

    assert {path: status for path, status in taken.items() if status != 413} == {}


def test_somebody_signed_in_may_send_no_more_than_their_limit_and_only_where_they_work(client, db):
    client.force_login(build.user("administrator"))
    for path in ["/admin/login/", "/desk/brand/", *ADDRESSES[::9]]:
        largest = max(
            settings.WORKPLACE_BODY_LIMIT,
            settings.BODY_LIMITS.get(path, settings.PUBLIC_BODY_LIMIT),
            settings.LARGE_FORMS.get(path, 0),
        )
        assert send(client, path, largest + 1, "multipart/form-data; boundary=B") == 413, path
    large = {"own_words": "x" * settings.PUBLIC_BODY_LIMIT}

    assert client.post("/act/playgrounds/", large).status_code == 413
    assert client.post("/login/", large).status_code == 413
    assert client.post("/desk/brand/", {"name": "x" * 100_000}).status_code == 422
    # A list of fifty megabytes is taken of whom it may be, and of nobody else who works here.
    client.force_login(build.user("staff"))
    large_list = settings.WORKPLACE_BODY_LIMIT + 1
    assert send(client, "/desk/imports/", large_list, "multipart/form-data; boundary=B") == 413


def test_whose_session_ended_over_a_file_is_told_what_becomes_of_their_words(client, db):
    answer = client.post("/desk/brand/", {"name": "x" * 100_000})

    assert answer.status_code == 413
    assert "what you typed is still in the form" in answer.content.decode()


@pytest.mark.parametrize("stated", ["9" * 30, "-1", "1e9", "many"])
def test_a_length_that_is_none_is_refused(client, db, stated):
    assert send(client, "/login/", stated, "text/plain") == 413


def test_files_of_a_workplace_stay_below_what_nginx_lets_through(client):
    nginx = (settings.BASE_DIR / "docs/deploy/nginx.conf").read_text()

    assert "client_max_body_size 12m;" in nginx
    assert "location = /desk/imports/ {\n        client_max_body_size 51m;" in nginx
    assert settings.LARGE_FORMS == {"/desk/imports/": 51 * 1024 * 1024}
    assert settings.WORKPLACE_BODY_LIMIT == 12 * 1024 * 1024
    assert max(settings.BODY_LIMITS.values()) <= settings.WORKPLACE_BODY_LIMIT
