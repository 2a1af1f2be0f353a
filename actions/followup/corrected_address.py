"""Addresses that take no mail, and the letters that wait for better ones.

Whoever corrects an address sends them on (desk/mail/addresses.py); a roster that brings another
address does so by itself.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from actions.followup.recheck import was_written_to
from actions.followup.reroute import loaded, redirect, tried
from actions.letters import ladders
from actions.letters.ladders import RouteFacts, in_wire_form
from actions.models import Action, Letter, Route
from actions.offices import place_of
from legislators.contacts import Reach, reach, reach_of
from legislators.holders import holders_of
from legislators.models import Contact, Seat, Term
from worker.models import Attempt, DeadAddress, State, WaitsFor

log = logging.getLogger("actions.followup.corrected_address")

# A letter to a campaign that ended longer ago helps nobody.
ENDED_WITHIN = dt.timedelta(days=14)
BUDGET_S = 100
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


def waiting() -> QuerySet[Letter]:
    """Letters that would go by mail, had they an address.

    Not what its writer took back or brought there already.
    """
    running = Q(action__ask__campaign__state__in=["live", "paused"])
    ended = Q(
        action__ask__campaign__state__in=["closed", "won"],
        action__ask__campaign__closed_at__gt=timezone.now() - ENDED_WITHIN,
    )
    # What a person stopped has kept its route; what fell back on its writer has not.
    fell_back = Q(delivery__state=State.CANCELLED, route__in=Letter.BY_HAND)
    over = Q(delivery=None) | Q(delivery__state=State.FAILED) | fell_back
    waits = Q(delivery__state=State.WAITING, delivery__waits_for=WaitsFor.ADDRESS)
    letters = Letter.objects.filter(running | ended, over | waits, reported_at=None).exclude(
        bad_address=""
    )
    return letters.exclude(action__state=Action.State.WITHDRAWN)


def tasks() -> list[Task]:
    """Those with the most letters first, then the oldest. Nine queries, whatever their number.

    Also what a roster that was loaded cannot have right: a malformed address, or one of two people.
    """
    since = Min(Coalesce("delivery__settled_at", "action__created_at"))
    stuck = waiting().values("seat_id", "bad_address").annotate(n=Count("pk"), since=since)
    numbers = {
        (row["seat_id"], row["bad_address"]): (row["n"], row["since"]) for row in stuck.order_by()
    }
    dead = {row.address: row for row in DeadAddress.objects.filter(revived_at=None)}
    shared = shared_addresses()
    wanted = {*numbers, *useless(dead), *shared}
    seats = {
        seat.pk: seat
        for seat in Seat.objects.filter(pk__in={pk for pk, _ in wanted}).select_related(
            "jurisdiction"
        )
    }
    holders, said = holders_of(list(seats)), last_words()
    found = []
    for seat_id, address in wanted:
        number, since = numbers.get((seat_id, address), (0, None))
        row = dead.get(address.lower())
        because = row.because if row else said.get(address.lower(), "")
        because = because or ("" if in_wire_form(address) else MALFORMED)
        because = because or shared.get((seat_id, address), "")
        found.append(
            Task(
                seats[seat_id],
                holders.get(seat_id),
                address,
                because,
                row.found_at if row else since,
                number,
            )
        )
    now = timezone.now()
    return sorted(
        found, key=lambda task: (-task.waiting, task.since or now, task.seat.pk, task.address)
    )


def useless(dead: Iterable[str]) -> set[tuple[int, str]]:
    """(seat, address) of today's holders who have an address, but none that takes mail."""
    terms = Term.objects.current(timezone.localdate())
    seats = dict(terms.values_list("legislator_id", "seat_id"))
    theirs: dict[int, list[str]] = {}
    emails = Contact.objects.filter(
        kind=Contact.Kind.EMAIL, legislator__in=terms.values("legislator_id")
    ).exclude(value="")
    for person, value in emails.order_by("pk").values_list("legislator_id", "value"):
        theirs.setdefault(person, []).append(value)
    bad = set(dead)
    broken = {
        person: values
        for person, values in theirs.items()
        if all(v.lower() in bad or not in_wire_form(v) for v in values)
    }
    return {(seats[person], values[0]) for person, values in broken.items()}


def shared_addresses() -> dict[tuple[int, str], str]:
    """(seat, address) of today's holders of whom two are published with one address, and who the
    other one is. Two queries.
    """
    terms = Term.objects.current(timezone.localdate())
    people = {
        person: (seat, name)
        for person, seat, name in terms.values_list("legislator", "seat", "legislator__name")
    }
    emails = Contact.objects.filter(
        kind=Contact.Kind.EMAIL, legislator__in=terms.values("legislator_id")
    )
    owners: dict[str, dict[int, str]] = {}
    for person, value in emails.exclude(value="").values_list("legislator", "value"):
        owners.setdefault(value.lower(), {})[person] = value
    found = {}
    for several in owners.values():
        for person, value in several.items() if len(several) > 1 else ():
            names = sorted(people[other][1] for other in several if other != person)
            found[people[person][0], value] = SHARED.format(names=", ".join(names))
    return found


def last_words() -> dict[str, str]:
    """By address, what the other side said when it refused a letter that still waits."""
    refusals = Attempt.objects.filter(
        delivery__in=waiting().filter(delivery__state=State.FAILED).values("delivery"),
        state=State.FAILED,
    )
    return {
        recipient.lower(): answer
        for recipient, answer in refusals.order_by("pk").values_list(
            "delivery__recipient", "answer"
        )
    }


def send_on(seat: Seat, *, author: str, reason: str, budget_s: float = BUDGET_S) -> int:
    """The letters that wait here go to the address that is known now.

    Returns how many; what does not fit the time waits for another call.

    Each in a transaction of its own. Those written to somebody who no longer sits there stay where
    they are.
    """
    return send_to(
        waiting().filter(seat=seat),
        holders_of([seat.pk]),
        author=author,
        reason=reason,
        even_if_tried=True,
        budget_s=budget_s,
    )


def correct() -> int:
    """Letters whose office has another address by now go there: a roster brought it.

    Returns how many. May run twice, and at once.

    Never to an address that this letter has tried: two bad addresses would take turns for ever.
    """
    letters = waiting()
    holders = holders_of(letters.values("seat_id"))
    return send_to(
        letters,
        holders,
        author="roster",
        reason="The office has another address now.",
        even_if_tried=False,
        budget_s=BUDGET_S,
    )


def send_to(
    letters: QuerySet[Letter],
    holders: dict[int, Term],
    *,
    author: str,
    reason: str,
    even_if_tried: bool,
    budget_s: float,
) -> int:
    stop_at, sent = time.monotonic() + budget_s, 0
    contacts = reach_of([term.legislator_id for term in holders.values()])
    seats = list(Seat.objects.filter(pk__in=holders))
    facts = ladders.facts_for_seats(
        seats, (email for contact in contacts.values() for email in contact.emails)
    )
    to = {}
    for seat in seats:
        contact = contacts.get(holders[seat.pk].legislator_id, Reach())
        address = ladders.leads_to(Route.EMAIL, seat, contact, facts)
        # An office whose ladder knows no e-mail gets none.
        if address and Route.EMAIL in facts.ladder(seat):
            to[seat.pk] = address
    for pk, action, seat_id, bad in (
        letters.filter(seat__in=to)
        .order_by("pk")
        .values_list("pk", "action_id", "seat_id", "bad_address")
    ):
        if time.monotonic() > stop_at:
            break
        if even_if_tried or bad.lower() != to[seat_id].lower():
            try:
                sent += send_one(
                    pk,
                    action,
                    holders[seat_id],
                    facts,
                    author=author,
                    reason=reason,
                    even_if_tried=even_if_tried,
                )
            except Exception:
                log.exception("Letter %s could not be sent on", pk)
    return sent


@transaction.atomic
def send_one(
    letter_pk: int,
    action_pk: int,
    term: Term,
    facts: RouteFacts,
    *,
    author: str,
    reason: str,
    even_if_tried: bool,
) -> bool:
    list(Action.objects.select_for_update(of=("self",)).filter(pk=action_pk).values_list("pk"))
    letter = loaded(waiting()).filter(pk=letter_pk).first()
    if letter is None or not was_written_to(letter, term):
        return False
    if not even_if_tried:
        facts = facts.without(*tried(letter))
    if not ladders.leads_to(Route.EMAIL, letter.seat, reach(term.legislator), facts):
        return False
    return bool(
        redirect(
            letter,
            place_of(letter.seat, term),
            facts,
            author=author,
            reason=reason,
            routes=[Route.EMAIL],
        )
    )
