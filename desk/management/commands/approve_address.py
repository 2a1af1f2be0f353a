"""Approve, from the command line, what somebody typed at the desk.

For an installation in which only one person has the right, and so nobody else can.
"""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.officials import approving
from legislators.models import Contact


class Command(BaseCommand):
    help = (
        "List the addresses that were typed at the desk and wait for a second person, or approve"
        " one of them by its number. Whoever may run this keeps the server: it is written down."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="as listed without it")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["number"]
        if number is None:
            self._list()
            return
        letters = approving.approve(number, by=f"command line ({getpass.getuser()})")
        if letters is None:
            raise CommandError(f"No address {number} waits to be approved.")
        self.stdout.write(f"Approved; {letters} letters go there.")

    def _list(self) -> None:
        rows = Contact.objects.pending().select_related("legislator").order_by("pk")
        for row in rows:
            self.stdout.write(
                f"{row.pk}  {row.legislator.name}, {row.kind} {row.value},"
                f" typed by {row.typed_by}: {row.typed_because or 'no reason given'}"
            )
        if not rows:
            self.stdout.write("Nothing waits to be approved.")
