"""Addresses that take no mail, as tasks for the people here: whose, since when, and how many
letters wait (desk/mail/addresses.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from actions.followup.corrected_address import waiting_for_address
from actions.letters.ladders import in_wire_form
from legislators.holders import holders_of, office_day
from legislators.models import Contact, Seat, Term
from worker.models import Attempt, DeadAddress, State

MALFORMED = "It is no address that mail can be sent to."
SHARED = "It is published for somebody else too: {names}."


@dataclass
class Task:
    """An address for somebody to correct: whose, what the other side said, since when, and how many
    letters wait.
    """

    seat: Seat
    term: Term | None
    address: str
    because: str
    since: dt.datetime | None
    waiting: int = 0


def tasks() -> list[Task]:
    """Those with the most letters first, then the oldest. Eight queries, whatever their number.

    Also what a roster that was loaded cannot have right: a malformed address, or one of two people.
    """
    since = Min(Coalesce("delivery__settled_at", "action__created_at"))
    stuck = (
        waiting_for_address().values("seat_id", "bad_address").annotate(n=Count("pk"), since=since)
    )
    numbers = {
        (row["seat_id"], row["bad_address"]): (row["n"], row["since"]) for row in stuck.order_by()
    }
    dead = {row.address: row for row in DeadAddress.objects.filter(revived_at=None)}
    shared = shared_addresses()
    wanted = {*numbers, *useless(dead), *shared}
    wanted_seats = Seat.objects.filter(pk__in={pk for pk, _address in wanted})
    seats = {seat.pk: seat for seat in wanted_seats.select_related("jurisdiction")}
    holders, said = holders_of(list(seats)), last_words()
    found = []
    for seat_id, address in wanted:
        number, since = numbers.get((seat_id, address), (0, None))
        row = dead.get(address.lower())
        # What the other side said counts for more than what we can see for ourselves.
        because = row.because if row else said.get(address.lower(), "")
        because = because or malformed(address) or shared.get((seat_id, address), "")
        task = Task(
            seat=seats[seat_id],
            term=holders.get(seat_id),
            address=address,
            because=because,
            since=row.found_at if row else since,
            waiting=number,
        )
        found.append(task)
    now = timezone.now()
    return sorted(
        found, key=lambda task: (-task.waiting, task.since or now, task.seat.pk, task.address)
    )


def malformed(address: str) -> str:
    """In words for the people here, "" where mail can be sent to it."""
    return "" if in_wire_form(address) else MALFORMED


def useless(dead: Iterable[str]) -> set[tuple[int, str]]:
    """(seat, address) of today's holders who have an address, but none that takes mail."""
    terms = Term.objects.current(office_day())
    seats = dict(terms.values_list("legislator_id", "seat_id"))
    theirs: dict[int, list[str]] = {}
    emails = (
        Contact.objects.usable()
        .filter(kind=Contact.Kind.EMAIL, legislator__in=terms.values("legislator_id"))
        .exclude(value="")
    )
    for person, value in emails.order_by("pk").values_list("legislator_id", "value"):
        theirs.setdefault(person, []).append(value)
    bad = set(dead)
    broken = {
        person: values
        for person, values in theirs.items()
        # Who has one address that works needs nobody.
        if all(v.lower() in bad or not in_wire_form(v) for v in values)
    }
    # The first they publish stands for all of them.
    return {(seats[person], values[0]) for person, values in broken.items()}


def shared_addresses() -> dict[tuple[int, str], str]:
    """(seat, address) of today's holders of whom two are published with one address, and who the
    other one is. One query.
    """
    emails = (
        Contact.objects.usable()
        .filter(
            kind=Contact.Kind.EMAIL,
            legislator__terms__in=Term.objects.current(office_day()),
        )
        .exclude(value="")
    )
    owners: dict[str, list[tuple[int, str, str]]] = {}
    for value, name, seat in emails.values_list(
        "value", "legislator__name", "legislator__terms__seat"
    ):
        owners.setdefault(value.lower(), []).append((seat, name, value))
    found = {}
    for several in owners.values():
        for seat, name, value in several:
            others = sorted({other for _, other, _ in several} - {name})
            if others:
                found[seat, value] = SHARED.format(names=", ".join(others))
    return found


def last_words() -> dict[str, str]:
    """By address, what the other side said when it refused a letter that still waits."""
    refusals = Attempt.objects.filter(
        delivery__in=waiting_for_address().filter(delivery__state=State.FAILED).values("delivery"),
        state=State.FAILED,
    )
    return {
        recipient.lower(): answer
        for recipient, answer in refusals.order_by("pk").values_list(
            "delivery__recipient", "answer"
        )
    }
