"""Log lines without people in them."""

import logging
import re

E_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*")
QUERY = re.compile(r"\?[^\s\"')]+")
# Links in our mail carry signed tokens in their path; whoever holds one may act for the person.
# They are told from slugs by a capital, a colon or an underscore.
TOKEN = re.compile(r"(?<=/)(?=[^/\s]*[A-Z:_])[A-Za-z0-9_=:.-]{24,}")


class Discreet(logging.Formatter):
    """Takes e-mail addresses, query strings and long tokens out of the finished line, the traceback
    included.
    """

    def format(self, record: logging.LogRecord) -> str:
        return without_people(super().format(record))


def without_people(line: str) -> str:
    """The line with placeholders for e-mail addresses, queries and tokens."""
    return TOKEN.sub("<token>", QUERY.sub("?...", E_MAIL.sub("<e-mail>", line)))
