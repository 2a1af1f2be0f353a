"""The door that mail comes back through: SMTP and LMTP on one port, for our own return addresses
and nobody else's.

What is no address of ours is refused while the other side still waits, so that nothing is relayed
and no mail is answered by mail. A message is ours once it is in the database; while that is away,
the relay is asked to come again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from django.conf import settings
from django.db import Error, close_old_connections

from worker.channels import email, verp
from worker.inbound.bounded import BYTES
from worker.inbound.returns import REFUSAL, is_turned_away, take_in_mail
from worker.models import Delivery

log = logging.getLogger(__name__)

# Whom large mailbox providers send complaints to: it is written into their forms, and takes nothing
# else.
COMPLAINTS = "complaints"
RECIPIENTS = 20
PATIENCE_S = 60
TAKEN = "250 2.0.0 Taken in"
OURS = "250 2.1.5 Ours"
NOT_OURS = "550 5.1.1 No such address here"
LATER = "451 4.3.0 Not now, please try again"


class Door(SMTP):
    """Says LHLO as well as EHLO; whoever says LHLO gets an answer for each recipient (RFC 2033)."""

    speaks_lmtp = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:
        self.speaks_lmtp = True
        await self.smtp_EHLO(hostname)


def door(handler: Handler) -> Door:
    """One connection's server. It writes no mail, and has no way to relay any."""
    return Door(
        handler,
        data_size_limit=BYTES,
        enable_SMTPUTF8=True,
        hostname=settings.BOUNCE_DOMAIN,
        ident="returns",
        timeout=PATIENCE_S,
    )


class Handler:
    """One thread with one database connection judges and keeps, mail by mail."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1)

    async def handle_RCPT(
        self, server: Door, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        verdict = await self.ask(partial(judge, address))
        if verdict.startswith("250"):
            envelope.rcpt_tos.append(address)
        return verdict

    async def handle_DATA(self, server: Door, session: Session, envelope: Envelope) -> str:
        content = bytes(envelope.original_content or b"")
        sender = envelope.mail_from or ""
        answers = [
            await self.ask(partial(keep_return, content, recipient=to, sender=sender))
            for to in envelope.rcpt_tos
        ]
        return "\r\n".join(answers) if server.speaks_lmtp else for_all(answers)

    async def ask(self, deed: Callable[[], str]) -> str:
        return await asyncio.get_running_loop().run_in_executor(
            self.thread, partial(patiently, deed)
        )


def judge(address: str) -> str:
    """Ours is what only we can have made."""
    local, _at, domain = address.lower().rpartition("@")
    # A return address carries a proof that only we can have made.
    if domain == settings.BOUNCE_DOMAIN.lower() and (
        local == COMPLAINTS or verp.reference(address)
    ):
        return OURS
    # A letter's From has none, so the letter has to exist.
    if domain == settings.LETTER_FROM.lower().rpartition("@")[2]:
        letter = email.answered(address)
        if letter and Delivery.objects.filter(message_id=letter).exists():
            return OURS
    return NOT_OURS


def keep_return(content: bytes, *, recipient: str, sender: str) -> str:
    """The answer to one recipient's copy. 250 means that it is in the database."""
    kept = take_in_mail(content, recipient=recipient, sender=sender)
    return f"550 5.7.1 {REFUSAL}" if is_turned_away(kept) else TAKEN


def patiently(deed: Callable[[], str]) -> str:
    """Never an error of ours as somebody's lost mail."""
    try:
        # This thread outlives its connection: one that the database closed is not used again.
        close_old_connections()
        return deed()
    except Error:
        log.warning("The database is away: mail that comes back waits with the relay")
    except Exception:
        log.exception("Mail that came back could not be taken in")
    return LATER


def for_all(answers: list[str]) -> str:
    """SMTP has one answer for all recipients: to come again if anything must, else the first that
    took it.
    """
    for sought in ("4", "2"):
        for answer in answers:
            if answer.startswith(sought):
                return answer
    return answers[0]


async def serve(host: str, port: int, *, until: asyncio.Event, say: Callable[[str], Any]) -> None:
    """Listen until the event is set; `say` is told once it does."""
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(lambda: door(handler), host, port)
    say(f"Taking in what comes back on {host}:{port}")
    async with server:
        await until.wait()
