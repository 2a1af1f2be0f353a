"""What finds others that came together with a submission: the start of a hash of its network
(screening.bursts), and marks of its own words, which desk.quarantine.trends writes down.

Kept for `NETWORKS_KEPT_DAYS`, then deleted (docs/decisions/0033). No address and no word can be
read from them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from actions.models import Submission, Venue
from supporters.people import keyed_hash

# Texts with fewer words say too little to be alike.
LEAST_WORDS = 8
IN_A_ROW = 3
AT_ONCE = 2000
MARKS, MARK_BYTES = 4, 4


def name_of_network(mark: str) -> str:
    """What people here call it: "9F3C2"."""
    return mark[:5].upper()


def likeness_of(texts: Iterable[str]) -> str:
    """Four marks, 8 digits each and a space between them; "" for a text of a few words.

    Of two texts that share most of their words in the same order some mark is the same: each is the
    smallest hash of all runs of three words (MinHash), so a changed greeting changes few of them.
    """
    words = plain_words(" ".join(texts))
    if len(words) < LEAST_WORDS:
        return ""
    runs = {" ".join(words[n : n + IN_A_ROW]) for n in range(len(words) - IN_A_ROW + 1)}
    hashes = [hash_of(run) for run in runs]
    parts = range(0, MARKS * MARK_BYTES, MARK_BYTES)
    return " ".join(min(one[n : n + MARK_BYTES] for one in hashes).hex() for n in parts)


def plain_words(text: str) -> list[str]:
    """Without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()


def hash_of(run: str) -> bytes:
    """Four hashes in one."""
    return hashlib.blake2b(run.encode(), key=key(), digest_size=MARKS * MARK_BYTES).digest()


@cache
def key() -> bytes:
    return bytes.fromhex(keyed_hash("likeness"))


def forget_old() -> None:
    """Nightly."""
    before = timezone.now() - dt.timedelta(days=settings.NETWORKS_KEPT_DAYS)
    old = Submission.objects.filter(created_at__lt=before)
    blank_in_parts(old.exclude(kept_network="", likeness=""), "kept_network", "likeness")
    Venue.objects.filter(ends_at__lt=before).exclude(network="").update(network="")


def blank_in_parts(rows: QuerySet[Submission], *columns: str) -> None:
    """A day of a busy site is hundreds of thousands, and whoever confirms meanwhile waits for what
    one statement has changed until all of it is.
    """
    last = 0
    while ids := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        Submission.objects.filter(pk__in=ids).update(**dict.fromkeys(columns, ""))
        last = ids[-1]
