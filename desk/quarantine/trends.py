"""What comes together in an hour (from one network, for one mail domain, in one name, in like
words), and what of it is unusual against the days before.

Counted in mailboxes, every ten minutes, from the rows of that hour; an hour may be counted twice.
Names and words of somebody under 18 are left out.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone

from actions.models import Submission
from actions.screening.marks import likeness_of
from desk.models import Trend
from supporters.models import Supporter
from supporters.people import canonical_name, keyed_hash

HOUR = dt.timedelta(hours=1)
DAYS = 7
KEPT = dt.timedelta(days=DAYS + 1)
# What fewer share is nobody's business, and says nothing.
LEAST = 5
# So many times what its share in the last days would be.
UNUSUAL = 3
# Of one kind in one hour so many are kept, the largest.
MOST = 50
# The row of everything that was sent in an hour, by which shares are known.
EVERYTHING = (Trend.Kind.NETWORK, "")
BATCH = 2000
COLUMNS = ("pk", "mailbox", "supporter_key", "kept_network", "likeness", "entry")
OF_SUPPORTER = ("given_name", "family_name", "email")

OWN_TEXT_BLANK = Q(own_words="", statement_edited=False, versions=[]) & (
    Q(action=None) | Q(action__own_words="", action__statement_edited=False, action__versions=[])
)

Key = tuple[str, str]
Row = TypeVar("Row")


class Unusual(NamedTuple):
    """`usual` is what its share in the last days would be in this hour; `most` its busiest hour
    then; `example` an id of a submission.
    """

    kind: str
    key: str
    number: int
    usual: float
    most: int
    example: int


def begin_of_hour(at: dt.datetime) -> dt.datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def note() -> None:
    """This hour as far as it is, and the one before it; forgets what is too old."""
    now = begin_of_hour(timezone.now())
    for hour in (now - HOUR, now):
        note_hour(hour)
    Trend.objects.filter(hour__lt=now - KEPT).delete()


def mark_texts(hour: dt.datetime) -> None:
    """What was sent then gets marks of its words, here and not while its writer waits. Somebody's
    under 18 are theirs alone.
    """
    unmarked = sent_in(hour).filter(likeness="").select_related("action")
    written = unmarked.exclude(OWN_TEXT_BLANK).order_by("pk").iterator(chunk_size=BATCH)
    for some in batched(written, BATCH):
        minors = keys_of_minors({row.supporter_key for row in some})
        for row in some:
            is_minor = row.entry.get("is_minor") or row.supporter_key in minors
            row.likeness = "" if is_minor else likeness_of((row.action or row).own_texts)
        Submission.objects.bulk_update(some, ["likeness"])


@transaction.atomic
def note_hour(hour: dt.datetime) -> None:
    mark_texts(hour)
    mailboxes: dict[Key, set[str]] = defaultdict(set)
    examples: dict[Key, int] = {}
    known = [f"action__supporter__{name}" for name in OF_SUPPORTER]
    rows = sent_in(hour).order_by().values(*COLUMNS, *known).iterator(chunk_size=BATCH)
    for some in batched(rows, BATCH):
        minors = keys_of_minors({row["supporter_key"] for row in some})
        for row in some:
            is_minor = row["entry"].get("is_minor") or row["supporter_key"] in minors
            for key in keys_of(row, is_minor=bool(is_minor)):
                mailboxes[key].add(row["mailbox"])
                examples[key] = row["pk"]
    Trend.objects.filter(hour=hour).delete()
    Trend.objects.bulk_create(
        Trend(hour=hour, kind=kind, key=key, number=len(who), example=examples[kind, key])
        for (kind, key), who in worth_keeping(mailboxes)
    )


def sent_in(hour: dt.datetime) -> QuerySet[Submission]:
    """By every state, so that the index finds them; not what was sent again to another mailbox."""
    states = set(Submission.State.values) - {Submission.State.SUPERSEDED.value}
    found: QuerySet[Submission] = Submission.objects.filter(
        state__in=states, created_at__gte=hour, created_at__lt=hour + HOUR
    )
    return found


def keys_of_minors(keys: Collection[str]) -> set[str]:
    people = Supporter.objects.filter(key__in=keys, is_minor=True)
    return set(people.values_list("key", flat=True))


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """As itertools of a later Python has it."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def keys_of(row: dict[str, Any], *, is_minor: bool) -> Iterator[Key]:
    """What others may share with this one."""
    told = {
        name: row["entry"].get(name) or row[f"action__supporter__{name}"] or ""
        for name in ("given_name", "family_name", "email")
    }
    yield EVERYTHING
    if row["kept_network"]:
        yield Trend.Kind.NETWORK, row["kept_network"]
    domain = told["email"].rpartition("@")[2].lower()
    if domain and len(domain) <= 80:
        yield Trend.Kind.DOMAIN, domain
    if is_minor:
        return
    name = canonical_name(f"{told['given_name']} {told['family_name']}")
    if name:
        yield Trend.Kind.NAME, keyed_hash(f"name\n{name}")
    for mark in row["likeness"].split():
        yield Trend.Kind.TEXT, mark


def worth_keeping(mailboxes: dict[Key, set[str]]) -> Iterator[tuple[Key, set[str]]]:
    """The largest of each kind, and nothing that fewer than LEAST share."""
    kept: dict[str, int] = defaultdict(int)
    for key, who in sorted(mailboxes.items(), key=lambda one: -len(one[1])):
        if key == EVERYTHING or (len(who) >= LEAST and kept[key[0]] < MOST):
            kept[key[0]] += key != EVERYTHING
            yield key, who


def unusual_in(hour: dt.datetime) -> list[Unusual]:
    """The most unusual first."""
    here = list(Trend.objects.filter(hour=hour))
    before = Trend.objects.filter(hour__lt=hour, hour__gte=hour - dt.timedelta(days=DAYS))
    all_now = next((row.number for row in here if (row.kind, row.key) == EVERYTHING), 0)
    all_before = total_of(before)
    history = {
        (row["kind"], row["key"]): (row["sum"], row["most"])
        for row in before.filter(key__in=[row.key for row in here])
        .values("kind", "key")
        .annotate(sum=Sum("number"), most=Max("number"))
    }
    found = []
    for row in here:
        so_far, most = history.get((row.kind, row.key), (0, 0))
        usual = all_now * so_far / all_before if all_before else 0.0
        if row.key and row.number >= UNUSUAL * usual:
            found.append(Unusual(row.kind, row.key, row.number, usual, most, row.example))
    return sorted(found, key=lambda one: -(one.number - UNUSUAL * one.usual))


def total_of(before: Any) -> int:
    """Of all that was sent in those hours."""
    kind, key = EVERYTHING
    return int(before.filter(kind=kind, key=key).aggregate(sum=Sum("number"))["sum"] or 0)
