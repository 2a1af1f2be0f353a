"""Can we write to Congress?

Tried step by step, and to no office: dry runs, and the chambers' test machines.
"""

import datetime as dt
import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from worker.channels import ChannelError, Interrupted
from worker.channels.cwc import chambers, channel, document
from worker.channels.cwc.message import Constituent, Message, campaign_id, chamber_of

CAMPAIGNS = 3


class Command(BaseCommand):
    help = (
        "Try a chamber's settings: reach it, read its list of offices, have a made-up message"
        " judged. No office gets anything."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("chamber", choices=["house", "senate"])
        parser.add_argument(
            "--every-office",
            action="store_true",
            help=(
                f"with CWC_TESTING: {CAMPAIGNS} campaigns to every office on the test machine (what"
                " the Senate wants to see first)"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chamber = options["chamber"]
        try:
            offices = sorted(chambers.listed_offices(chamber))
            self.stdout.write(f"The {chamber} answers, and lists {len(offices)} offices.")
            if not offices:
                raise CommandError("An empty list: is this the right address?")
            if options["every_office"]:
                self.try_every(offices)
            else:
                office = offices[0]
                self.stdout.write(
                    f"A message to {office}, dry: "
                    f"{channel.validate(sample(office, 1), office=office)}"
                )
        except ChannelError as error:
            raise CommandError(f"{error.code or ''} {error.answer}".strip()) from error
        except Interrupted as error:
            raise CommandError(f"The line broke: {error}") from error
        self.stdout.write(self.style.SUCCESS("Nothing of this reached an office."))

    def try_every(self, offices: list[str]) -> None:
        if not settings.CWC_TESTING:
            raise CommandError("Set CWC_TESTING=1 and the chamber's test address first.")
        for campaign in range(1, CAMPAIGNS + 1):
            for office in offices:
                said = channel.try_out(sample(office, campaign), office=office)
                self.stdout.write(f"{campaign} {office} {said}")


def sample(office: str, campaign: int) -> bytes:
    """A made-up constituent of that state."""
    # Its office is listed under AQ, but people there live in AS.
    state = "AS" if office[1:3] == "AQ" else office[1:3]
    return document.build(
        Message(
            delivery_id=uuid.uuid4().hex,
            campaign_id=campaign_id(f"self-test-{campaign}", "", ""),
            written_on=dt.datetime.now(chambers.EASTERN).date(),
            agent=chambers.agent(chamber_of(office)),
            office=office,
            constituent=Constituent(
                "Ms.",
                "Test",
                "Constituent",
                "1 Test Street",
                "Testville",
                state,
                "00000",
                "test@example.org",
            ),
            subject=f"Self-test {campaign} of a delivery agent",
            topics=("Congress",),
            own_words="This is a test. Nobody wrote it, and it wants no answer.",
        )
    )
