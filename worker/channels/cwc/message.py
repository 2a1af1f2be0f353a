"""A constituent's message to an office of Congress, before it is written down as XML."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from worker.channels.mime import squeeze

HOUSE, SENATE = "house", "senate"
# What both chambers take. None of them is neutral: ask, and never guess.
PREFIXES = ("Mr.", "Mrs.", "Miss", "Ms.", "Dr.")
BILL_TYPES = {
    HOUSE: {
        name: name
        for name in (
            "hr",
            "hres",
            "hjres",
            "hconres",
            "hamdt",
            "s",
            "sres",
            "sjres",
            "sconres",
            "samdt",
        )
    },
    SENATE: {
        "hr": "H.R.",
        "hres": "H.Res.",
        "hjres": "H.J.Res.",
        "hconres": "H.Con.Res",  # the Senate's own list has no last dot here
        "hamdt": "H.Amdt.",
        "s": "S.",
        "sres": "S.Res.",
        "sjres": "S.J.Res.",
        "sconres": "S.Con.Res.",
        "samdt": "S.Amdt.",
    },
}
# The Char of XML 1.0, without the carriage return.
NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Agent:
    """Who delivers, as registered with the chamber. `phone` as 202-555-0100."""

    name: str
    ack_email: str
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Organization:
    """On whose page it was written. All but the name may be blank."""

    name: str
    about: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class Constituent:
    """`phone` in any spelling; one that is no US number is left out.

    `state` stays AS in American Samoa, whose office is HAQ00.
    """

    prefix: str
    given_name: str
    family_name: str
    street: str
    city: str
    state: str
    zip: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Bill:
    congress: int
    kind: str  # a key of BILL_TYPES, e.g. "hjres"
    number: int


@dataclass(frozen=True)
class Message:
    """One constituent's message to one office.

    `statement` holds the organization's words as it wrote them, `own_words` whatever the person
    wrote or changed. Neither repeats name or address: offices group messages by their text.
    """

    delivery_id: str
    campaign_id: str
    written_on: dt.date
    agent: Agent
    office: str
    constituent: Constituent
    subject: str
    topics: tuple[str, ...]
    organization: Organization | None = None
    bill: Bill | None = None
    stance: str = ""  # "pro" or "con"
    statement: str = ""
    own_words: str = ""
    more_info: str = ""


def campaign_id(slug: str, bill: str, stance: str) -> str:
    """The same for everything written about one issue or bill with one stance: offices count by
    it.
    """
    return hashlib.sha256(f"{slug}|{bill}|{stance}".encode()).hexdigest()


def chamber_of(office: str) -> str:
    """By an office's code: SMD01 is the Senate's, HMD05 the House's."""
    return SENATE if office.startswith("S") else HOUSE


def one_line(text: str) -> str:
    """As mail shows it, without what XML cannot hold."""
    return NOT_IN_XML.sub("", squeeze(text)).strip()


def lines(text: str) -> str:
    """The person's lines as they stand, composed, without what XML cannot hold."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return NOT_IN_XML.sub("", unicodedata.normalize("NFC", "".join(kept))).strip()
