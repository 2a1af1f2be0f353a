"""Letters to Congress by its own message systems: the House's CWC and the Senate's, each with its
own words for yes and no.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import random
import re

from django.conf import settings
from django.utils import timezone

from worker.channels import ChannelError, Interrupted, Receipt, email
from worker.channels.cwc import offices as office_list
from worker.channels.cwc import spacing
from worker.channels.cwc.chambers import CHAMBERS, closed_until, reply_text
from worker.channels.cwc.client import Answer, Endpoint, exchange
from worker.channels.cwc.message import HOUSE, chamber_of
from worker.queued_letter import QueuedLetter

DELIVERS = "cwc.house.gov"
# Replies that speak of the way out, not of this message: whatever else waits for it waits too.
OUR_TROUBLE = {301, 302, 303, 307, 308, 401, 403, 404, 405, 407, 408, 413, 415, 429, 503}


def send(letter: QueuedLetter) -> Receipt:
    """To the office its recipient names. Rehearsals go to the catcher, and never to a chamber.

    Raises ChannelError, Interrupted.
    """
    if letter.rehearsal:
        return rehearse(letter)
    if not settings.DELIVERY_ENABLED:
        raise ChannelError("Delivery is switched off: a real letter does not leave.", endpoint=True)
    if settings.CWC_TESTING:
        raise ChannelError(
            "CWC_TESTING is on: a letter on a test machine would reach nobody.", endpoint=True
        )
    chamber = chamber_of(letter.recipient)
    endpoint = Endpoint.of(chamber)
    if until := closed_until(chamber, timezone.now()):
        # No secret
        pause = until - timezone.now() + dt.timedelta(seconds=random.uniform(10, 600))  # noqa: S311
        raise ChannelError(
            f"The {chamber}'s message system is closed until {until:%H:%M} Eastern time.",
            endpoint=True,
            pause=pause,
        )
    # All workers together: a chamber counts requests, whoever makes them.
    spacing.wait(f"cwc:{chamber}", per_second=settings.CWC_PER_SECOND)
    answer = exchange(endpoint, "POST", CHAMBERS[chamber].message, letter.message)
    return judged(answer, chamber, letter.recipient)


def rehearse(letter: QueuedLetter) -> Receipt:
    """The whole document, to be read in the practice mailbox."""
    office = letter.recipient
    delivery_id = re.search(rb"<DeliveryId>([A-Za-z0-9]+)</DeliveryId>", letter.message)
    address = f"{office.lower()}@{chamber_of(office)}.invalid"
    message = email.compose(
        message_id=(
            f"<{delivery_id[1].decode() if delivery_id else office.lower()}@{settings.MAIL_DOMAIN}>"
        ),
        sender=("", settings.LETTER_FROM),
        recipient=(office, address),
        subject=f"Rehearsed message to Congress, office {office}",
        text=letter.message.decode(),
    )
    return email.send(letter._replace(recipient=address, message=message))


def judged(answer: Answer, chamber: str, office: str) -> Receipt:
    """What a chamber's reply means for this message."""
    said = reply_text(answer)
    # It has this DeliveryId: an earlier try arrived whose answer was lost.
    if answer.code == 409:
        return Receipt(409, f"Already there under this DeliveryId. {said}".strip())
    if answer.code == CHAMBERS[chamber].accepted:
        return taken(answer, said)
    if answer.code == 400:
        raise refused(said, office)
    if answer.code in OUR_TROUBLE:
        raise ChannelError(said, code=answer.code, endpoint=True, pause=asked_pause(answer))
    if 400 <= answer.code < 500:
        raise ChannelError(said, code=answer.code, permanent=True)
    raise Interrupted(
        f"An answer that tells nothing: {answer.code} {said}", endpoint=True, code=answer.code
    )


def taken(answer: Answer, said: str) -> Receipt:
    """A 200 that is somebody's web page, or that only says the form is right, is no proof that an
    office has it.
    """
    if "Validation Passed" in said:
        raise ChannelError(f"This address only validates. {said}", code=answer.code, endpoint=True)
    if answer.kind == "text/html":
        raise Interrupted(
            f"A web page instead of an answer: {said[:200]}", endpoint=True, code=answer.code
        )
    return Receipt(answer.code, said or "Message accepted")


def refused(said: str, office: str) -> ChannelError:
    """A 400 speaks of the message, unless it says that they do not know us or that this office
    takes none.
    """
    # Their own words are all there is: every refusal is a plain 400.
    if "agent mismatch" in said.lower():
        return ChannelError(said, code=400, endpoint=True)
    if "not enabled" in said.lower():
        office_list.strike(office)
    return ChannelError(said, code=400, permanent=True)


def asked_pause(answer: Answer) -> dt.timedelta | None:
    seconds = int(answer.retry_after) if answer.retry_after.isdecimal() else 0
    return dt.timedelta(seconds=min(seconds, 3600)) if seconds else None


def validate(message: bytes, *, office: str) -> str:
    """A dry run that reaches no office: the chamber's own words about this document.

    Raises ChannelError, Interrupted.
    """
    return asked_about(message, office, CHAMBERS[chamber_of(office)].dry_run)


def try_out(message: bytes, *, office: str) -> str:
    """A message on a chamber's test machine, where also the agent's name is checked.

    Raises ChannelError, Interrupted.

    The Senate has its test machine at a path of its own, the House at another host: never at the
    one that delivers.
    """
    chamber = chamber_of(office)
    if chamber == HOUSE and Endpoint.of(HOUSE).host == DELIVERS:
        raise ChannelError(
            f"{DELIVERS} is no test machine: set CWC_HOUSE_URL to the House's test address.",
            permanent=True,
        )
    return asked_about(
        message,
        office,
        CHAMBERS[chamber].message if chamber == HOUSE else CHAMBERS[chamber].dry_run,
    )


def asked_about(message: bytes, office: str, path: str) -> str:
    answer = exchange(Endpoint.of(chamber_of(office)), "POST", path, message)
    if answer.code not in (200, 201, 409):
        raise ChannelError(reply_text(answer), code=answer.code)
    return f"{answer.code} {reply_text(answer)}"


def delivery_id(*parts: object) -> str:
    """The same parts always give the same DeliveryId: a chamber that has it says so, whoever asks
    again.
    """
    text = "\x1f".join(map(str, parts)).encode()
    return hmac.new(
        settings.HASH_KEY.encode(), b"delivery-id\x1f" + text, hashlib.sha256
    ).hexdigest()[:32]
