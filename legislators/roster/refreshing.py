"""Rosters from a folder into rows, each with a report of what it changed. Read and checked first, written in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from legislators.folder import as_of, find_files
from legislators.models import Chamber, Source, TurnoverReport
from legislators.roster import congress, openstates, turnover
from legislators.roster.published import Refused, Reject, Summary, sha256_of
from legislators.roster.seats import Expected, expected, lay
from legislators.roster.terms import Holding, Turnover, record
from legislators.states import STATES

Say = Callable[[str], None]
Files = dict[str, list[Path]]


@dataclass(frozen=True)
class Roster:
    """One source's word: who holds which seats, and the chambers (state, chamber) of which it knows everyone."""

    key: str
    name: str
    paths: list[Path]
    as_of: dt.date
    holdings: list[Holding]
    covers: set[tuple[str, str]]
    rejected: list[Reject] = field(default_factory=list)


def refresh(folder: Path, states: Sequence[str] = (), say: Say = print) -> tuple[Summary, list[TurnoverReport]]:
    """Only the rosters of a folder, not its maps. Raises Refused, having changed nothing."""
    wanted = sorted(states) or list(STATES)
    files = find_files(folder)
    if not files["districts"]:
        raise Refused(f"{folder}: there is no districts_metadata.csv, the table of expected seats")
    seats = expected(files["districts"][0], wanted)
    rosters = read_rosters(files, seats, wanted, say)
    summary = Summary()
    with transaction.atomic():
        lay(seats)
        reports = [report for roster in rosters if (report := write_roster(roster, summary))]
    return summary, reports


def read_rosters(files: Files, seats: list[Expected], states: list[str], say: Say) -> list[Roster]:
    """Raises Refused."""
    rosters = []
    if files["congress"]:
        rosters.append(_congress(files, seats, states))
    if files["people"]:
        rosters.append(_states(files, seats, states))
    for roster in rosters:
        say(f"{roster.name} as of {roster.as_of}: {len(roster.holdings):,} holders")
    return rosters


def write_roster(roster: Roster, summary: Summary) -> TurnoverReport | None:
    """Call it in a transaction. Raises Refused for a roster older than the one loaded."""
    source = Source.objects.filter(key=roster.key).first() or Source(key=roster.key, covers=[])
    before_on = source.as_of if source.pk else None
    if before_on and before_on > roster.as_of:
        raise Refused(f"{roster.paths[0].name}: taken on {roster.as_of}, but a roster of {before_on} is already loaded")
    known = {(state, chamber) for state, chamber in source.covers}
    states = {state for state, _ in roster.covers}
    source.name, source.as_of, source.sha256 = roster.name, roster.as_of, sha256_of(*roster.paths)
    source.covers = sorted([list(pair) for pair in {pair for pair in known if pair[0] not in states} | roster.covers])
    source.save()
    before = turnover.standing(source, roster.covers & known, before_on)
    changed = record(roster.holdings, source, roster.covers)
    refused = roster.rejected + changed.rejected
    summary.lines.append(_told(roster, changed))
    summary.rejected += refused
    # A chamber loaded for the first time is no turnover.
    after = turnover.standing(source, roster.covers & known, roster.as_of)
    return turnover.store(source, before_on, turnover.compare(before, after), refused)


def _congress(files: Files, seats: list[Expected], states: list[str]) -> Roster:
    path, day = files["congress"][0], as_of(files["congress"][0])
    holdings, rejected = congress.read(path, files["offices"][0] if files["offices"] else None, states=states, on=day)
    covers = {(seat.state, seat.chamber) for seat in seats if seat.chamber in (Chamber.US_HOUSE, Chamber.US_SENATE)}
    return Roster("congress-legislators", "Congress", files["congress"] + files["offices"], day, holdings, covers, rejected)


def _states(files: Files, seats: list[Expected], states: list[str]) -> Roster:
    day = max(as_of(path) for path in files["people"])
    holdings, rejected = openstates.read(files["people"], seats, states=states, on=day)
    divisions = {seat.division: seat.state for seat in seats}
    covers = {(divisions[holding.division], holding.chamber) for holding in holdings}
    return Roster("openstates", "State legislatures and governors", files["people"], day, holdings, covers, rejected)


def _told(roster: Roster, changed: Turnover) -> str:
    return (
        f"{roster.name} as of {roster.as_of}: {changed.opened:,} terms opened, {changed.kept:,} kept, {changed.changed:,} changed, "
        f"{changed.closed:,} closed; {changed.contacts:,} contacts changed"
    )
