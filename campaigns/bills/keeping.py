"""What is typed of a bill, and how it is kept: with a line in the audit log, and told to its
campaigns.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts import audit
from campaigns.bills.attaching import tell_campaigns
from campaigns.bills.naming import normalized
from campaigns.models import Bill, BillSponsor
from legislators.models import Jurisdiction, Legislator
from legislators.states import STATES, UNITED_STATES

FACTS = ("kind", "jurisdiction", "session", "identifier", "title", "stance", "links")


class AlreadyThere(Exception):
    """This jurisdiction has a bill of that identifier in that session: `bill`."""

    def __init__(self, bill: Bill) -> None:
        super().__init__(str(bill))
        self.bill = bill


class StillUsed(Exception):
    """A campaign is about it."""


def jurisdictions() -> list[tuple[str, str]]:
    """Whose bills there may be: Congress, the states, and whatever else has a roster here."""
    others = Jurisdiction.objects.exclude(code=UNITED_STATES.code).values_list("code", "name")
    states = {state.code: state.name for state in STATES.values()} | dict(others)
    by_name = sorted(states.items(), key=lambda row: row[1])
    return [(UNITED_STATES.code, "U.S. Congress"), *by_name]


@transaction.atomic
def keep(bill: Bill, facts: dict[str, Any], *, author: str) -> Bill:
    """Make or change it. Raises AlreadyThere."""
    deed = "bill.change" if bill.pk else "bill.add"
    changed = [name for name in FACTS if name in facts and getattr(bill, name) != facts[name]]
    for name in changed:
        setattr(bill, name, facts[name])
    bill.normalized = normalized(bill.identifier)
    if bill.jurisdiction and bill.session and (other := same_as(bill)):
        raise AlreadyThere(other)
    bill.save()
    # Their letters say its identifier, and the release before reads it from them.
    tell_campaigns(bill)
    audit.record(author, deed, f"bill {bill.pk}", bill=str(bill), changed=", ".join(changed))
    return bill


def same_as(bill: Bill) -> Bill | None:
    """Another row that is this very bill."""
    there = Bill.objects.filter(
        jurisdiction=bill.jurisdiction, session=bill.session, normalized=bill.normalized
    )
    found: Bill | None = there.exclude(pk=bill.pk).first()
    return found


@transaction.atomic
def remove(bill: Bill, *, author: str) -> None:
    """With its history. Raises StillUsed."""
    if bill.campaign_links.exists():
        raise StillUsed
    audit.record(author, "bill.remove", f"bill {bill.pk}", bill=str(bill))
    bill.delete()


@transaction.atomic
def add_sponsor(bill: Bill, legislator: Legislator, role: str, *, author: str) -> None:
    """Of somebody who stands on it already the role changes."""
    BillSponsor.objects.update_or_create(
        bill=bill, legislator=legislator, defaults={"role": role, "name": legislator.name}
    )
    note_sponsor(bill, "bill.sponsor", legislator.name, author, role=role)


@transaction.atomic
def say_who(row: BillSponsor, legislator: Legislator, *, author: str) -> None:
    """Somebody here knows whom the bill means by a name that was in doubt."""
    # Whoever stands on it already stands there once.
    twin = BillSponsor.objects.filter(bill=row.bill_id, legislator=legislator).first()
    if twin:
        row.delete()
    else:
        row.legislator, row.doubt = legislator, ""
        row.save(update_fields=["legislator", "doubt"])
    note_sponsor(row.bill, "bill.sponsor said", legislator.name, author, stands=row.name)


@transaction.atomic
def remove_sponsor(row: BillSponsor, *, author: str) -> None:
    row.delete()
    note_sponsor(row.bill, "bill.sponsor removed", row.name, author)


def note_sponsor(bill: Bill, deed: str, name: str, author: str, **detail: str) -> None:
    audit.record(author, deed, f"bill {bill.pk}", bill=str(bill), sponsor=name, **detail)
