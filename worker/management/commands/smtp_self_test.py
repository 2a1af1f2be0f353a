"""Can we send? Tried step by step, each failure in plain words."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from worker.channels import ChannelError, Interrupted, verp
from worker.channels.email import BadMessage, compose, message_id
from worker.channels.smtp import Endpoint, SmtpConnection


class Command(BaseCommand):
    help = (
        "Try SMTP_URL: connect, secure the line, log in, say who we are; with --send, mail one test"
        " message to yourself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            metavar="YOU@EXAMPLE.ORG",
            help="your own address: the only one this writes to",
        )
        parser.add_argument(
            "--send",
            action="store_true",
            help=(
                "really send it, also while DELIVERY_ENABLED is off (otherwise implied when it"
                " is on)"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            endpoint = Endpoint.parse(settings.SMTP_URL)
            message = test_message(options["to"])
        except (ValueError, BadMessage) as error:
            raise CommandError(
                f"SMTP_URL: {error}" if not isinstance(error, BadMessage) else str(error)
            ) from error
        connection = SmtpConnection(endpoint, hello=settings.MAIL_DOMAIN)
        try:
            self.rehearse(connection, options["to"])
            if options["send"] or settings.DELIVERY_ENABLED:
                receipt = connection.carry(
                    sender=return_address(), recipient=options["to"], message=message
                )
                self.stdout.write(
                    self.style.SUCCESS(f"Sent. The relay said: {receipt.code} {receipt.answer}")
                )
                self.stdout.write(
                    "Look into that mailbox: only its arrival proves SPF, DKIM and DMARC right."
                )
            else:
                self.stdout.write(
                    "Nothing was sent: delivery is off. Add --send to mail yourself one message."
                )
        except ChannelError as error:
            raise CommandError(explain(error, endpoint)) from error
        except Interrupted as error:
            raise CommandError(
                f"The relay hung up after the message; it may or may not arrive. {error}"
            ) from error
        finally:
            connection.close()

    def rehearse(self, connection: SmtpConnection, to: str) -> None:
        """Everything up to the message, then take it back."""
        sender = return_address()
        smtp = connection.connect()
        connection.ask(smtp, {"MAIL": f"FROM:<{sender}>"})
        end = connection.endpoint
        self.stdout.write(
            f"Connected to {end.host}:{end.port}"
            f" ({'TLS' if end.scheme != 'smtp' else 'no TLS'}{', logged in' if end.user else ''})."
        )
        self.stdout.write(f"{sender} is accepted as the return address.")
        connection.ask(smtp, {"RCPT": f"TO:<{to}>"})
        self.stdout.write(f"{to} is accepted as a recipient.")
        # RSET: the message that was announced is never sent.
        connection.after_refusal(smtp, 0)


def return_address() -> str:
    """As every message has one: nothing that comes back to this one is about anything."""
    return verp.address(uuid.uuid4().hex)


def test_message(to: str) -> bytes:
    return compose(
        message_id=message_id("self-test", uuid.uuid4()),
        sender=("Take Action", settings.MAIL_FROM),
        recipient=("", to),
        subject="Take Action can send mail",
        text=(
            f"This is the self-test of {settings.SITE_URL}. If you can read it in your inbox, the"
            " relay works."
        ),
        headers={"Auto-Submitted": "auto-generated"},
    )


def explain(error: ChannelError, endpoint: Endpoint) -> str:
    """What to look at first, then the peer's own words."""
    if error.code in (530, 534, 535, 538):
        advice = (
            "The relay refuses the login. Look at the user and password in SMTP_URL (percent-encode"
            " special characters)."
        )
    elif error.code is None and "certificate" in error.answer.lower():
        advice = (
            f"The relay's certificate is not valid for {endpoint.host}. Use the name that stands in"
            " the certificate."
        )
    elif error.code is None and "STARTTLS" in error.answer:
        advice = (
            "The relay offers no STARTTLS on this port. Try smtps:// with port 465, or ask for the"
            " right port."
        )
    elif error.code is None:
        advice = (
            f"Nothing answers at {endpoint.host}:{endpoint.port}. Look at host and port, and at"
            " firewalls."
        )
    elif error.code >= 500:
        advice = (
            "The relay refuses the return address or the recipient. May this login send as anybody"
            " at BOUNCE_DOMAIN? Is the address right?"
        )
    else:
        advice = (
            "The relay says: not now. Try again in some minutes; new senders are often greylisted."
        )
    return f"{advice}\n  {error.code or ''} {error.answer}".rstrip()
