"""Letters by e-mail: composed while their writer is still here, carried when their turn comes."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

from django.conf import settings

from worker.channels import ChannelError, Receipt, mime, provider, smtp, verp
from worker.channels.mime import BadMessage, Mailbox, clean_name
from worker.queued_letter import QueuedLetter

__all__ = [
    "BadMessage",
    "announce",
    "answerable_from",
    "answered",
    "compose",
    "message_id",
    "send",
    "via_name",
]

# What message_id below makes: twenty bytes are exactly 32 letters of base32.
TOKEN = re.compile(r"[a-z2-7]{32}")


def compose(
    *,
    message_id: str,
    sender: Mailbox,
    recipient: Mailbox,
    reply_to: Mailbox | None = None,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A finished message.

    Names lose what could mislead (controls, direction marks, '@'); everything else that cannot be
    sent raises BadMessage, so that it fails while the person is there to mend it and never in the
    queue.
    """
    return mime.build(
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        reply_to=reply_to,
        subject=subject,
        text=text,
        html=html,
        headers=headers or {},
    )


def message_id(*parts: object) -> str:
    """The same parts always give the same Message-ID, so that a receiver can tell a copy too."""
    # No part holds the separator, so ("a", "bc") and ("ab", "c") differ.
    text = "\x1f".join(map(str, parts)).encode()
    digest = hmac.new(
        settings.HASH_KEY.encode(), b"message-id\x1f" + text, hashlib.sha256
    ).digest()[:20]
    return f"<{base64.b32encode(digest).decode().lower()}@{settings.MAIL_DOMAIN}>"


def answerable_from(message_id: str) -> str:
    """The From address of a letter: an answer that ignores Reply-To still says which letter it
    answers.
    """
    local, _at, domain = settings.LETTER_FROM.rpartition("@")
    return f"{local}+{message_id.strip('<>').rpartition('@')[0]}@{domain}"


def answered(recipient: str) -> str | None:
    """The Message-ID of the letter whose From address this is; None for any other address.

    Case says nothing.
    """
    local, _plus, token = recipient.rpartition("@")[0].lower().partition("+")
    ours = local == settings.LETTER_FROM.rpartition("@")[0].lower() and TOKEN.fullmatch(token)
    return f"<{token}@{settings.MAIL_DOMAIN}>" if ours else None


def via_name(name: str, organization: str) -> str:
    """The display name of a letter we carry for somebody; a long name gives way, the organization's
    stays whole.
    """
    suffix = f"(via {clean_name(organization)[:40].strip()})"
    return f"{clean_name(name)[: mime.NAME_LIMIT - len(suffix) - 1].strip()} {suffix}".strip()


def send(letter: QueuedLetter) -> Receipt:
    """Over this process's open connection: rehearsals to the catcher, real letters to the relay.

    Raises ChannelError, Interrupted.
    """
    if is_providers(letter):
        return provider.send(letter)
    endpoint = way_out(letter)
    return smtp.connection_to(endpoint, hello=settings.MAIL_DOMAIN).carry(
        sender=verp.address(letter.reference), recipient=letter.recipient, message=letter.message
    )


def announce(letter: QueuedLetter) -> None:
    """Over the line that stays open, whom the next letter is for; nothing of it leaves. Never
    raises.
    """
    if is_providers(letter):
        return
    try:
        endpoint = way_out(letter)
    except ChannelError:
        return  # as its own turn will tell
    line = smtp.connection_to(endpoint, hello=settings.MAIL_DOMAIN)
    line.announce(verp.address(letter.reference), letter.recipient)


def is_providers(letter: QueuedLetter) -> bool:
    """Whether a provider's own interface carries it (worker.channels.provider)."""
    return bool(settings.MAIL_PROVIDER and settings.DELIVERY_ENABLED and not letter.rehearsal)


def way_out(letter: QueuedLetter) -> smtp.Endpoint:
    """The last guard: whatever the queue believed, a rehearsal stays here and nothing real leaves
    while delivery is off.
    """
    try:
        catcher = smtp.Endpoint.parse(settings.CATCHER_URL)
        relay = smtp.Endpoint.parse(settings.SMTP_URL) if settings.SMTP_URL else None
    except ValueError as error:
        raise ChannelError(str(error), endpoint=True) from error
    # A rehearsal must not reach the relay, not even under the catcher's setting.
    if letter.rehearsal:
        if relay and (relay.host, relay.port) == (catcher.host, catcher.port):
            raise ChannelError(
                "CATCHER_URL names the relay: a rehearsal must not go there.", endpoint=True
            )
        return catcher
    if not settings.DELIVERY_ENABLED or relay is None:
        raise ChannelError("Delivery is switched off: a real letter does not leave.", endpoint=True)
    return relay
