"""unitedstates/congress-legislators: executive.yaml, the President and the Vice President.

Governors come from Open States.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from legislators.models import Chamber, Contact
from legislators.roster.holdings import Holding, Way
from legislators.roster.published import read_bytes, read_yaml, reading
from legislators.roster.seats import Expected
from legislators.states import UNITED_STATES

# Neither takes e-mail; both say so, with these, at https://www.whitehouse.gov/contact/.
_CONTACT = "https://www.whitehouse.gov/contact/"
_WAYS = {
    "prez": (
        Way(Contact.Kind.FORM, _CONTACT, "capitol"),
        Way(Contact.Kind.PHONE, "202-456-1111", "capitol"),
        Way(Contact.Kind.ADDRESS, "1600 Pennsylvania Avenue NW; Washington, DC 20500", "capitol"),
    ),
    "viceprez": (
        Way(Contact.Kind.FORM, _CONTACT, "capitol"),
        Way(Contact.Kind.ADDRESS, "1600 Pennsylvania Avenue NW; Washington, DC 20501", "capitol"),
    ),
}
_OFFICES = {"prez": ("", "President"), "viceprez": ("Vice President", "Vice President")}


def seats() -> list[Expected]:
    """The President first; a label keeps the other seat for the Vice President."""
    return [
        Expected(
            Chamber.PRESIDENT,
            UNITED_STATES.code,
            UNITED_STATES.division,
            "",
            position,
            label,
            title,
            label.lower(),
        )
        for position, (label, title) in enumerate(_OFFICES.values(), start=1)
    ]


def read(path: Path, *, on: dt.date) -> list[Holding]:
    """Who was in office on the day the roster was taken. The file holds everyone since 1789.

    Raises Refused.
    """
    with reading(path):
        people = [(person, person["terms"][-1]) for person in read_yaml(read_bytes(path))]
        return [_holding(person, term) for person, term in people if _is_current(term, on)]


def _is_current(term: dict[str, Any], on: dt.date) -> bool:
    return term["type"] in _OFFICES and dt.date.fromisoformat(
        term["start"]
    ) <= on < dt.date.fromisoformat(term["end"])


def _holding(person: dict[str, Any], term: dict[str, Any]) -> Holding:
    name = person["name"]
    # Who never sat in Congress has no bioguide id.
    scheme = next(
        scheme for scheme in ("bioguide", "govtrack", "icpsr_prez") if person["id"].get(scheme)
    )
    return Holding(
        key=f"{scheme}:{person['id'][scheme]}",
        name=str(
            name.get("official_full") or f"{name.get('nickname') or name['first']} {name['last']}"
        ),
        given_name=name.get("nickname") or name["first"],
        family_name=name["last"],
        party=term["party"],
        chamber=Chamber.PRESIDENT,
        division=UNITED_STATES.division,
        district="",
        label=_OFFICES[term["type"]][0],
        started_on=dt.date.fromisoformat(term["start"]),
        ended_on=dt.date.fromisoformat(term["end"]),
        ways=_WAYS[term["type"]],
    )
