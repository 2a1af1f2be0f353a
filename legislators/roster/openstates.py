"""openstates/people: state legislators and executives, from JSON lines or from YAML (a folder, a
tar archive or a zip).

Who is current is told by dates, not by folders: a retired person can lie among the current ones,
and the other way round.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from legislators.models import OTHER_EXECUTIVES, Chamber, Contact
from legislators.roster.congress import accounts
from legislators.roster.holdings import Holding, Way
from legislators.roster.names import split_name
from legislators.roster.published import Reject, files_within, read_text, read_yaml, reading
from legislators.roster.seats import Expected, senate_classes
from legislators.states import STATES, state_code

Kind = Contact.Kind
_ON_A_HOST = (Kind.EMAIL, Kind.FORM, Kind.WEBSITE)
_OF_A_LEGISLATURE = re.compile(r"leg|house|senat|assembl|capitol|asmdc|ilga|(^|\.)le\.(state\.)?ut")
Row = dict[str, Any]


@dataclass(frozen=True)
class People:
    """Holders of state seats; and, as a second opinion only, of seats in Congress, whose own source
    is believed.
    """

    holdings: list[Holding] = field(default_factory=list)
    congress: list[Holding] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)


def read(
    paths: Sequence[Path], seats: Iterable[Expected], *, states: list[str], on: dt.date
) -> People:
    """Who holds these states' seats on a day. Raises Refused."""
    districts = {(seat.chamber, seat.state, seat.published): seat for seat in seats}
    found: dict[tuple[str, str, str], Holding] = {}
    people = People()
    for path in paths:
        with reading(path):
            for row in _rows(path, on):
                if not _is_current(row, on):
                    continue
                chamber, state, district = (
                    _of_congress(row) if row["st"] == "US" else _of_state(row)
                )
                if state not in states or chamber is None:
                    continue
                seat = districts.get((chamber, state, district))
                if seat is not None:
                    # By person and district: somebody listed in two files is one holder.
                    each = holding(row, seat)
                    key = (row["id"], chamber, seat.division)
                    if chamber in OTHER_EXECUTIVES:
                        # One office, one holder: two records of one person are not rare there.
                        key = ("", chamber, seat.division)
                        each = max(each, found.get(key, each), key=_ends)
                    found[key] = each
                elif row["st"] != "US":
                    reason = "no such district is expected"
                    people.rejected.append(
                        Reject(
                            f"{row['name']}, {row['st']} {row['type']} {row['district']}", reason
                        )
                    )
    for (_, chamber, _), each in found.items():
        (
            people.congress if chamber in (Chamber.US_HOUSE, Chamber.US_SENATE) else people.holdings
        ).append(each)
    return people


def _rows(path: Path, on: dt.date) -> Iterator[Row]:
    """One row per person and role, with the keys of the JSON lines."""
    if ".jsonl" in path.name:
        for line in read_text(path).splitlines():
            if line.strip():
                row = json.loads(line)
                yield {**row, "st": row["st"].upper()}
        return
    for name, content in files_within(path, ".yml", _may_hold_office):
        if _may_hold_office(name):  # in a folder the members are chosen by their bare names
            yield from _rows_of_person(read_yaml(content), on)


def _may_hold_office(name: str) -> bool:
    return "/municipalities/" not in name and "/retired/" not in f"/{name}"


def parties_on(parties: Iterable[Row], on: dt.date) -> list[str]:
    """Those that somebody belongs to on a day: one that ended by then no longer counts."""
    return [
        party["name"]
        for party in parties
        if not (ended := _date(party.get("end_date"))) or ended > on
    ]


def _rows_of_person(person: Row, on: dt.date) -> Iterator[Row]:
    for role in person.get("roles") or ():
        place = re.search(
            r"(?:state|district|territory|country):(\w\w)/government",
            role.get("jurisdiction") or "",
        )
        if place:
            yield {
                **{
                    key: person.get(key)
                    for key in (
                        "id",
                        "name",
                        "given_name",
                        "family_name",
                        "email",
                        "offices",
                        "ids",
                    )
                },
                "st": place[1].upper(),
                "type": role["type"],
                "district": role.get("district"),
                "start": role.get("start_date"),
                "end": role.get("end_date"),
                "party": parties_on(person.get("party") or (), on),
                "links": [link["url"] for link in person.get("links") or ()],
            }


def _of_state(row: Row) -> tuple[str | None, str, str]:
    return chamber_of(row["type"], row["st"]), row["st"], str(row["district"] or "").lower()


def _of_congress(row: Row) -> tuple[str | None, str, str]:
    """Districts are written "CA-44" and "VT-AL", a senator's is the state's name; which class a
    senator is of is not said.
    """
    if row["type"] == "upper":
        state = state_code(row["district"] or "") or ""
        return Chamber.US_SENATE, state, f"class {senate_classes(state)[0]}" if state else ""
    state, _, number = str(row["district"]).partition("-")
    return (
        (Chamber.US_HOUSE if row["type"] == "lower" else None),
        state,
        "0" if number == "AL" else number,
    )


def chamber_of(role: str, state: str) -> str | None:
    if state not in STATES:
        return None
    if role == "legislature":
        return Chamber.DC_COUNCIL if state == "DC" else Chamber.STATE_UNICAMERAL
    return {
        "upper": Chamber.STATE_UPPER,
        "lower": Chamber.STATE_LOWER,
        "governor": Chamber.GOVERNOR,
        "lt_governor": Chamber.LT_GOVERNOR,
        "attorney general": Chamber.ATTORNEY_GENERAL,
    }.get(role)


def _is_current(row: Row, on: dt.date) -> bool:
    started, ended = _date(row.get("start")), _date(row.get("end"))
    return (started is None or started <= on) and (ended is None or ended > on)


def _date(text: object) -> dt.date | None:
    """Some dates are a year or a month only: their first day. YAML may have read them already."""
    if not text:
        return None
    return dt.date.fromisoformat(f"{text}-01-01"[:10] if len(str(text)) == 4 else f"{text}-01"[:10])


def holding(row: Row, seat: Expected) -> Holding:
    given, family = split_name(row["name"])
    return Holding(
        key=row["id"],
        name=row["name"],
        given_name=row.get("given_name") or given,
        family_name=row.get("family_name") or family,
        party="/".join(row.get("party") or ()),
        chamber=seat.chamber,
        division=seat.division,
        district=seat.published,
        label=seat.label,
        started_on=_date(row.get("start")),
        ended_on=_date(row.get("end")),
        ways=tuple(way for way in _ways(row) if not _is_from_before(way, seat)),
    )


def _ends(each: Holding) -> dt.date:
    return each.ended_on or dt.date.max


def _is_from_before(way: Way, seat: Expected) -> bool:
    """Whether it is a legislature's, of somebody who has left it for a statewide office: their
    mailbox there is dead, or somebody else's by now.
    """
    if seat.chamber not in OTHER_EXECUTIVES or way.kind not in _ON_A_HOST:
        return False
    mailbox, _, host = way.value.lower().rpartition("@")
    host = host.removeprefix("http://").removeprefix("https://").partition("/")[0]
    # Of a senate that its lieutenant governor presides over: ltgov@senate.ms.gov.
    return bool(_OF_A_LEGISLATURE.search(host)) and not mailbox.startswith(("ltgov", "lt.gov"))


def _ways(row: Row) -> Iterator[Way]:
    """A published "e-mail" that is a link is a form.

    Home addresses stay out even where a source has them.
    """
    email = (row.get("email") or "").strip()
    yield Way(Kind.FORM if email.startswith("http") else Kind.EMAIL, email, "capitol")
    for office in row.get("offices") or ():
        kind = "capitol" if office["classification"].startswith("capitol") else "district"
        if office["classification"] != "home":
            yield Way(Kind.PHONE, office.get("voice") or "", kind)
            yield Way(Kind.ADDRESS, office.get("address") or "", kind)
            yield Way(Kind.FAX, office.get("fax") or "", kind)
    links = row.get("links") or []
    # By its address alone: one that speaks of contact is taken for a form.
    forms = [link for link in links if "contact" in link.lower()]
    yield Way(Kind.FORM, forms[0] if forms else "", "capitol")
    yield Way(Kind.WEBSITE, next((link for link in links if link not in forms), ""), "capitol")
    yield from accounts(row.get("ids") or {})
