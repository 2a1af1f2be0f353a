"""Committees of Congress and who sits on them: committees-current.yaml and
committee-membership-current.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legislators.models import Committee, CommitteeMembership, Legislator, Source
from legislators.roster.published import read_bytes, read_yaml, reading


@dataclass(frozen=True)
class Seated:
    """One person on one committee, as published."""

    committee: str
    person: str
    side: str
    rank: int | None
    title: str


def read(path: Path, memberships: Path | None) -> tuple[list[Committee], list[Seated]]:
    """Unsaved committees, each before its subcommittees, and who sits on them. Raises Refused."""
    with reading(path):
        committees = [
            row for published in read_yaml(read_bytes(path)) for row in _committees(published)
        ]
    if memberships is None:
        return committees, []
    with reading(memberships):
        return committees, list(_seated(read_yaml(read_bytes(memberships))))


def record(
    committees: Sequence[Committee], seated: Sequence[Seated], source: Source
) -> tuple[int, int]:
    """Make the rows say what was read; returns how many committees and memberships there are.

    Call it in a transaction.
    """
    for each in committees:
        parent = Committee.objects.filter(key=each.parent.key).first() if each.parent else None
        facts = {
            "name": each.name,
            "chamber": each.chamber,
            "parent": parent,
            "website": each.website,
            "phone": each.phone,
        }
        Committee.objects.update_or_create(key=each.key, defaults=facts | {"source": source})
    # What the source no longer names goes, and with it who sat there.
    Committee.objects.filter(source=source).exclude(
        key__in=[each.key for each in committees]
    ).delete()
    return len(committees), _record_seated(seated, source)


def _record_seated(seated: Sequence[Seated], source: Source) -> int:
    """Those of people and committees that we know; a roster of one state leaves the others' members
    out.
    """
    committees = dict(Committee.objects.filter(source=source).values_list("key", "pk"))
    people = dict(Legislator.objects.filter(key__startswith="bioguide:").values_list("key", "pk"))
    wanted = {
        (committees[each.committee], people[each.person]): each
        for each in seated
        if each.committee in committees and each.person in people
    }
    kept = set()
    for row in CommitteeMembership.objects.filter(committee__source=source):
        each = wanted.get((row.committee_id, row.legislator_id))
        if each and (row.side, row.rank, row.title) == (each.side, each.rank, each.title):
            kept.add((row.committee_id, row.legislator_id))
        else:
            row.delete()
    CommitteeMembership.objects.bulk_create(
        [
            CommitteeMembership(
                committee_id=committee,
                legislator_id=person,
                side=each.side,
                rank=each.rank,
                title=each.title,
            )
            for (committee, person), each in wanted.items()
            if (committee, person) not in kept
        ],
        batch_size=500,
    )
    return len(wanted)


def _committees(published: dict[str, Any]) -> Iterator[Committee]:
    whole = _committee(published, published["thomas_id"], published["type"])
    yield whole
    for part in published.get("subcommittees") or ():
        yield _committee(part, f"{whole.key}{part['thomas_id']}", whole.chamber, parent=whole)


def _committee(
    published: dict[str, Any], key: str, chamber: str, parent: Committee | None = None
) -> Committee:
    website, phone = published.get("url") or "", published.get("phone") or ""
    return Committee(
        key=key,
        name=published["name"][:200],
        chamber=chamber,
        parent=parent,
        website=website[:300],
        phone=phone[:40],
    )


def _seated(published: dict[str, list[dict[str, Any]]]) -> Iterator[Seated]:
    for committee, people in published.items():
        for row in people:
            if row.get("bioguide"):
                title = str(row.get("title") or "")[:60]
                yield Seated(
                    committee,
                    f"bioguide:{row['bioguide']}",
                    row.get("party") or "",
                    row.get("rank"),
                    title,
                )
