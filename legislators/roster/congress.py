"""unitedstates/congress-legislators: legislators-current.yaml and, if at hand, their district
offices and official social accounts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from legislators.models import Chamber, Contact
from legislators.roster.holdings import Holding, Way
from legislators.roster.published import Reject, read_bytes, read_yaml, reading
from legislators.states import STATES

Kind = Contact.Kind
_NETWORKS = {
    Kind.TWITTER: "x.com",
    Kind.FACEBOOK: "www.facebook.com",
    Kind.INSTAGRAM: "www.instagram.com",
    Kind.YOUTUBE: "www.youtube.com",
}
_CHAMBERS = {"rep": Chamber.US_HOUSE, "sen": Chamber.US_SENATE}


def read(
    path: Path,
    *,
    offices: Path | None = None,
    social: Path | None = None,
    states: list[str],
    on: dt.date,
) -> tuple[list[Holding], list[Reject]]:
    """The members whose last term had not ended when the roster was taken. Raises Refused."""
    more = _offices(offices) if offices else {}
    for key, accounts in (_accounts(social) if social else {}).items():
        more[key] = more.get(key, ()) + accounts
    holdings, rejected = [], []
    with reading(path):
        for person in read_yaml(read_bytes(path)):
            # In order of time, as published: the last is today's.
            term = person["terms"][-1]
            if term["state"] not in states:
                continue
            if term["type"] not in _CHAMBERS or term["state"] not in STATES:
                rejected.append(
                    Reject(
                        _name(person), f"a {term['type']} of {term['state']} holds no seat we know"
                    )
                )
            elif dt.date.fromisoformat(term["end"]) <= on:
                rejected.append(Reject(_name(person), f"the last term ended on {term['end']}"))
            else:
                holdings.append(_holding(person, term, more.get(person["id"]["bioguide"], ())))
    return holdings, rejected


def _holding(person: dict[str, Any], term: dict[str, Any], offices: tuple[Way, ...]) -> Holding:
    state = STATES[term["state"]]
    is_senator = term["type"] == "sen"
    district = "" if is_senator else str(term["district"])
    return Holding(
        key=f"bioguide:{person['id']['bioguide']}",
        name=_name(person),
        given_name=person["name"].get("nickname") or person["name"]["first"],
        family_name=person["name"]["last"],
        party=term["party"],
        chamber=_CHAMBERS[term["type"]],
        division=state.division if is_senator else house_division(state.code, district),
        district=district,
        label=f"Class {term['class']}" if is_senator else "",
        started_on=dt.date.fromisoformat(term["start"]),
        ended_on=dt.date.fromisoformat(term["end"]),
        ways=_ways(term) + offices,
    )


def house_division(state: str, district: str) -> str:
    """Open States' names for the divisions: at-large states have a district of that name, delegates
    their whole territory.
    """
    if not STATES[state].is_state:
        return STATES[state].division
    return f"{STATES[state].division}/cd:{'at-large' if district == '0' else district}"


def _name(person: dict[str, Any]) -> str:
    name = person["name"]
    return str(name.get("official_full") or f"{name['first']} {name['last']}")


def _ways(term: dict[str, Any]) -> tuple[Way, ...]:
    """Members of Congress publish no e-mail: a form, a telephone and an office."""
    return (
        Way(Kind.PHONE, term.get("phone") or "", "capitol"),
        Way(Kind.ADDRESS, term.get("address") or "", "capitol"),
        Way(Kind.FORM, term.get("contact_form") or "", "capitol"),
        Way(Kind.WEBSITE, term.get("url") or "", "capitol"),
    )


def _offices(path: Path) -> dict[str, tuple[Way, ...]]:
    with reading(path):
        return {
            row["id"]["bioguide"]: tuple(
                way for office in row["offices"] for way in _office_ways(office)
            )
            for row in read_yaml(read_bytes(path))
        }


def _office_ways(office: dict[str, Any]) -> tuple[Way, ...]:
    street = ", ".join(
        str(office[part]) for part in ("building", "address", "suite", "city") if office.get(part)
    )
    line = (
        f"{street}, {office['state']} {office.get('zip') or ''}".strip()
        if street and office.get("state")
        else ""
    )
    town = ", ".join(str(office[part]) for part in ("city", "state") if office.get(part))
    return (
        Way(Kind.PHONE, office.get("phone") or "", "district", town),
        Way(Kind.ADDRESS, line, "district", town),
        Way(Kind.FAX, office.get("fax") or "", "district", town),
    )


def _accounts(path: Path) -> dict[str, tuple[Way, ...]]:
    with reading(path):
        return {
            row["id"]["bioguide"]: tuple(accounts(row["social"]))
            for row in read_yaml(read_bytes(path))
        }


def accounts(published: dict[str, Any]) -> Iterator[Way]:
    """Published handles as addresses.

    A YouTube channel's number outlives its name, so it comes first.
    """
    for kind, handle in (
        (Kind.TWITTER, published.get("twitter")),
        (Kind.FACEBOOK, published.get("facebook")),
        (Kind.INSTAGRAM, published.get("instagram")),
        (Kind.YOUTUBE, published.get("youtube_id") or published.get("youtube")),
    ):
        if handle:
            is_channel = kind == Kind.YOUTUBE and published.get("youtube_id")
            yield Way(
                kind,
                f"https://{_NETWORKS[kind]}/{'channel/' if is_channel else ''}"
                f"{str(handle).lstrip('@')}",
                "capitol",
            )
