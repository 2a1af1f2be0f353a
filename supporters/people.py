"""Finding or adding a supporter by what they typed."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.mailboxes import canonical_email
from supporters.models import Supporter

# What a letter may say of its writer: by these names it is kept with an action until the mailbox
# answers (Entry), and with the supporter afterwards.
WRITER_FIELDS = (
    "prefix",
    "given_name",
    "family_name",
    "email",
    "phone",
    "street",
    "city",
    "state",
    "zip",
)

# What is known of somebody from the first.
AT_FIRST = ("given_name", "family_name", "email", "language", "is_minor")
# Two names of one host, which takes no notice of dots before the "@".
# What a supporter's row learns from a submission that its mailbox confirmed.
LEARNED = (
    "given_name",
    "family_name",
    "prefix",
    "phone",
    "street",
    "city",
    "state",
    "zip",
    "country",
    "language",
)


@dataclass(frozen=True)
class Entry:
    """What a person told us about themselves, cleaned.

    `phone` is E.164; `state` a two-letter code or blank; `zip` five digits.
    """

    given_name: str
    family_name: str
    email: str
    phone: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    language: str = "en"
    is_minor: bool = False
    prefix: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def remember(entry: Entry) -> Supporter:
    """Find or add the person by their key (mailbox and name).

    Where they live and what else they typed is learned when this mailbox answers: see
    `learn_details`. That they are young is kept at once.
    """
    new = stranger(entry)
    known = {name: getattr(new, name) for name in ("mailbox", *AT_FIRST)}
    supporter, _ = Supporter.objects.get_or_create(key=new.key, defaults=known)
    return supporter


def recognize(entry: Entry) -> Supporter:
    """The person by their key; one whom nobody has confirmed is not saved."""
    new = stranger(entry)
    return Supporter.objects.filter(key=new.key).first() or new


def stranger(entry: Entry) -> Supporter:
    """Somebody as they say who they are, unsaved."""
    return Supporter(
        key=key_of(entry.email, entry.given_name, entry.family_name),
        mailbox=mailbox_of(entry.email),
        **{name: getattr(entry, name) for name in AT_FIRST},
    )


def learn_details(supporter: Supporter, details: dict[str, Any]) -> None:
    """Their mailbox answered: take over what was typed (name, address, phone, language).

    Blank answers erase nothing; being a minor is never unlearned. The address that answered stays,
    however the next one is spelled.
    """
    learned = [*LEARNED, "email"] if supporter.proven_at is None else LEARNED
    for field in learned:
        if details.get(field):
            setattr(supporter, field, details[field])
    if details.get("is_minor"):
        supporter.is_minor = True
    if supporter.is_minor:
        supporter.street = ""  # no letter of theirs names it
    supporter.proven_at = supporter.proven_at or timezone.now()
    supporter.save(update_fields=[*learned, "is_minor", "proven_at"])


def take_turns(mailbox: str) -> None:
    """Whoever else says this of the same mailbox waits until our transaction has ended.

    So that of two at once, one sees what the other did. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        number = int(mailbox[:15], 16)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def key_of(email: str, given_name: str, family_name: str) -> str:
    """Who this is: mailbox and name, as an HMAC."""
    return keyed_hash(f"{canonical_email(email)}\n{canonical_name(f'{given_name} {family_name}')}")


def mailbox_of(email: str) -> str:
    """The mailbox as an HMAC: equal for every spelling that reaches the same person."""
    return keyed_hash(canonical_email(email))


def canonical_name(name: str) -> str:
    """Letters and digits only, without case or accents: "José  O'Neil" and "jose oneil" are one
    name.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", plain.casefold())


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 with HASH_KEY, 64 hex digits."""
    return hmac.new(settings.HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
