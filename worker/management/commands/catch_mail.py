"""The practice mailbox: an SMTP server on this machine that keeps what would have left."""

import asyncio
import ipaddress
import signal
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from email.parser import BytesHeaderParser
from email.policy import default
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from worker.channels.smtp import Endpoint
from worker.models import CaughtMail


class Command(BaseCommand):
    # They would load every page, which is half of what this process needs.
    requires_system_checks = ()
    help = "Catch mail on CATCHER_URL's port and keep it in the database, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host",
            help=(
                "listen here instead of CATCHER_URL's host; anything but this machine must be said"
                " twice: --open"
            ),
        )
        parser.add_argument(
            "--open",
            action="store_true",
            help="accept mail from other machines (inside a private network only)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        endpoint = Endpoint.parse(settings.CATCHER_URL)
        host = options["host"] or endpoint.host
        if not (is_this_machine(host) or options["open"]):
            raise CommandError(
                f"{host} is reachable from other machines. Say --open if that is meant."
            )
        try:
            asyncio.run(serve(host, endpoint.port, self))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{endpoint.port}: {error.strerror or error}"
            ) from error


def is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def serve(host: str, port: int, command: BaseCommand) -> None:
    loop = asyncio.get_running_loop()
    stop, keeper = asyncio.Event(), Keeper()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname=host, ident="mail catcher", enable_SMTPUTF8=True), host, port
    )
    command.stdout.write(f"Catching mail on {host}:{port}")
    async with server:
        await stop.wait()


class Keeper:
    """Says 250 only when the message is in the database, which one thread writes with one
    connection.
    """

    def __init__(self) -> None:
        self.writer = ThreadPoolExecutor(max_workers=1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        write = partial(
            keep_mail,
            envelope.mail_from or "",
            list(envelope.rcpt_tos),
            bytes(envelope.original_content or b""),
        )
        await asyncio.get_running_loop().run_in_executor(self.writer, write)
        return "250 2.0.0 kept on this machine"


def keep_mail(sender: str, recipients: list[str], content: bytes) -> None:
    # The one writing thread outlives its connection: a closed one is not used again.
    close_old_connections()
    headers = BytesHeaderParser(policy=default).parsebytes(content)
    CaughtMail.objects.bulk_create(
        CaughtMail(
            sender=sender[:254],
            recipient=recipient[:254],
            message_id=str(headers.get("Message-ID", "")).strip()[:200],
            subject=str(headers.get("Subject", "")).replace("\x00", "")[:300],
            content=content,
        )
        for recipient in recipients
    )
