"""One SMTP conversation at a time over a connection that stays open, and what each break in it
means.
"""

from __future__ import annotations

import os
import select
import smtplib
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from worker.channels import ChannelError, Interrupted, Receipt
from worker.smtp_status import is_permanent, is_policy

TIMEOUT_S = 20
# A connection that was quiet this long may have been closed by the other side: ask before using it.
IDLE_S = 20
# A server that was promised a message waits for it. After this long we ask anew.
PROMISED_S = 5
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

kept = threading.local()


@dataclass(frozen=True)
class Endpoint:
    """smtp:// is plain and carries a login only on this machine; smtp+tls:// insists on STARTTLS;
    smtps:// is TLS from the start.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    # Asked for each letter; a process knows two or three.
    @lru_cache(maxsize=8)
    def parse(cls, url: str) -> Endpoint:
        """Raises ValueError for anything else than an SMTP URL."""
        parts = urlsplit(url)
        ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
        if parts.scheme not in ports or not parts.hostname:
            raise ValueError(
                "An SMTP URL looks like smtp://127.0.0.1:25, smtp+tls://user:password@host:587 or smtps://user:password@host:465."
            )
        end = cls(
            parts.scheme,
            parts.hostname,
            parts.port or ports[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )
        if end.user and end.scheme == "smtp" and end.host not in LOOPBACK:
            raise ValueError(
                "smtp:// would send the password in the clear. Use smtp+tls:// or smtps://."
            )
        return end


class SmtpConnection:
    """A connection of this thread to one endpoint."""

    def __init__(self, endpoint: Endpoint, *, hello: str) -> None:
        self.endpoint, self.hello = endpoint, hello
        # After a fork the child must not speak on its parent's connection.
        self.pid = os.getpid()
        self.smtp: smtplib.SMTP | None = None
        self.used_at = 0.0
        # The envelope that was said ahead, whose answers are still to be read.
        self.announced: tuple[str, str] | None = None

    def carry(self, *, sender: str, recipient: str, message: bytes) -> Receipt:
        """Raises ChannelError while it is certain that nothing was taken, Interrupted once it is
        not.
        """
        return self.transmit(self.open_for(sender, recipient), message)

    def open_for(self, sender: str, recipient: str) -> smtplib.SMTP:
        """A connection that waits for the message.

        One that went stale while it rested is replaced once.
        """
        if self.announced and (smtp := self.keep_promise(sender, recipient)):
            return smtp
        rested = self.smtp is not None
        # Asked before, so that a stale one is no refusal of this letter.
        if rested and time.monotonic() - self.used_at > IDLE_S and not self.is_alive():
            self.close()
            rested = False
        smtp = self.smtp or self.connect()
        envelope = enveloped(sender, recipient)
        try:
            self.ask(smtp, envelope)
        except ChannelError:
            # It broke while it rested, and nothing of this letter has left: once more on a new one.
            if not (rested and self.smtp is None):
                raise
            smtp = self.connect()
            self.ask(smtp, envelope)
        return smtp

    def announce(self, sender: str, recipient: str) -> None:
        """Say whom the next letter is for, and read the answers when its turn comes: the server
        works while we write down what became of the last.

        Nothing of the letter leaves. Only over a line that was just used, to a server that takes
        commands so. Never raises.
        """
        smtp = self.smtp
        if smtp is None or self.announced or time.monotonic() - self.used_at > PROMISED_S:
            return
        if not smtp.has_extn("pipelining"):
            return
        try:
            say(smtp, spelled(enveloped(sender, recipient)))
        except ValueError:
            return  # nothing was said; its own turn will tell
        except (OSError, smtplib.SMTPException):
            self.close()
            return
        self.announced, self.used_at = (sender, recipient), time.monotonic()

    def keep_promise(self, sender: str, recipient: str) -> smtplib.SMTP | None:
        """The connection that waits for just this message, as it was announced.

        None where that is another's, too long ago, or broke meanwhile: then this letter begins on a
        new one. Raises ChannelError for a refusal.
        """
        said, self.announced = self.announced, None
        smtp, is_old = self.smtp, time.monotonic() - self.used_at > PROMISED_S
        if smtp is None or said != (sender, recipient) or is_old:
            # The server waits for a message that it will not get.
            self.close()
            return None
        try:
            self.ask(smtp, enveloped(sender, recipient), was_said=True)
        except ChannelError:
            if self.smtp is None:
                return None
            raise
        # It may have left since it answered, and a message into the void would be a doubt.
        if has_more_to_say(smtp):
            self.close()
            return None
        return smtp

    def connect(self) -> smtplib.SMTP:
        """A new one, ready for a letter. Raises ChannelError, and leaves nothing open then."""
        end = self.endpoint
        try:
            smtp = self.dial()
            try:
                self.introduce(smtp)
            except Exception:
                # Nobody else knows of it: it would stay open on both sides.
                smtp.close()
                raise
        except smtplib.SMTPResponseException as error:
            raise ChannelError(
                storable(error.smtp_error), code=error.smtp_code, endpoint=True
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(
                f"No connection to {end.host}:{end.port}: {error}", endpoint=True
            ) from error
        self.smtp = smtp
        return smtp

    def dial(self) -> smtplib.SMTP:
        end = self.endpoint
        if end.scheme != "smtps":
            return smtplib.SMTP(end.host, end.port, self.hello, timeout=TIMEOUT_S)
        return smtplib.SMTP_SSL(
            end.host,
            end.port,
            self.hello,
            timeout=TIMEOUT_S,
            context=ssl.create_default_context(),
        )

    def introduce(self, smtp: smtplib.SMTP) -> None:
        end = self.endpoint
        smtp.ehlo_or_helo_if_needed()
        if end.scheme == "smtp+tls":
            smtp.starttls(context=ssl.create_default_context())
            # What it said before TLS may have been said by anybody (RFC 3207, 4.2).
            smtp.ehlo()
        if end.user:
            smtp.login(end.user, end.password)

    def ask(
        self, smtp: smtplib.SMTP, commands: Mapping[str, str], *, was_said: bool = False
    ) -> None:
        """Commands before the message itself; in one breath to a server that takes them so (RFC
        2920). `was_said`: they were announced, and only the answers are still to be read.

        Raises ChannelError for the first that is refused, and when the connection breaks: nothing
        of the message has left.
        """
        said = spelled(commands)
        in_one_breath = smtp.has_extn("pipelining")
        for number, verb in enumerate(commands):
            try:
                # In one breath all is said with the first, and only answers are read from then on.
                if not was_said and (number == 0 or not in_one_breath):
                    say(smtp, said if in_one_breath else [said[number]])
                code, answer = smtp.getreply()
            except (OSError, smtplib.SMTPException) as error:
                self.close()
                raise ChannelError(f"The line broke at {verb}: {error}", endpoint=True) from error
            if code // 100 != (3 if verb == "DATA" else 2):
                self.read_remaining(smtp, len(said) - number - 1 if in_one_breath else 0)
                self.after_refusal(smtp, code)
                # A refusal of the sender speaks of us, not of this message.
                raise refusal(code, storable(answer), ours=verb == "MAIL")

    def read_remaining(self, smtp: smtplib.SMTP, answers: int) -> None:
        """What was asked in the same breath as something refused.

        A server that waits for a message all the same gets none.
        """
        try:
            code = 0
            for _ in range(answers):
                code, _answer = smtp.getreply()
            if code // 100 == 3:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()

    def transmit(self, smtp: smtplib.SMTP, message: bytes) -> Receipt:
        """The message itself. From here on only an answer tells what happened."""
        try:
            smtp.send(stuffed(message))
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Interrupted(
                f"The line broke after the message began to leave: {error}"
            ) from error
        self.used_at = time.monotonic()
        if code // 100 == 2:
            return Receipt(code, storable(answer))
        # A server out of step: whatever it says from here on may be about another letter.
        if code // 100 not in (4, 5):
            self.close()
            raise Interrupted(f"An answer that means nothing: {code} {storable(answer)}")
        self.after_refusal(smtp, code)
        raise refusal(code, storable(answer))

    def after_refusal(self, smtp: smtplib.SMTP, code: int) -> None:
        """The next letter may use the connection, unless the server is leaving."""
        # 421 announces that it hangs up (RFC 5321, 3.8), whatever it would say to RSET.
        if code == 421 or self.smtp is None:
            self.close()
            return
        try:
            smtp.rset()
            self.used_at = time.monotonic()
        except (OSError, smtplib.SMTPException):
            self.close()

    def is_alive(self) -> bool:
        """Whether the other side still answers on it."""
        try:
            return self.smtp is not None and self.smtp.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
            self.smtp = None
        self.announced = None


def has_more_to_say(smtp: smtplib.SMTP) -> bool:
    """Whether something waits to be read though nothing was asked: mostly that it hung up."""
    if smtp.sock is None:
        return True
    line = select.poll()
    line.register(smtp.sock, select.POLLIN)
    return bool(line.poll(0))


def enveloped(sender: str, recipient: str) -> dict[str, str]:
    """What is said before a message."""
    return {"MAIL": f"FROM:<{sender}>", "RCPT": f"TO:<{recipient}>", "DATA": ""}


def spelled(commands: Mapping[str, str]) -> list[str]:
    return [f"{verb} {rest}".strip() for verb, rest in commands.items()]


def say(smtp: smtplib.SMTP, commands: Sequence[str]) -> None:
    """All in one breath. Raises ValueError for an address that would say a command of its own."""
    if any("\r" in command or "\n" in command for command in commands):
        raise ValueError("A line end inside a command")
    smtp.send("".join(f"{command}\r\n" for command in commands))


def connection_to(endpoint: Endpoint, *, hello: str) -> SmtpConnection:
    """This thread's connection to an endpoint.

    One that was opened before a fork belongs to the parent and is left alone.
    """
    mine: dict[Endpoint, SmtpConnection] = kept.__dict__.setdefault("by_endpoint", {})
    if endpoint not in mine or mine[endpoint].pid != os.getpid():
        mine[endpoint] = SmtpConnection(endpoint, hello=hello)
    return mine[endpoint]


def refusal(code: int, answer: str, *, ours: bool = False) -> ChannelError:
    """What a 4yz or 5yz means for this message (worker.smtp_status).

    421 and a refused sender (`ours`) are about us, so everything else behind us waits too.
    """
    return ChannelError(
        answer,
        code=code,
        permanent=is_permanent(code, answer) and not ours,
        endpoint=ours or code == 421,
        policy=is_policy(code, answer),
    )


def storable(answer: bytes | str) -> str:
    """As every database takes it, 2,000 characters at most."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return text.replace("\x00", "")[:2000]


def stuffed(message: bytes) -> bytes:
    """Dots doubled at line starts and the closing dot (RFC 5321, 4.5.2)."""
    if message.startswith(b"."):
        message = b"." + message
    end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
    return message.replace(b"\r\n.", b"\r\n..") + end
