"""Links for a mailing of the organization's own: who follows theirs finds first name and ZIP filled
in, and nothing else. Once, and for a month; never of anybody under 18.

The same as accounts.one_use_links: random, known by its hash, and reading its page changes nothing,
because mail scanners read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from supporters import consent
from supporters.models import Consent, Prefill, Supporter

LASTS = dt.timedelta(days=30)
AT_ONCE = 1000


@dataclass(frozen=True)
class Known:
    given_name: str
    zip: str


def people() -> QuerySet[Supporter]:
    """Who may have such a link: grown, of a mailbox that answered, and wants the newsletter."""
    return consent.allowing(Consent.Purpose.NEWSLETTER)


def make_links() -> Iterator[list[tuple[str, str]]]:
    """For each of them a new one: pairs of e-mail and token, some at a time and committed.

    Whoever has one from an earlier mailing keeps it.
    """
    # By key: who joins while the file is written comes last, and nobody twice.
    last = 0
    while some := list(people().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        tokens = [secrets.token_urlsafe(32) for _ in some]
        ends_at = timezone.now() + LASTS
        Prefill.objects.bulk_create(
            Prefill(supporter=person, token_hash=hash_of(token), ends_at=ends_at)
            for person, token in zip(some, tokens, strict=True)
        )
        yield [(person.email, token) for person, token in zip(some, tokens, strict=True)]
        last = some[-1].pk


@transaction.atomic
def use(token: str) -> Known | None:
    """What it fills in, once. None for one that is not ours, used, past its end, or of somebody who
    may have none any more: the caller tells nobody which.
    """
    # Locked: of two presses one finds it.
    row = Prefill.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if row is None:
        return None
    # Used up whatever comes of it: a second try tells nothing more.
    row.delete()
    # Asked again today, since they may have taken their yes back.
    person = people().filter(pk=row.supporter_id).first()
    if person is None or row.ends_at <= timezone.now():
        return None
    return Known(person.given_name, person.zip)


def forget_old() -> int:
    """Nightly: those past their end."""
    return Prefill.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def hash_of(token: str) -> str:
    # As random as a key, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
