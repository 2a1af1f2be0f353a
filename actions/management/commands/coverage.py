"""How many seats are reached by which route: `coverage --state MD --chamber state_lower`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actions.letters.coverage import Coverage, cover_each
from actions.models import Route
from legislators.models import Chamber, Seat
from legislators.states import STATES, state_code

HEAD = ("seats", "CWC", "e-mail", "paper", "supporter", "no holder")


class Command(BaseCommand):
    help = (
        "Print how letters to these seats would go today, by chamber; by state and chamber where"
        " either is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            help="only this state, as a code or a name; may be repeated",
        )
        parser.add_argument(
            "--chamber",
            action="append",
            default=[],
            choices=Chamber.values,
            help="only this chamber; may be repeated",
        )

    def handle(self, *args: object, **options: Any) -> None:
        states = [state_code(written) or written.upper() for written in options["state"]]
        if unknown := [
            state
            for state in states
            if state not in STATES and not Seat.objects.filter(jurisdiction=state).exists()
        ]:
            raise CommandError(f"No such state: {', '.join(unknown)}")
        seats = Seat.objects.filter(**({"jurisdiction__in": states} if states else {}))
        seats = seats.filter(chamber__in=options["chamber"]) if options["chamber"] else seats
        by_state = bool(states or options["chamber"])

        def row_of(seat: Seat) -> str:
            return f"{seat.jurisdiction_id} {seat.chamber}" if by_state else str(seat.chamber)

        found = cover_each(seats, row_of)
        if not found:
            raise CommandError("There are no such seats. load_data brings them in.")
        for row in table(found):
            self.stdout.write(row)


def table(found: dict[str, Coverage]) -> Iterable[str]:
    total = Coverage()
    for one in found.values():
        total.routes.update(one.routes)
    # By state where there is one, then as chambers stand everywhere.
    order = sorted(found, key=lambda key: (key.split()[:-1], Chamber.values.index(key.split()[-1])))
    width = max(map(len, [*found, "together"]))
    yield f"{'':{width}}" + "".join(f"{head:>11}" for head in HEAD)
    for name in [*order, "together"]:
        one = found.get(name, total)
        numbers = (
            one.seats,
            *(one.routes[key] for key in ("cwc", "email", "paper")),
            one.by_hand,
            one.routes[Route.NONE],
        )
        yield f"{name:{width}}" + "".join(f"{number:>11,}" for number in numbers)
    yield str(total)
