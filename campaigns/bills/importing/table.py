"""A table of bills: comma, semicolon or tab between the cells, the first line names the columns."""

from __future__ import annotations

import csv
import datetime as dt
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.bills.importing.published import BadFile, PublishedBill
from campaigns.bills.kinds import BILL_STAGES
from campaigns.bills.matching import Named
from campaigns.bills.naming import normalized
from campaigns.bills.sponsors import COSPONSOR, SPONSOR
from legislators.states import UNITED_STATES, state_code

NEEDED = ("jurisdiction", "identifier")
COLUMNS = (
    *(*NEEDED, "session", "title", "stance", "stage", "stage_on"),
    *("sponsors", "cosponsors", "link", "openstates_id"),
)
STANCES = {"pro": "pro", "support": "pro", "for": "pro", "con": "con", "oppose": "con"}
STANCES |= {"against": "con", "": "", "watch": "", "none": ""}
STAGES = {stage.value: stage.value for stage in BILL_STAGES} | {
    str(stage.label).casefold(): stage.value for stage in BILL_STAGES
}


def read(text: str) -> list[PublishedBill]:
    """Raises BadFile."""
    # Excel begins a file with a mark, which is no part of the first column's name.
    text = text.lstrip("\ufeff").lstrip()
    # Whatever the spreadsheet writes: where the comma is in numbers, Excel's CSV has semicolons.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        reader.fieldnames = names
        rows = [row for row in reader if any(cell for cell in row.values() if cell)]
    except csv.Error as error:
        raise BadFile(_("It is no table: %s") % error) from None
    if missing := [name for name in NEEDED if name not in names]:
        raise BadFile(_("There is no column %s.") % ", ".join(missing))
    if unknown := [name for name in names if name not in COLUMNS]:
        raise BadFile(_("These columns are unknown: %s.") % ", ".join(unknown))
    if not rows:
        raise BadFile(_("There is no row below the names of the columns."))
    return [published(row, names) for row in rows]


def published(row: dict[str, str], names: list[str]) -> PublishedBill:
    # Under None DictReader keeps the cells beyond the last column.
    extra = row.pop(None, None)  # type: ignore[call-overload]
    cell = {name: (value or "").strip() for name, value in row.items()}
    whose = cell["jurisdiction"]
    is_federal = whose.upper() in ("US", "CONGRESS", "U.S. CONGRESS", "UNITED STATES")
    made = PublishedBill(
        jurisdiction=UNITED_STATES.code if is_federal else state_code(whose) or "",
        session=cell.get("session", "")[:60],
        identifier=cell["identifier"][:60],
        title=cell.get("title", ""),
        links=[{"url": cell["link"], "label": ""}] if cell.get("link") else [],
        openstates_id=cell.get("openstates_id", "")[:80],
    )
    for column, role in (("sponsors", SPONSOR), ("cosponsors", COSPONSOR)):
        people = [name.strip() for name in cell.get(column, "").split(";")]
        made.sponsors += [Named(name[:200], role) for name in people if name]
    if extra:
        made.errors.append(_("It has more cells than there are columns."))
    if not made.jurisdiction:
        made.errors.append(_("jurisdiction: “%s” is no state, and not US.") % whose)
    if not normalized(made.identifier):
        made.errors.append(_("identifier: it is empty."))
    if made.links and not made.links[0]["url"].startswith(("https://", "http://")):
        made.errors.append(_("link: it begins with https://"))
    read_stance(made, cell.get("stance", ""), is_told="stance" in names)
    read_stage(made, cell.get("stage", ""), cell.get("stage_on", ""))
    return made


def read_stance(made: PublishedBill, said: str, *, is_told: bool) -> None:
    if is_told and said.casefold() not in STANCES:
        made.errors.append(_("stance: support, oppose, or nothing; not “%s”.") % said)
    elif is_told:
        made.stance = STANCES[said.casefold()]


def read_stage(made: PublishedBill, said: str, day: str) -> None:
    stage = STAGES.get(said.casefold())
    if said and not stage:
        made.errors.append(_("stage: “%s” is none of these: %s.") % (said, ", ".join(BILL_STAGES)))
    try:
        on = dt.date.fromisoformat(day) if day else None
    except ValueError:
        made.errors.append(_("stage_on: days are written 2027-01-31."))
        return
    if on and on > timezone.localdate():
        made.errors.append(_("stage_on: that day has not come yet."))
    elif stage:
        made.stages.append((stage, on))
