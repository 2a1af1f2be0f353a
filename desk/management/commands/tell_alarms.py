"""Look for alarms, and tell them: run by a timer of the system, so that it also tells that beat,
the workers or the database are away.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError

from desk.monitoring import alarms, raising, without_database


class Command(BaseCommand):
    help = "Tell administrators what is wrong: by mail, and by ALARM_HOOK_URL or _COMMAND."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--slow", action="store_true", help="also ask about certificate and blocklists"
        )
        parser.add_argument(
            "--test",
            action="store_true",
            help="only mail a test, and give it to the hook, to see whether it arrives",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["test"]:
            mailed, took = raising.test()
            said = {True: "it took it", False: "it did not take it", None: "none is set"}[took]
            self.stdout.write(f"{mailed} mails are on their way. The hook: {said}.")
            return
        sources = [*alarms.SOURCES, *(alarms.SLOW_SOURCES if options["slow"] else [])]
        try:
            mailed = raising.look(sources)
        except (OperationalError, InterfaceError):
            without_database.tell_away()
            self.stderr.write("The database does not answer.")
            return
        without_database.tell_back()
        for row in raising.standing():
            self.stdout.write(f"{row.title}: {row.sentence}")
        self.stdout.write(f"{mailed} mails")
