"""Supporters get the key that their name has today, and two rows that turn out to be one person are
told.

A key is made of mailbox and name (supporters.people.key_of). When names are compared in another
way, keys change: those of rows that are here already, and of what was sent in their name.

May run while people act, as often as wanted, and be cut off at any time: each row is its own
transaction, and one that has today's key is left alone. Old and new processes may run beside it.
A new one finds a row by either key; an old one may add somebody once more whose row has today's
key already, and the next run tells that pair. So it runs once all are new.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from actions.models import Submission
from supporters.models import Supporter
from supporters.people import Entry, key_before, key_of, mailbox_of, recognize, take_turns

BATCH = 1000


@dataclass(frozen=True)
class Pair:
    """Two rows of one person: the older has today's key; the younger, found by nobody, waits to be
    merged into it.
    """

    older: Supporter
    younger: Supporter


@dataclass
class Progress:
    """How far it has come: `pk` is the last row looked at."""

    pk: int
    rekeyed: int
    pairs: list[Pair]


NAMED_BY = ("email", "given_name", "family_name")


def rekey(*, after: int = 0) -> Iterator[Progress]:
    """Batch by batch, in the order of rows."""
    rows = Supporter.objects.order_by("pk").only("pk", "key", "mailbox", *NAMED_BY)
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        progress = Progress(after, 0, [])
        for row in batch:
            if row.key != todays_key(row):
                # An old process was quicker: the next run sees both.
                with suppress(IntegrityError):
                    found = rekey_one(row.pk)
                    progress.rekeyed += found is True
                    progress.pairs += [found] if isinstance(found, Pair) else []
        yield progress


def todays_key(row: Supporter) -> str:
    return key_of(row.email, row.given_name, row.family_name)


@transaction.atomic
def rekey_one(pk: int) -> bool | Pair:
    """Whether it got another key, or with whom it meets. A pair is met again in each run."""
    row = Supporter.objects.filter(pk=pk).first()
    if row is None:
        return False
    # Nobody of this mailbox is added or confirmed meanwhile.
    take_turns(row.mailbox)
    row = Supporter.objects.select_for_update().filter(pk=pk).first()
    # Another HASH_KEY made this mailbox: nothing here would find its owner.
    if row is None or row.key == todays_key(row) or row.mailbox != mailbox_of(row.email):
        return False
    other = Supporter.objects.select_for_update().filter(key=todays_key(row)).first()
    if other is None:
        give_key(row, todays_key(row))
        return True
    older, younger = sorted((row, other), key=lambda one: (one.created_at, one.pk))
    if older is row:
        # No two have one key, not even for a moment.
        Supporter.objects.filter(pk=younger.pk).update(key=f"moving {younger.pk}")
        before = row.key
        give_key(row, younger.key)
        Supporter.objects.filter(pk=younger.pk).update(key=before)
    return Pair(older, younger)


def give_key(row: Supporter, key: str) -> None:
    """With all that was sent in their name."""
    Supporter.objects.filter(pk=row.pk).update(key=key)
    theirs = Submission.objects.filter(mailbox=row.mailbox, supporter_key=row.key)
    theirs.update(supporter_key=key)


def rekey_submissions() -> int:
    """What waits for its mailbox, of people who are no supporters yet. Returns how many."""
    changed = 0
    waiting = Submission.objects.open().exclude(entry={}).order_by("pk")
    for submission in waiting.iterator(BATCH):
        entry = Entry(**submission.entry)
        if submission.supporter_key == key_before(entry) != key_of(*named(entry)):
            theirs = Submission.objects.filter(pk=submission.pk)
            changed += theirs.update(supporter_key=recognize(entry).key)
    return changed


def named(entry: Entry) -> tuple[str, str, str]:
    return entry.email, entry.given_name, entry.family_name
