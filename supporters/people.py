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
    "country",
)

# What is known of somebody from the first.
AT_FIRST = ("given_name", "family_name", "email", "language", "is_minor")
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

# Letters that Unicode does not take apart, as people write them where a keyboard has none.
PLAIN_LETTERS = str.maketrans(
    {
        **{
            "ł": "l",
            "đ": "d",
            "ð": "d",
            "ø": "o",
            "ħ": "h",
            "ı": "i",
            "ŧ": "t",
            "ŋ": "n",
            "ĸ": "k",
        },
        **{"æ": "ae", "œ": "oe", "þ": "th", "ɓ": "b", "ɖ": "d", "ɗ": "d", "ƙ": "k", "ɨ": "i"},
        **{"ɛ": "e", "ɔ": "o", "ƴ": "y", "ʉ": "u"},
    }
)
# Written as letters, but signs: the okina, half rings of Arabic names, a saltillo; and what only
# chooses a glyph.
SIGNS = re.compile("[\u02b9-\u02df\u02ee\ua788-\ua78c\u034f\u180b-\u180f\ufe00-\ufe0f]")
# Accents and strokes, and the points of Hebrew and Arabic. Other marks are vowels, tones and
# consonants: Mohan is not Mohini.
ACCENTS = (1, *range(10, 37), *range(200, 241))


@dataclass(frozen=True)
class Entry:
    """What a person told us about themselves, cleaned.

    `phone` is as supporters.phones keeps it; `state` a two-letter code or blank; `zip` five digits.
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
    if known := known_by_key(entry):
        return known.person
    new = stranger(entry)
    first = {name: getattr(new, name) for name in ("mailbox", *AT_FIRST)}
    supporter, _ = Supporter.objects.get_or_create(key=new.key, defaults=first)
    return supporter


def recognize(entry: Entry) -> Supporter:
    """The person by their key; one whom nobody has confirmed is not saved.

    By a key that leads to another record (merged_into) it is a stranger: mail goes to the mailbox
    that was typed, and only its answer says who it is.
    """
    known = known_by_key(entry)
    return known if known and known.merged_into_id is None else stranger(entry)


def key_today(entry: Entry) -> str:
    """The key of whoever this is, also where their own leads to another record."""
    known = known_by_key(entry)
    return known.person.key if known else stranger(entry).key


def known_by_key(entry: Entry) -> Supporter | None:
    """By today's key, or by the one before it where `rekey_supporters` has not come by yet."""
    name = f"{entry.given_name} {entry.family_name}"
    today, before = key_of(entry.email, entry.given_name, entry.family_name), key_before(entry)
    found = {row.key: row for row in Supporter.objects.filter(key__in={today, before})}
    if today in found:
        return found[today]
    # The key before made one person of some who are two.
    older = found.get(before)
    return older if older and canonical_name(older.name) == canonical_name(name) else None


def stranger(entry: Entry) -> Supporter:
    """Somebody as they say who they are, unsaved."""
    return Supporter(
        key=key_of(entry.email, entry.given_name, entry.family_name),
        mailbox=mailbox_of(entry.email),
        **{name: getattr(entry, name) for name in AT_FIRST},
    )


def learn_details(
    supporter: Supporter, details: dict[str, Any], *, age_was_asked: bool = True
) -> None:
    """Their mailbox answered: take over what was typed (name, address, phone, language).

    Blank answers erase nothing; being a minor is never unlearned. The address that answered stays,
    however the next one is spelled. Where no age was asked, a stranger's stays unknown.
    """
    if age_was_asked or supporter.proven_at is None:
        supporter.age_is_known = age_was_asked
    # Of a record that another mailbox leads to, its own has not answered by this.
    is_theirs = mailbox_of(details.get("email", supporter.email)) == supporter.mailbox
    learned = [*LEARNED, "email"] if supporter.proven_at is None and is_theirs else LEARNED
    for field in learned:
        if details.get(field):
            setattr(supporter, field, details[field])
    if details.get("is_minor"):
        supporter.is_minor = True
    if supporter.is_minor:
        supporter.street = ""  # no letter of theirs names it
    if is_theirs:
        supporter.proven_at = supporter.proven_at or timezone.now()
    supporter.save(update_fields=[*learned, "is_minor", "age_is_known", "proven_at"])


def take_turns(*keys: str) -> None:
    """Whoever else says this of the same mailbox, or form, waits until our transaction has ended.

    So that of two at once, one sees what the other did. `keys` in hex; all who name several name
    them in one order. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        locks = ", ".join(["pg_advisory_xact_lock(%s)"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {locks}", [int(key[:15], 16) for key in keys])


def key_of(email: str, given_name: str, family_name: str) -> str:
    """Who this is: mailbox and name, as an HMAC."""
    return keyed_hash(f"{canonical_email(email)}\n{canonical_name(f'{given_name} {family_name}')}")


def mailbox_of(email: str) -> str:
    """The mailbox as an HMAC: equal for every spelling that reaches the same person."""
    return keyed_hash(canonical_email(email))


def canonical_name(name: str) -> str:
    """Letters and digits only, without case, accents, apostrophes or spaces: "José  O'Neil" and
    "jose oneil" are one name, and so are Łukasz and Lukasz, Kaʻiulani and Ka'iulani.

    Other scripts stay what they are: nothing is transliterated.
    """
    plain = SIGNS.sub("", unicodedata.normalize("NFKD", name).casefold())
    plain = unicodedata.normalize("NFKD", plain).translate(PLAIN_LETTERS)
    return "".join(c for c in plain if c.isalnum() or is_part_of_a_word(c))


def is_part_of_a_word(character: str) -> bool:
    """A mark without which it is another word."""
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark and unicodedata.combining(character) not in ACCENTS


def key_before(entry: Entry) -> str:
    """The key of the release before, of which a row may still be: until `rekey_supporters` has run
    and nothing of that release does.
    """
    name = unicodedata.normalize("NFKD", f"{entry.given_name} {entry.family_name}")
    bare = "".join(c for c in name if not unicodedata.combining(c))
    plain = re.sub(r"[\W_]+", "", bare.casefold())
    return keyed_hash(f"{canonical_email(entry.email)}\n{plain}")


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 with HASH_KEY, 64 hex digits."""
    return hmac.new(settings.HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
