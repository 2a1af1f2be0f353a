"""Find the districts of all supporters, with every core of this machine."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from desk.supporters.districts import find_all


class Command(BaseCommand):
    help = (
        "Find the districts of all supporters, asking no other machine. Run it after new maps or"
        " streets; safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, help="how many at a time; else one a core")

    def handle(self, *args: object, **options: Any) -> None:
        started = time.monotonic()
        done = find_all(options["processes"], self.stdout.write)
        seconds = time.monotonic() - started
        self.stdout.write(
            self.style.SUCCESS(
                f"{done:,} supporters in {seconds:,.0f} s, {done / max(seconds, 0.001):,.0f} a"
                " second"
            )
        )
