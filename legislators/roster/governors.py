"""Governors whom no roster names: the project's own list, legislators/roster/governors.csv.

Upstream needs months to say who follows. Each row has the day on which it was known, its term and
its source. It fills what rosters lack and yields to every newer one; a term that ended names
nobody. DC's mayor and the governors of American Samoa, Guam, the Northern Marianas and the Virgin
Islands are not in it: no source at hand names them for today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from django.utils import timezone

from legislators.by_hand.contacts import BY_HAND
from legislators.models import Chamber, Contact, Source, Term
from legislators.roster.holdings import Holding, Way
from legislators.roster.published import Summary, read_table, sha256_of
from legislators.roster.terms import write_terms
from legislators.states import STATES

# As it is stored.
KEY = "executives"
FILE = Path(__file__).parent / "governors.csv"
_COLUMNS = (
    "as_of state key name given_name family_name party started_on ended_on phone website source"
)
Row = dict[str, str]


def fill_in(states: Sequence[str], summary: Summary, path: Path = FILE) -> None:
    """Call it in a transaction, when all rosters are written. Raises Refused."""
    rows = sorted(read_table(path, _COLUMNS.split()), key=lambda row: (row["as_of"], row["state"]))
    wanted = _lacking([row for row in rows if row["state"] in states])
    source = Source.objects.filter(key=KEY).first() or Source(key=KEY)
    source.name, source.sha256 = "Governors, from our own list", sha256_of(path)
    source.as_of = dt.date.fromisoformat(rows[-1]["as_of"])
    source.covers = _covers(source.covers or [], states, wanted)
    # Its day is the file's newest row's again: of_day below changes it in memory only.
    source.save()
    opened = 0
    for as_of, group in groupby(wanted, key=lambda row: row["as_of"]):
        of_day = list(group)
        # Terms, and whoever compares them with what people here say, go by the day of their rows.
        source.as_of = dt.date.fromisoformat(as_of)
        pairs = [(row["state"], str(Chamber.GOVERNOR)) for row in of_day]
        changed = write_terms([_holding(row) for row in of_day], source, pairs)
        opened += changed.opened
        summary.lines += changed.differs
    if wanted:
        names = ", ".join(row["state"] for row in wanted)
        summary.lines.append(
            f"governors whom no roster names, from our own list: {names}; {opened} new"
        )


def _lacking(rows: list[Row]) -> list[Row]:
    """Those whose seat no roster fills, and of which none that is newer tells."""
    others = Source.objects.exclude(key=KEY)
    told = {
        (state, source.as_of)
        for source in others
        for state, chamber in source.covers
        if chamber == Chamber.GOVERNOR
    }
    held = set(
        Term.objects.current(timezone.localdate())
        .filter(seat__chamber=Chamber.GOVERNOR)
        .exclude(source__key__in=[KEY, BY_HAND])
        .values_list("seat__jurisdiction", flat=True)
    )
    return [
        row
        for row in rows
        if row["state"] not in held
        and not any(
            state == row["state"] and as_of > dt.date.fromisoformat(row["as_of"])
            for state, as_of in told
        )
    ]


def _covers(before: list[list[str]], states: Sequence[str], wanted: list[Row]) -> list[list[str]]:
    """Of the states at hand those that it fills now; others as they were."""
    kept = [pair for pair in before if pair[0] not in states]
    return sorted([*kept, *([row["state"], str(Chamber.GOVERNOR)] for row in wanted)])


def _holding(row: Row) -> Holding:
    return Holding(
        key=row["key"],
        name=row["name"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        party=row["party"],
        chamber=Chamber.GOVERNOR,
        division=STATES[row["state"]].division,
        district="",
        started_on=dt.date.fromisoformat(row["started_on"]),
        ended_on=dt.date.fromisoformat(row["ended_on"]),
        ways=(
            Way(Contact.Kind.PHONE, row["phone"], "capitol"),
            Way(Contact.Kind.WEBSITE, row["website"], "capitol"),
        ),
    )
