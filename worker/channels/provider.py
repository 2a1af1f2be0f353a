"""Mail through a provider's own interface, as another way out than SMTP.

Optional: django-anymail is asked for by MAIL_PROVIDER alone.

A provider knows no Message-ID of ours again, so the rule of doubt holds as for SMTP: what was
interrupted once the request had begun is never sent again by itself. Its later events settle it
(worker.inbound.provider_events).
"""

from __future__ import annotations

import os
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from worker.channels import ChannelError, Interrupted, Receipt, mime
from worker.channels.smtp import IDLE_S, storable
from worker.queued_letter import QueuedLetter

# What a message carries besides the fields that every provider has.
OWN_HEADERS = (
    "Message-ID",
    "Feedback-ID",
    "X-Campaign-Id",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)
# Answers that speak of us or of the provider, not of this message: everything else waits too.
ABOUT_US = {401, 402, 403, 404, 405, 408, 429, 503}
TOO_FAST = timedelta(minutes=1)
# By name: requests, urllib3 and anymail are there only where MAIL_PROVIDER asks for them.
NOTHING_LEFT = {
    # No connection was made.
    "ConnectTimeout",
    "ConnectTimeoutError",
    "NameResolutionError",
    "NewConnectionError",
    # The message could not be written down as the provider wants it.
    "AnymailConfigurationError",
    "AnymailSerializationError",
    "AnymailUnsupportedFeature",
}

kept = threading.local()


def is_installed(name: str) -> bool:
    """Whether django-anymail is here and knows this provider."""
    return (
        name.isidentifier()
        and find_spec("anymail") is not None
        and find_spec(f"anymail.backends.{name}") is not None
    )


def send(letter: QueuedLetter) -> Receipt:
    """Raises ChannelError while it is certain that nothing was taken, Interrupted once it is
    not.
    """
    message = rebuilt(letter)
    try:
        connection = open_connection()
    except Exception as error:  # anymail's own, and whatever its settings make Django raise
        raise ChannelError(f"MAIL_PROVIDER can't be used: {error}", endpoint=True) from error
    try:
        connection.send_messages([message])
    except Exception as error:  # of requests, urllib3 or anymail: `meaning` knows them by name
        # Never used again: what is left of its answer would be taken for the next one's.
        kept.__dict__.clear()
        raise meaning(error) from error
    kept.used_at = time.monotonic()
    status = message.anymail_status
    if not status.status or not status.status <= {"sent", "queued"}:
        raise Interrupted(f"An answer that means nothing: {status.status}")
    return Receipt(
        200,
        storable(
            f"{settings.MAIL_PROVIDER}: {', '.join(sorted(status.status))}, {status.message_id}"
        ),
    )


def open_connection() -> Any:
    """This thread's connection, kept while it is used: one that rested may be closed already, which
    would look like doubt.
    """
    # A connection from before a fork is its parent's (pid).
    known = kept.__dict__
    if known.get("pid") != os.getpid() or time.monotonic() - known.get("used_at", 0) > IDLE_S:
        connection = get_connection(f"anymail.backends.{settings.MAIL_PROVIDER}.EmailBackend")
        connection.open()
        known.update(connection=connection, pid=os.getpid(), used_at=time.monotonic())
    return known["connection"]


def rebuilt(letter: QueuedLetter) -> Any:
    """The sealed message as the fields a provider asks for."""
    sealed = message_from_bytes(letter.message, policy=policy.default)
    mailboxes = {
        name: mime.readable(value)
        for name, value in sealed.raw_items()
        if name in ("From", "To", "Reply-To")
    }
    plain, html = (sealed.get_body((kind,)) for kind in ("plain", "html"))
    message: Any = EmailMultiAlternatives(
        subject=str(sealed["Subject"]),
        body=plain.get_content() if plain else "",
        from_email=mailboxes["From"],
        to=[mailboxes["To"]],
        reply_to=[mailboxes["Reply-To"]] if "Reply-To" in mailboxes else None,
        headers={name: str(sealed[name]) for name in OWN_HEADERS if sealed[name]},
    )
    if html:
        message.attach_alternative(html.get_content(), "text/html")
    message.metadata = {"reference": letter.reference}
    return message


def meaning(error: Exception) -> ChannelError | Interrupted:
    """What a failed request says about the message."""
    code, said = getattr(error, "status_code", None), storable(str(error))
    if type(error).__name__ == "AnymailRecipientsRefused":
        return ChannelError(said, permanent=True, code=code)
    # By what the provider said, then by whether anything can have left at all.
    if code in ABOUT_US:
        return ChannelError(said, code=code, endpoint=True, pause=TOO_FAST if code == 429 else None)
    if code is not None and 400 <= code < 500:
        return ChannelError(said, permanent=True, code=code)
    if code is None and not never_left(error):
        return Interrupted(said, endpoint=True)
    return (
        ChannelError(said, endpoint=True)
        if code is None
        else Interrupted(said, endpoint=True, code=code)
    )


def never_left(error: BaseException | None) -> bool:
    """No connection was made, or the message could not even be written down as the provider wants
    it.
    """
    # What went wrong first lies at the bottom of a chain of errors, some of them in `args`.
    while error is not None:
        if type(error).__name__ in NOTHING_LEFT:
            return True
        reason = next((arg for arg in error.args if isinstance(arg, Exception)), None)
        error = error.__cause__ or getattr(reason, "reason", None) or reason
    return False
