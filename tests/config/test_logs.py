"""Log lines name no people, and no link that would let somebody act for them."""

import io
import logging
import re
import time
import uuid
from functools import cache
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from django.urls.converters import StringConverter, UUIDConverter
from django.utils import translation

from actions.pages import status
from config import gunicorn
from config.logs import BEHIND_LINKS, Discreet
from supporters import links

# What stands in addresses as text and is no secret. A new one is a token until it is written here.
NO_SECRETS = {"language", "deed", "chamber", "kind", "id", "state", "name"}
NGINX = (settings.BASE_DIR / "docs/deploy/nginx.conf").read_text()


def line(message, *args):
    return Discreet("%(message)s").format(
        logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    )


def test_an_email_address_is_taken_out():
    assert line("no mailbox nora.o'neil+act@example.org here") == "no mailbox nora.o'<e-mail> here"
    assert "nora@example" not in line("Key (email)=(%s) already exists", "nora@example.org")


def test_every_line_has_the_same_clock_and_its_zone():
    for named in (settings.LOGGING, gunicorn.logconfig_dict):
        spec = named["formatters"]["plain"]
        record = logging.makeLogRecord({"msg": "well", "created": 1_800_000_000.5})
        said = Discreet(spec["format"]).format(record)
        assert said.startswith("2027-01-15T08:00:00.500+00:00 ")


def test_what_was_asked_for_stays_but_not_the_query():
    assert (
        line("Not Found: /act/save-the-river/?email=nora&zip=20751")
        == "Not Found: /act/save-the-river/?..."
    )


def test_a_token_in_a_path_is_taken_out_and_a_slug_is_not():
    assert (
        line("Not Found: /confirm/eyJpZCI6MX0:1tXyZ9:mJ0-aB_cD1234567/")
        == "Not Found: /confirm/<token>/"
    )
    slug = "/act/ratify-the-convention-on-the-rights-of-the-child/"
    assert line("Not Found: " + slug) == "Not Found: " + slug


def test_a_traceback_is_cleaned_too():
    try:
        raise ValueError("nora@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "failed", (), (type(error), error, error.__traceback__)
        )

    assert "nora@" not in Discreet("%(message)s").format(record)


def arguments_of_addresses(resolver=None, prefix=()):
    """(name of the address, its converters by argument) of every address of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            name = getattr(entry, "app_name", None)
            yield from arguments_of_addresses(entry, (*prefix, name) if name else prefix)
        elif hasattr(entry.pattern, "converters"):
            yield ":".join([*prefix, entry.name or ""]), entry.pattern.converters


def has_token(converters):
    return any(
        type(converter) is StringConverter and name not in NO_SECRETS
        for name, converter in converters.items()
    )


TOKENED = sorted({name for name, kinds in arguments_of_addresses() if has_token(kinds)})
ADDRESSES = dict(arguments_of_addresses())


@cache
def token():
    return links.make("confirm", uuid.UUID(int=2**127 + 1))


def paths(name):
    """The address with a token, in both languages, and as mail programs mangle it."""
    filled = {
        argument: token()
        if type(converter) is StringConverter
        else uuid.UUID(int=12)
        if isinstance(converter, UUIDConverter)
        else 12
        for argument, converter in ADDRESSES[name].items()
    }
    for language in ("en", "es"):
        with translation.override(language):
            path = reverse(name, kwargs=filled)
        yield from (path, path.rstrip("/"), path + "?utm_source=x", path.rstrip("/") + ")")
        yield "/es" + path
        yield path.replace(".", "%2E")
        yield path.replace(token(), quote(token()).replace("-", "%2D"))


def gives_away(line):
    """Whether a piece of the token is in it that could be guessed whole."""
    signature = token().rpartition(".")[2]
    return any(signature[at : at + 8] in line for at in range(len(signature) - 8))


def test_the_addresses_with_tokens_are_found():
    assert {"actions:confirm", "actions:not_me", "actions:own_print"} <= set(TOKENED)
    assert len(TOKENED) >= len(links.LASTS)


@pytest.mark.parametrize("name", TOKENED)
def test_no_token_of_a_link_in_mail_is_logged_by_any_server(name):
    before, kinds = re.search(r'"~\^(\(.*\)\?)/\(\?<kind>([\w|-]+)\)/\."', NGINX).groups()
    shape = re.search(r'^    "~(\[0-9A.*)" /\.\.\.;', NGINX, re.MULTILINE)[1]
    by_kind, by_shape = rf"^{before}/({kinds})/.", shape
    for path in paths(name):
        # nginx sees the path decoded and without its query.
        uri = path.partition("?")[0].replace("%2E", ".").replace("%2D", "-")
        assert re.search(by_shape, uri), path
        if not uri.startswith("/es/es/"):
            assert re.search(by_kind, uri), path
        for said in (
            "GET %s 200 0.01",
            "Not Found: %s",
            "Internal Server Error: %s",
            '"GET %s HTTP/1.1" 200 512',
            "Error handling request %s",
        ):
            assert not gives_away(line(said, path)), (said, path)


def test_the_test_sees_a_token():
    assert gives_away(f"GET /act/playgrounds/?token={token()} 200")


def test_nginx_and_the_programs_know_the_same_kinds():
    assert set(re.search(r"<kind>([\w|-]+)", NGINX)[1].split("|")) == set(BEHIND_LINKS)
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"alert"}, "others name the request"


def test_a_file_of_ours_in_a_traceback_is_no_token():
    said = 'File "/srv/take-action/actions/letters/envelopes.py", line 12'
    assert line(said) == said


def test_a_page_that_breaks_behind_a_link_tells_the_log_no_token(client, monkeypatch, db):
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(Discreet(settings.LOGGING["formatters"]["plain"]["format"]))
    monkeypatch.setattr(status, "linked_action", lambda public_id: 1 / 0)
    client.raise_request_exception = False
    logging.getLogger("django").addHandler(handler)
    try:
        answer = client.get(f"/withdraw/{links.make('withdraw', uuid.uuid4())}/")
    finally:
        logging.getLogger("django").removeHandler(handler)

    assert answer.status_code == 500
    assert "Internal Server Error: /withdraw/<token>" in told.getvalue()
    assert "ZeroDivisionError" in told.getvalue()


def test_django_logs_through_the_discreet_formatter_and_mails_no_error():
    loggers = [logging.getLogger("django")] + [
        logger
        for name, logger in logging.root.manager.loggerDict.items()
        if name.startswith("django.") and isinstance(logger, logging.Logger)
    ]
    formatters = {type(each.formatter) for logger in loggers for each in logger.handlers}
    ours = {kind for kind in formatters if not kind.__module__.startswith("_pytest")}

    assert logging.getLogger("django.server").handlers
    assert ours == {Discreet}
    assert not settings.ADMINS


def test_gunicorn_logs_through_the_discreet_formatter():
    described = gunicorn.logconfig_dict

    assert {handler["formatter"] for handler in described["handlers"].values()} == {"plain"}
    assert described["formatters"]["plain"]["()"] == "config.logs.Discreet"
    assert not re.search(r"%\([hrqfa]\)|%\(\{", gunicorn.access_log_format)


@pytest.mark.parametrize("piece", ["9", "a.", "a@", "_", "/a", "?", "/confirm/", "%2E"])
def test_the_longest_address_line_is_cleaned_in_no_time(piece):
    long, short = piece * (8_000 // len(piece)), piece * (800 // len(piece))
    line("Not Found: /%s", short)

    assert took(long) < 30 * took(short) + 0.01, "it grows with the square of the length"


def took(text):
    began = time.process_time()
    line("Not Found: /%s", text)
    return time.process_time() - began
