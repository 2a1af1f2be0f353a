"""Log lines name no people."""

import logging

from config.logs import Discreet


def line(message, *args):
    return Discreet("%(message)s").format(
        logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    )


def test_an_email_address_is_taken_out():
    assert line("no mailbox nora.o'neil+act@example.org here") == "no mailbox nora.o'<e-mail> here"
    assert "nora@example" not in line("Key (email)=(%s) already exists", "nora@example.org")


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
