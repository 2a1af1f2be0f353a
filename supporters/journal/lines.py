"""One deed as one line of text, and back.

    1 2026-11-30T12:34:56.123456Z withdrawn action=6f1c... 9ab2c3d4e5f60718

The last word is a keyed checksum of all before it: a line that was torn, damaged or made up is
none.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from django.db import models

from supporters.people import keyed_hash

VERSION = "1"
CHECKSUM_LENGTH = 16
AT = "%Y-%m-%dT%H:%M:%S.%fZ"

ID, HASH = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
NUMBER, CODE = re.compile(r"[0-9]{1,18}"), re.compile(r"[a-z][a-z0-9_-]{0,29}(:[0-9]{1,18})?")
# What a line may say of its deed, and how. No name, mailbox or word has one of these shapes.
FACTS = {
    "person": ID,  # Supporter.public_id
    "action": ID,  # Action.public_id
    "submission": ID,  # Submission.public_id
    "story": ID,  # Story.public_id
    "hero": ID,  # actions.models.Hero.public_id
    "batch": ID,  # an import's public id
    "sign_on": ID,  # Signatory.public_id
    "key": HASH,  # supporters.people.key_of
    "mailbox": HASH,  # supporters.people.mailbox_of
    "ask": NUMBER,
    "campaign": NUMBER,
    "purpose": CODE,
    "reason": CODE,
}


class Deed(models.TextChoices):
    """A closed list: what is not here is not repeated after a restore."""

    ERASED = "erased", "Persons erased"
    ANONYMIZED = "anonymized", "Actions past their promised time"
    WITHDRAWN = "withdrawn", "Actions withdrawn"
    STORY_WITHDRAWN = "story_withdrawn", "Stories withdrawn"
    HERO_CHANGED = "hero_changed", "Pages of people who act that were changed by them"
    HERO_TAKEN_DOWN = "hero_taken_down", "Pages of people who act that people here took down"
    STORY_TAKEN_DOWN = "story_taken_down", "Stories that people here refused or took down"
    STORY_LESS = "story_less", "Stories of which less is allowed"
    CONSENT_ENDED = "consent_ended", "Consents ended"
    SUPPRESSED = "suppressed", "Mailboxes that want no mail"
    NOT_ME = "not_me", "“It wasn’t me”"
    SIGN_ON_WITHDRAWN = "sign_on_withdrawn", "Signatures of organizations taken back"
    GUARDIAN_REFUSED = "guardian_refused", "Guardians who said no"
    IMPORT_UNDONE = "import_undone", "Imports undone"


class NoLine(Exception):
    """Torn, damaged, or written under another HASH_KEY."""


@dataclass(frozen=True)
class Line:
    """What was done, when, and to whom: `facts` by the names of FACTS."""

    deed: Deed
    at: dt.datetime
    facts: Mapping[str, str]

    @classmethod
    def of(cls, deed: Deed, at: dt.datetime, facts: Mapping[str, object]) -> Line:
        """Raises ValueError for a fact that is neither an id, a keyed hash, a number nor a code."""
        written = {name: as_text(value) for name, value in sorted(facts.items())}
        for name, value in written.items():
            if name not in FACTS or not FACTS[name].fullmatch(value):
                # Never the value: it may be what must not stand anywhere.
                raise ValueError(f"not for the journal: {name}")
        return cls(deed, at, written)

    @property
    def text(self) -> str:
        """Without its end of line."""
        at = self.at.astimezone(dt.UTC).strftime(AT)
        said = [f"{name}={value}" for name, value in self.facts.items()]
        body = " ".join([VERSION, at, self.deed.value, *said])
        return f"{body} {checksum(body)}"

    def id(self, name: str) -> uuid.UUID:
        """A fact that is a public id. Raises KeyError where the line has none."""
        return uuid.UUID(self.facts[name])


def as_text(value: object) -> str:
    return value.hex if isinstance(value, uuid.UUID) else str(value)


def read(text: str) -> Line:
    """Raises NoLine."""
    body, _space, seal = text.strip().rpartition(" ")
    if not hmac.compare_digest(seal.encode(), checksum(body).encode()):
        raise NoLine
    version, at, deed, *said = body.split(" ")
    if version != VERSION or deed not in Deed.values:
        unknown(version)
    moment = dt.datetime.strptime(at, AT).replace(tzinfo=dt.UTC)
    return Line(Deed(deed), moment, dict(part.split("=", 1) for part in said))


def unknown(version: str) -> NoReturn:
    """A newer release wrote it: ours would replay half of it."""
    raise NoLine(f"of a newer release (version {version})")


def checksum(body: str) -> str:
    return keyed_hash(f"journal\n{body}")[:CHECKSUM_LENGTH]
