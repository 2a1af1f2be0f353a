"""Open States' JSON of bills, as its API v3 answers (one bill, or a page with `results`) and as its
bulk downloads have it (a list for a session).

API: v3.openstates.org/openapi.json, `Bill`. Bulk: openstates.org, bulk_export.py, which names the
session `legislative_session`, the sponsors `sponsors` and gives no ids of people.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from campaigns.bills.importing.published import BadFile, PublishedBill
from campaigns.bills.matching import Named
from campaigns.bills.naming import normalized
from campaigns.bills.sponsors import COSPONSOR, SPONSOR
from campaigns.bills.stages import FAR
from campaigns.models import Stage
from legislators.states import UNITED_STATES, state_code

SOURCE = "Open States"
DIVISION = re.compile(r"(?:state|district|territory):(\w\w)/")
# An action's classification -> the stage that it reaches. What is only about an amendment, a
# committee's "no" or a single item reaches none.
REACHES = {
    "filing": Stage.INTRODUCED,
    "introduction": Stage.INTRODUCED,
    "referral": Stage.COMMITTEE,
    "referral-committee": Stage.COMMITTEE,
    "committee-passage": Stage.REPORTED,
    "committee-passage-favorable": Stage.REPORTED,
    "committee-passage-unfavorable": Stage.REPORTED,
    "executive-receipt": Stage.EXECUTIVE,
    "executive-signature": Stage.LAW,
    "became-law": Stage.LAW,
    "executive-veto": Stage.VETOED,
    "failure": Stage.FAILED,
    "withdrawal": Stage.WITHDRAWN,
}
PASSAGE = "passage"
# "Withdrawn from committee" moves a bill; it does not end it.
ONLY_MOVED = re.compile(r"\bwithdrawn?\s+(?:from|and)\b", re.IGNORECASE)
ONE_CHAMBER = {"NE", "DC", "GU", "VI"}
LONGEST = 60
SIDES = {"upper": "upper", "lower": "lower", "legislature": "legislature"}


def read(text: str) -> list[PublishedBill]:
    """Raises BadFile."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadFile(_("It is no JSON: %s") % error) from None
    # A page of the API, or one bill by itself.
    if isinstance(found, dict):
        found = found.get("results", [found])
    if not isinstance(found, list) or not found:
        raise BadFile(_("There is no bill in it."))
    return [published(row) for row in found]


def published(row: Any) -> PublishedBill:
    """One that cannot be read carries the reason."""
    try:
        return as_published(row)
    except (AttributeError, KeyError, TypeError, ValueError):
        name = row.get("identifier", "") if isinstance(row, dict) else ""
        wrong = _("It is not written as Open States writes a bill.")
        return PublishedBill(identifier=str(name)[:60], errors=[wrong])


def as_published(row: dict[str, Any]) -> PublishedBill:
    state = jurisdiction_of(row)
    told = [row.get("openstates_url"), *(one.get("url") for one in row.get("sources") or ())]
    # It becomes a link on a public page: nothing but the web's own addresses.
    urls = [url for url in told if str(url).startswith(("https://", "http://"))]
    made = PublishedBill(
        jurisdiction=state,
        session=str(row.get("session") or row.get("legislative_session") or ""),
        identifier=str(row.get("identifier") or ""),
        title=str(row.get("title") or ""),
        stages=stages(row.get("actions") or (), state, row.get("classification") or ()),
        sponsors=[named(one) for one in row.get("sponsorships") or row.get("sponsors") or ()],
        links=[{"url": url, "label": ""} for url in dict.fromkeys(urls)][:5],
        openstates_id=str(row.get("id") or "")[:80],
        source=SOURCE,
    )
    if not normalized(made.identifier):
        made.errors.append(_("It has no identifier."))
    if max(len(made.identifier), len(made.session)) > LONGEST:
        made.errors.append(_("Its identifier or session is longer than %d letters.") % LONGEST)
    if not state:
        made.errors.append(_("It does not say whose bill it is."))
    return made


def jurisdiction_of(row: dict[str, Any]) -> str:
    told = row.get("jurisdiction") or {}
    key = str(told.get("id", "")) if isinstance(told, dict) else str(told)
    if found := DIVISION.search(key):
        return found[1].upper()
    name = row.get("jurisdiction_name") or (told.get("name") if isinstance(told, dict) else told)
    if "country:us/government" in key or name == UNITED_STATES.name:
        return UNITED_STATES.code
    return state_code(str(name or "")) or ""


def named(row: dict[str, Any]) -> Named:
    """`primary` is told of each; a committee may sponsor too."""
    person = row.get("person") or {}
    role = person.get("current_role") or {}
    # The bulk form of some years has only the classification.
    is_primary = row.get("primary", row.get("classification") == "primary")
    return Named(
        name=str(row["name"])[:200],
        role=SPONSOR if is_primary else COSPONSOR,
        key=str(person.get("id") or row.get("person_id") or ""),
        side=SIDES.get(role.get("org_classification", ""), ""),
        is_committee=row.get("entity_type") == "organization",
    )


def stages(
    actions: Iterable[dict[str, Any]], state: str, classification: Iterable[str]
) -> list[tuple[str, dt.date | None]]:
    """Each stage with the day on which it was first reached, forward only."""
    passed: set[str] = set()
    found: list[tuple[str, dt.date | None]] = []
    far = 0
    # Scrapers do not always write them in order.
    ordered = sorted(actions, key=lambda one: (str(one.get("date", ""))[:10], one.get("order", 0)))
    for action in ordered:
        day = day_of(action.get("date"))
        for kind in action.get("classification") or ():
            stage = reached(kind, action, passed, state, list(classification))
            if stage and FAR[Stage(stage)] > far:
                far = FAR[Stage(stage)]
                found.append((stage, day))
    return found


def reached(
    kind: str, action: dict[str, Any], passed: set[str], state: str, classification: list[str]
) -> str:
    if kind == "withdrawal" and ONLY_MOVED.search(str(action.get("description", ""))):
        return ""
    if kind != PASSAGE:
        return str(REACHES.get(kind, ""))
    # By chamber: a second vote in one of them is no second chamber.
    passed.add(chamber_of(action))
    # A resolution of one chamber is done with it.
    if classification == ["resolution"]:
        return Stage.ADOPTED
    return Stage.PASSED if state in ONE_CHAMBER or len(passed) > 1 else Stage.PASSED_ONE


def chamber_of(action: dict[str, Any]) -> str:
    told = action.get("organization")
    if isinstance(told, dict):
        return str(told.get("classification") or told.get("name") or "")
    return str(action.get("organization__name") or "")


def day_of(text: Any) -> dt.date | None:
    """Of some only the year or the month is known: then no day is."""
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
