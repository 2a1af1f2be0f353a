"""Log lines without people in them, all by one clock."""

import datetime as dt
import logging
import re

# A match begins where such a run of characters begins: trying each of them anew takes a second for
# an address line of the longest kind.
E_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)*")
QUERY = re.compile(r"\?[^\s\"')]+")
# Links in our mail carry signed tokens in their path; whoever holds one may act for the person.
# They are known by the address before them, and elsewhere told from slugs by a capital, a colon, an
# underscore or a percent sign. docs/deploy/nginx.conf has the same kinds.
BEHIND_LINKS = (
    "confirm",
    "letters",
    "withdraw",
    "not-me",
    "newsletter",
    "unsubscribe",
    "no-updates",
    "guardian",
    "own",
    "invited",
    "new-password",
    "preview",
    "begin",
    "me",
    "open",
    "mailbox",
    "file",
    "for-you",
    "yours",
)
LINK = re.compile(rf"(?<=/)({'|'.join(BEHIND_LINKS)})/[^/\s\"']{{24,}}(/\d+\.pdf)?")
TOKEN = re.compile(r"(?<=/)(?=[^/\s]*[A-Z:_%])[A-Za-z0-9_=:.%-]{24,}")


class Discreet(logging.Formatter):
    """Takes e-mail addresses, query strings and long tokens out of the finished line, the traceback
    included. Its clock is UTC, and says so, whichever program speaks and wherever it stands.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        return at.isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        return without_people(super().format(record))


def without_people(line: str) -> str:
    """The line with placeholders for e-mail addresses, queries and tokens."""
    without_links = LINK.sub(r"\1/<token>", QUERY.sub("?...", E_MAIL.sub("<e-mail>", line)))
    return TOKEN.sub("<token>", without_links)


def calm(record: logging.LogRecord) -> bool:
    """A filter: what somebody may not do, or asked too often, is no fault of ours to be traced."""
    if 400 <= getattr(record, "status_code", 500) < 500:
        record.exc_info = None
    return True
