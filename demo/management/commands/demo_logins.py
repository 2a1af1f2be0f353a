"""How to sign in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import colleagues


class Command(BaseCommand):
    help = "Print the demonstration's accounts and their shared password."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DELIVERY_ENABLED:
            raise CommandError("Delivery is on: demonstration accounts cannot sign in here.")
        logins = colleagues.logins()
        if not logins:
            self.stdout.write("There are no demonstration accounts here.")
            return
        width = max(len(email) for email, _ in logins)
        for email, roles in logins:
            self.stdout.write(f"{email:<{width}}  {roles}")
        self.stdout.write(f"Password for all of them: {colleagues.PASSWORD}")
