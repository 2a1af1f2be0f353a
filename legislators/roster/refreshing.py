"""Rosters from a folder into rows, each with a report of what it changed.

Read and checked first, written in one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from legislators.analyze import count_for_the_planner
from legislators.folder import as_of, find_files
from legislators.models import (
    Chamber,
    Committee,
    Disagreement,
    Legislator,
    Seat,
    Source,
    Term,
    TurnoverReport,
)
from legislators.roster import (
    committees,
    congress,
    openstates,
    openstates_csv,
    turnover,
    white_house,
)
from legislators.roster.committees import Seated
from legislators.roster.disagreements import weigh
from legislators.roster.governors import fill_in
from legislators.roster.holdings import Holding
from legislators.roster.published import Refused, Reject, Summary, sha256_of
from legislators.roster.seats import Expected, expected, make_seats, opened
from legislators.roster.terms import Turnover, write_terms
from legislators.states import STATES, UNITED_STATES

Say = Callable[[str], None]
Files = dict[str, list[Path]]


@dataclass(frozen=True)
class Roster:
    """One source's word: who holds which seats, and the chambers (state, chamber) of which it knows
    everyone.
    """

    key: str
    name: str
    paths: list[Path]
    as_of: dt.date
    holdings: list[Holding]
    covers: set[tuple[str, str]]
    rejected: list[Reject] = field(default_factory=list)
    second: list[Holding] = field(
        default_factory=list
    )  # what it says of Congress, which another source is believed about
    doubtful: set[tuple[str, str]] = field(
        default_factory=set
    )  # chambers of which it knows some, but maybe not all
    notes: list[str] = field(default_factory=list)
    committees: tuple[list[Committee], list[Seated]] = ([], [])


def refresh(
    folder: Path, states: Sequence[str] = (), say: Say = print
) -> tuple[Summary, list[TurnoverReport]]:
    """Only the rosters of a folder, not its maps. Raises Refused, having changed nothing."""
    wanted = sorted(states) or list(STATES)
    files = find_files(folder)
    seats = expected_seats(files, wanted)
    rosters = read_rosters(files, seats, wanted, say)
    summary = Summary()
    with transaction.atomic():
        make_seats(opened(seats, held(rosters)))
        reports = [report for roster in rosters if (report := write_roster(roster, summary))]
        fill_in(wanted, summary)
        weigh_rosters(rosters, wanted, summary)
        count_for_the_planner(Seat, Legislator, Term)
    return summary, reports


def expected_seats(files: Files, states: list[str]) -> list[Expected]:
    """Of these states, and the President's where executive.yaml is there. Raises Refused."""
    if not files["districts"]:
        raise Refused(
            "there is no districts_metadata.csv and no openstates-*.whl, the table of expected"
            " seats"
        )
    return expected(files["districts"][0], states) + (
        white_house.seats() if files["executive"] else []
    )


def held(rosters: Sequence[Roster]) -> list[Holding]:
    return [holding for roster in rosters for holding in roster.holdings]


def read_rosters(files: Files, seats: list[Expected], states: list[str], say: Say) -> list[Roster]:
    """Raises Refused."""
    rosters = []
    if files["congress"]:
        rosters.append(_congress(files, seats, states))
    if files["executive"]:
        rosters.append(_executive(files["executive"][0]))
    if files["people"]:
        rosters.append(_states(files, seats, states))
    elif files["people csv"]:
        rosters.append(_fallback(files, seats, states))
    for roster in rosters:
        say(f"{roster.name} as of {roster.as_of}: {len(roster.holdings):,} holders")
    return rosters


def write_roster(roster: Roster, summary: Summary) -> TurnoverReport | None:
    """Call it in a transaction. Raises Refused for a roster older than the one loaded."""
    source = Source.objects.filter(key=roster.key).first() or Source(key=roster.key, covers=[])
    before_on = source.as_of if source.pk else None
    # An older file would bring back whoever has left since.
    if before_on and before_on > roster.as_of:
        raise Refused(
            f"{roster.paths[0].name}: taken on {roster.as_of}, but a roster of {before_on} is"
            " already loaded"
        )
    # What the source covers from now on: as before, but for the states that this roster speaks of.
    known = {(state, chamber) for state, chamber in source.covers}
    states = {state for state, _ in roster.covers | roster.doubtful}
    source.name, source.as_of, source.sha256 = roster.name, roster.as_of, sha256_of(*roster.paths)
    source.covers = sorted(
        [list(pair) for pair in {pair for pair in known if pair[0] not in states} | roster.covers]
    )
    source.save()
    # Who held what, then the roster's word, then who holds what now: the difference is the report.
    before = turnover.standing(source, roster.covers & known, before_on)
    changed = write_terms(roster.holdings, source, roster.covers, roster.doubtful)
    if roster.committees[0]:
        summary.lines.append(
            "{:,} committees, {:,} memberships".format(
                *committees.record(*roster.committees, source)
            )
        )
    refused = roster.rejected + changed.rejected
    summary.lines += [_told(roster, changed), *roster.notes, *changed.differs]
    summary.rejected += refused
    # A chamber loaded for the first time is no turnover.
    after = turnover.standing(source, roster.covers & known, roster.as_of)
    return turnover.store(source, before_on, turnover.compare(before, after), refused)


def weigh_rosters(rosters: Sequence[Roster], states: list[str], summary: Summary) -> None:
    """Hold second opinions against what is believed.

    Call it in a transaction, when all rosters are written.
    """
    for roster in rosters:
        believed = Source.objects.filter(key="congress-legislators").first()
        if roster.second and believed:
            known = {(state, chamber) for state, chamber in believed.covers if state in states}
            rows = weigh(roster.second, Source.objects.get(key=roster.key), believed, known)
            summary.lines += [f"sources disagree about {told(row)}" for row in rows]


def told(row: Disagreement) -> str:
    place = " ".join(part for part in (row.jurisdiction_id, row.chamber, row.district) if part)
    return (
        f"{place}: {row.believed.name} ({row.believed_as_of}) says {row.believed_says or 'nobody'},"
        f" {row.other.name} ({row.other_as_of}) says {row.other_says or 'nobody'}"
    )


def _congress(files: Files, seats: list[Expected], states: list[str]) -> Roster:
    path, day = files["congress"][0], as_of(files["congress"][0])
    offices, social, memberships = (
        next(iter(files[name]), None) for name in ("offices", "social", "memberships")
    )
    holdings, rejected = congress.read(path, offices=offices, social=social, states=states, on=day)
    covers = {
        (seat.state, seat.chamber)
        for seat in seats
        if seat.chamber in (Chamber.US_HOUSE, Chamber.US_SENATE)
    }
    names = ("congress", "offices", "social", "committees", "memberships")
    paths = [path for name in names for path in files[name]]
    sitting = (
        committees.read(files["committees"][0], memberships) if files["committees"] else ([], [])
    )
    return Roster(
        "congress-legislators",
        "Congress",
        paths,
        day,
        holdings,
        covers,
        rejected,
        committees=sitting,
    )


def _executive(path: Path) -> Roster:
    day = as_of(path)
    covers = {(UNITED_STATES.code, str(Chamber.PRESIDENT))}
    return Roster(
        "executive",
        "President and Vice President",
        [path],
        day,
        white_house.read(path, on=day),
        covers,
    )


def _states(files: Files, seats: list[Expected], states: list[str]) -> Roster:
    day = max(as_of(path) for path in files["people"])
    people = openstates.read(files["people"], seats, states=states, on=day)
    covers = _covered(people.holdings, seats)
    name = "State legislatures and governors"
    return Roster(
        "openstates",
        name,
        files["people"],
        day,
        people.holdings,
        covers,
        people.rejected,
        people.congress,
    )


def _fallback(files: Files, seats: list[Expected], states: list[str]) -> Roster:
    day = max(as_of(path) for path in files["people csv"])
    read = openstates_csv.read(files["people csv"], seats, states=states)
    name = "State legislatures (CSV, a fallback)"
    covers = _covered(read.holdings, seats) - read.doubtful
    paths = files["people csv"]
    return Roster(
        "openstates-csv",
        name,
        paths,
        day,
        read.holdings,
        covers,
        read.rejected,
        doubtful=read.doubtful,
        notes=read.notes,
    )


def _covered(holdings: Sequence[Holding], seats: Sequence[Expected]) -> set[tuple[str, str]]:
    """Chambers of which a source publishes anybody."""
    states = {seat.division: seat.state for seat in seats}
    return {(states[holding.division], holding.chamber) for holding in holdings}


def _told(roster: Roster, changed: Turnover) -> str:
    return (
        f"{roster.name} as of {roster.as_of}: {changed.opened:,} terms opened, {changed.kept:,}"
        f" kept, {changed.changed:,} changed, {changed.closed:,} closed; {changed.contacts:,}"
        " contacts changed"
    )
