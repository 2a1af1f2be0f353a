"""Bills of a file become ours: new ones are added, known ones brought up to date; what is in doubt
is said, and nothing that was typed here is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.bills import keeping, stages
from campaigns.bills.importing import openstates, table
from campaigns.bills.importing.published import BadFile, PublishedBill
from campaigns.bills.matching import House, Named
from campaigns.bills.naming import normalized
from campaigns.models import Bill

AT_MOST_BILLS = 20_000
ADD, CHANGE, SAME, WRONG = "add", "change", "same", "wrong"


@dataclass
class Row:
    """What became, or would become, of one bill of the file. `doubts` are sentences to look at."""

    number: int
    bill: PublishedBill
    deed: str = WRONG
    doubts: list[str] = field(default_factory=list)


def read(text: str) -> list[PublishedBill]:
    """JSON by its first letter, else a table. Raises BadFile."""
    # No database keeps a NUL in a text, and none was meant.
    if "\0" in text or "\\u0000" in text:
        raise BadFile(_("It holds signs that no text has."))
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    found = openstates.read(text) if begins in ("{", "[") else table.read(text)
    if len(found) > AT_MOST_BILLS:
        raise BadFile(_("At most %d bills at once.") % AT_MOST_BILLS)
    return found


def look(bills: list[PublishedBill], *, author: str) -> list[Row]:
    """The same as `keep`, and nothing is kept."""
    with transaction.atomic():
        rows = keep(bills, author=author)
        # Kept and taken back: what is shown is exactly what would happen.
        transaction.set_rollback(True)
    return rows


@transaction.atomic
def keep(bills: list[PublishedBill], *, author: str) -> list[Row]:
    """All but the wrong ones."""
    houses: dict[str, House] = {}
    seen: set[tuple[str, str, str]] = set()
    rows = [Row(number, bill) for number, bill in enumerate(bills, start=1)]
    for row in rows:
        name = (row.bill.jurisdiction, row.bill.session, normalized(row.bill.identifier))
        if not row.bill.errors and name in seen:
            row.bill.errors.append(_("It stands in the file twice."))
        seen.add(name)
        if not row.bill.errors:
            house = houses.setdefault(row.bill.jurisdiction, House(row.bill.jurisdiction))
            # By itself: one that fails takes none of the others along.
            with transaction.atomic():
                keep_one(row, house, author=author)
    return rows


def keep_one(row: Row, house: House, *, author: str) -> None:
    new = row.bill
    bill = known(new) or Bill(openstates_id=new.openstates_id)
    is_new = bill.pk is None
    facts = facts_of(new, bill)
    if is_new or any(getattr(bill, name) != value for name, value in facts.items()):
        bill.openstates_id = new.openstates_id or bill.openstates_id
        try:
            keeping.keep(bill, facts, author=author)
        except keeping.AlreadyThere:
            new.errors.append(_("Another bill here has this number in this session."))
            return
        row.deed = ADD if is_new else CHANGE
    else:
        row.deed = SAME
    moved = keep_stages(row, bill, author=author)
    named = keep_sponsors(row, bill, house)
    if row.deed == SAME and (moved or named):
        row.deed = CHANGE


def known(new: PublishedBill) -> Bill | None:
    """By Open States' id, else by its number in its session; a bill that was typed without one is
    the same where there is only one.
    """
    found: Bill | None = None
    if new.openstates_id:
        found = Bill.objects.filter(openstates_id=new.openstates_id).first()
    there = Bill.objects.filter(
        jurisdiction=new.jurisdiction, normalized=normalized(new.identifier)
    )
    found = found or there.filter(session=new.session).first()
    without = list(there.filter(session="")[:2])
    return found or (without[0] if len(without) == 1 else None)


def facts_of(new: PublishedBill, bill: Bill) -> dict[str, Any]:
    """What the file says. Our own way of writing its number, our stance and our links stay."""
    ours = {link["url"] for link in bill.links}
    facts: dict[str, Any] = {
        "jurisdiction": new.jurisdiction,
        "session": new.session or bill.session,
        "identifier": bill.identifier or new.identifier,
        "title": new.title or bill.title,
        "links": [*bill.links, *(link for link in new.links if link["url"] not in ours)][:10],
    }
    return facts if new.stance is None else facts | {"stance": new.stance}


def keep_stages(row: Row, bill: Bill, *, author: str) -> bool:
    """Whether a line came to its history. Where somebody here says that it is further, that stands
    and is said.
    """
    before = bill.history.count()
    last = row.bill.stages[-1:]
    for stage, day in row.bill.stages:
        # What came before is filled in by its day; without one it tells nothing new.
        is_behind = bool(bill.stage) and stages.is_behind(bill, stage, day)
        if is_behind and (stage, day) not in last:
            continue
        try:
            stages.note(bill, stage, author=author, happened_on=day, source=row.bill.source)
        except stages.Doubtful as doubt:
            row.doubts.append(str(doubt))
        except stages.FutureDay:
            row.doubts.append(_("A day that has not come yet was left out."))
    return bill.history.count() > before


def keep_sponsors(row: Row, bill: Bill, house: House) -> bool:
    """Whether one came. Nobody is taken off: who is no longer named is said."""
    if not row.bill.sponsors:
        return False
    standing = {one.name: one for one in bill.sponsors.all()}
    # One person may be written in two ways on one bill.
    people = {one.legislator_id for one in standing.values() if one.legislator_id}
    came = False
    for sponsor in row.bill.sponsors:
        # Somebody here may have said who it is: that holds.
        if sponsor.name not in standing:
            came = add(row, bill, house, sponsor, people) or came
        elif standing[sponsor.name].doubt:
            row.doubts.append(f"{sponsor.name}: {standing[sponsor.name].doubt}")
    named = {sponsor.name for sponsor in row.bill.sponsors}
    for name in sorted(standing.keys() - named):
        row.doubts.append(_("%s stands on it here, and the file does not name them.") % name)
    return came


def add(row: Row, bill: Bill, house: House, sponsor: Named, people: set[int]) -> bool:
    match = house.match(sponsor)
    if match.legislator_id in people:
        return False
    if match.legislator_id:
        people.add(match.legislator_id)
    if match.doubt:
        row.doubts.append(f"{sponsor.name}: {match.doubt}")
    bill.sponsors.create(
        legislator_id=match.legislator_id,
        role=sponsor.role,
        name=sponsor.name,
        is_committee=sponsor.is_committee,
        doubt=match.doubt[:300],
    )
    return True
