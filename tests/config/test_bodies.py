"""No door takes a body that is too large, and none is opened to find that out."""

import re
from urllib.parse import quote_plus, urlencode

import pytest
from django.conf import settings
from django.urls import get_resolver

from actions.heroes.forms import HeroForm
from actions.pages.letter_form import LetterForm
from actions.pages.question_fields import TEXT
from actions.stories.forms import LONGEST, WebForm
from campaigns.models import Brand, Question
from supporters.forms import PublicForm
from tests import build
from tests.kinds import all_below

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
    large_name = {"name": "x" * settings.PUBLIC_BODY_LIMIT}

    assert client.post("/act/playgrounds/", large).status_code == 413
    assert client.post("/login/", large).status_code == 413
    assert client.post("/desk/brand/", large_name).status_code == 422
    # A list of fifty megabytes is taken of whom it may be, and of nobody else who works here.
    client.force_login(build.user("staff"))
    large_list = settings.WORKPLACE_BODY_LIMIT + 1
    assert send(client, "/desk/imports/", large_list, "multipart/form-data; boundary=B") == 413


def test_whose_session_ended_over_a_file_is_told_what_becomes_of_their_words(client, db):
    answer = client.post("/desk/brand/", {"name": "x" * settings.PUBLIC_BODY_LIMIT})

    assert answer.status_code == 413
    assert "what you typed is still in the form" in answer.content.decode()


# An emoji is one character, four bytes, and each byte three in the body of a form.
WIDEST = len(quote_plus("🌻"))
# Keys, choices and the names of fields.
THE_REST = 16 * 1024


def longest(form):
    """The characters that its fields take together."""
    return sum(getattr(field, "max_length", None) or 0 for field in form.base_fields.values())


def test_our_longest_form_is_taken_in_any_script():
    """A letter in two versions with an organizer's questions, a story, and all the others."""
    get_resolver().url_patterns  # noqa: B018 (so that every form is there)
    found = {form for form in all_below(PublicForm) if not form.__module__.startswith("desk.")}
    assert {LetterForm, WebForm, HeroForm} <= found
    version = sum(LetterForm.base_fields[name].max_length for name in ("subject", "statement"))
    lengths = {form: longest(form) for form in found}
    lengths[LetterForm] += version + Question.MOST * TEXT

    assert max(lengths.values()) * WIDEST + THE_REST <= settings.PUBLIC_BODY_LIMIT
    # Django's own limit would answer with a bare page.
    assert settings.PUBLIC_BODY_LIMIT <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("script", ["ж", "ع", "漢", "🌻"])
def test_a_story_that_is_too_long_is_answered_beside_its_field_in_any_script(client, db, script):
    Brand.objects.create(name="Children First", takes_stories=True)
    for who in ("ana", "bo"):
        build.user("story reviewer", email=f"{who}@example.org")
    typed = urlencode({"step": "story", "age": "40", "text": script * (LONGEST + 1)})
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/stories/tell/", typed, content_type=kind)

    assert answer.status_code == 422
    assert "12001 characters long, and 12000 fit" in answer.content.decode()
    assert script * (LONGEST + 1) in answer.content.decode()


def test_what_is_larger_is_refused_in_the_reader_s_language_without_asking_the_database(client):
    """No `db`: a query fails this."""
    large = settings.PUBLIC_BODY_LIMIT + 1
    page = client.generic("POST", "/es/stories/tell/", CONTENT_LENGTH=str(large))
    assert (page.status_code, page.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert '<html lang="es">' in page.content.decode()
    assert "most browsers" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    for path in ("/api/v1/campaigns/", "/hooks/lob/"):
        answer = client.generic("POST", path, CONTENT_LENGTH=str(2 * large))
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "too_large"


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
