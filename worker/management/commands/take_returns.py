"""The listener for what comes back by mail."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from worker.inbound import listener


class Command(BaseCommand):
    # They would load every page, which is half of what this process needs.
    requires_system_checks = ()
    help = (
        "Take in bounces, complaints and answers on RETURNS_LISTEN (LMTP and SMTP), until stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        host, _, port = settings.RETURNS_LISTEN.rpartition(":")
        if not (host and port.isdecimal()):
            raise CommandError("RETURNS_LISTEN looks like 127.0.0.1:8025.")
        try:
            asyncio.run(self.serve(host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Cannot listen on {settings.RETURNS_LISTEN}:"
                f" {getattr(error, 'strerror', None) or error}"
            ) from error

    async def serve(self, host: str, port: int) -> None:
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await listener.serve(host, port, until=stop, say=self.stdout.write)
