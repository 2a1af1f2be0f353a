"""Letters that Lob prints and mails: the sealed letter becomes a PDF here, and Lob knows it by our
delivery's reference.

Lob keeps an Idempotency-Key for a day only. So before a letter is handed over Lob is asked whether
it has it already, by the reference in its metadata, which it keeps: however often, and however
late, a letter is tried, it is mailed once. An answer that tells nothing is doubt all the same: it
is not tried again like a refusal, but asked about after a rest (worker.engine.reconcile).
"""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from urllib3 import encode_multipart_formdata
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from worker.channels import ChannelError, Interrupted, Receipt, email
from worker.paper.printed_letter import NoLetter, Postal, PrintedLetter
from worker.queued_letter import QueuedLetter

TIMEOUT_S = 30
ANSWER_LIMIT = 1024 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
PRACTICE_ADDRESS = "paper@lob.invalid"
TROUBLE = (OSError, http.client.HTTPException, HTTPError)
# Lob's own limits: what passes them it would refuse.
NAME_MAX, LINES_MAX, SHEETS_MAX = 40, 50, 60
# Replies that speak of the way out, not of this letter.
OUR_TROUBLE = {301, 302, 307, 308, 401, 402, 403, 404, 405, 407, 408, 413, 415, 429}


@dataclass(frozen=True)
class Answer:
    code: int
    body: Any
    resets: str

    @property
    def words(self) -> str:
        error = self.body.get("error") if isinstance(self.body, dict) else None
        return str(error.get("message", "") if isinstance(error, dict) else "")[:2000]


def send(letter: QueuedLetter) -> Receipt:
    """Once, however often it is called. Rehearsals go to the catcher and never to Lob.

    Raises ChannelError, Interrupted.
    """
    if letter.rehearsal:
        return rehearse(letter)
    if not settings.DELIVERY_ENABLED:
        raise ChannelError("Delivery is switched off: a real letter does not leave.", endpoint=True)
    if not is_configured():
        raise ChannelError(f"Lob is not set up: {why_not_configured()}", endpoint=True)
    sealed = opened(letter)
    pdf = as_pdf(sealed)
    # Lob forgets an Idempotency-Key after a day, but never what it printed: ask first, always.
    if known := find(letter.reference):
        return Receipt(200, f"Lob has it already: {lob_letter_in_words(known)}")
    return judged(
        exchange(
            "POST", "/v1/letters", multipart(sealed, pdf, letter.reference), key=letter.reference
        )
    )


def opened(letter: QueuedLetter) -> PrintedLetter:
    """What is to be printed. Raises ChannelError for what Lob would refuse."""
    try:
        sealed = PrintedLetter.from_bytes(letter.message)
    except NoLetter as error:
        raise ChannelError(str(error), permanent=True) from error
    if reason := why_not(sealed):
        raise ChannelError(reason, permanent=True)
    return sealed


def as_pdf(sealed: PrintedLetter) -> bytes:
    from worker.paper.typeset import (  # the typesetter is loaded by those who print
        CannotPrint,
        print_letter,
    )

    try:
        printed = print_letter(sealed, has_blocks=False)
    except CannotPrint as error:
        raise ChannelError(str(error), permanent=True) from error
    if printed.pages[0] > SHEETS_MAX:
        raise ChannelError(
            f"{printed.pages[0]} pages are more than Lob puts into an envelope.", permanent=True
        )
    return printed.pdf


def why_not(letter: PrintedLetter) -> str:
    """Why Lob would refuse its addresses, "" when it would not."""
    for postal in (letter.to, letter.sender):
        if len(postal.name) > NAME_MAX:
            return f"Lob takes names of {NAME_MAX} characters: {postal.name}"
        if len(postal.street) + len(postal.above) > LINES_MAX:
            return (
                f"Lob takes addresses of {LINES_MAX} characters beside the town: {postal.street}"
                f" {postal.above}"
            )
    return ""


def judged(answer: Answer) -> Receipt:
    """What Lob's reply to a new letter means."""
    if (
        answer.code in (200, 201)
        and isinstance(answer.body, dict)
        and str(answer.body.get("id", "")).startswith("ltr_")
    ):
        return Receipt(answer.code, f"Lob took it: {lob_letter_in_words(answer.body)}")
    # A key, an address or a limit: every other letter would meet the same.
    if answer.code in OUR_TROUBLE:
        raise ChannelError(
            answer.words or "No reason given.",
            code=answer.code,
            endpoint=True,
            pause=asked_pause(answer),
        )
    # 409 says that the same key is at work, so nobody knows yet.
    if 400 <= answer.code < 500 and answer.code != 409:
        raise ChannelError(answer.words or "No reason given.", code=answer.code, permanent=True)
    raise Interrupted(
        f"An answer that tells nothing: {answer.code} {answer.words}".strip(),
        endpoint=True,
        code=answer.code,
    )


def find(reference: str) -> dict[str, Any] | None:
    """What Lob knows of a delivery, None when it certainly has nothing of it.

    Raises ChannelError when it cannot tell.
    """
    try:
        answer = exchange(
            "GET", f"/v1/letters?{quote('metadata[delivery_id]')}={quote(reference)}&limit=10"
        )
    except Interrupted as error:
        raise ChannelError(
            f"Lob could not be asked: {error}", endpoint=True, code=error.code
        ) from error
    if (
        answer.code != 200
        or not isinstance(answer.body, dict)
        or not isinstance(answer.body.get("data"), list)
    ):
        raise ChannelError(
            f"Lob could not be asked: {answer.words}",
            endpoint=True,
            code=answer.code,
            pause=asked_pause(answer),
        )
    # What was deleted there is not printed, so it may be handed over anew.
    ours = [
        row
        for row in answer.body["data"]
        if (row.get("metadata") or {}).get("delivery_id") == reference and not row.get("deleted")
    ]
    return ours[0] if ours else None


def lob_letter_in_words(row: Mapping[str, Any]) -> str:
    """Lob's number for it, and when Lob expects it to arrive."""
    due = str(row.get("expected_delivery_date") or "")
    return str(row.get("id", ""))[:80] + (f", expected to arrive on {due[:10]}" if due else "")


def asked_pause(answer: Answer) -> dt.timedelta | None:
    """Lob names the second at which its window ends."""
    if answer.code != 429 or not answer.resets.isdecimal():
        return None
    at = int(answer.resets)
    # A second of Unix time, or seconds from now: whichever the number can be.
    seconds = at - timezone.now().timestamp() if at > 10**9 else at
    # Whatever it says, the lane is looked at again within the hour.
    return dt.timedelta(seconds=min(max(seconds, 1), 3600))


def multipart(letter: PrintedLetter, pdf: bytes, reference: str) -> tuple[bytes, str]:
    """The body of a new letter, and its kind."""
    fields = {
        **address("to", letter.to),
        **address("from", letter.sender),
        "description": f"delivery {reference}",
        "metadata[delivery_id]": reference,
        "color": "false",
        "double_sided": "false",
        "use_type": "operational",
        "mail_type": "usps_first_class",
        "address_placement": "top_first_page",
    }
    return encode_multipart_formdata({**fields, "file": ("letter.pdf", pdf, "application/pdf")})


def address(side: str, postal: Postal) -> dict[str, str]:
    named = {
        "name": postal.name,
        "address_line1": postal.street,
        "address_line2": postal.above,
        "address_city": postal.city,
        "address_state": postal.state,
        "address_zip": postal.zip,
    }
    return {f"{side}[{name}]": value for name, value in named.items() if value}


def exchange(
    method: str, path: str, body: tuple[bytes, str] | None = None, *, key: str = ""
) -> Answer:
    """One request.

    Raises ChannelError while nothing can have been taken, Interrupted once it can.
    """
    connection = connected()
    login = base64.b64encode(f"{settings.LOB_KEY}:".encode()).decode()
    headers = {
        "Authorization": f"Basic {login}",
        "Accept": "application/json",
        "Connection": "close",
        "User-Agent": "take-action",
    }
    headers |= {"Content-Type": body[1]} if body else {}
    headers |= {"Idempotency-Key": key} if key else {}
    try:
        content = body[0] if body else None
        connection.request(method, path, content, headers, preload_content=False)
        answer = connection.getresponse()
        text = answer.read(ANSWER_LIMIT).decode("utf-8", "replace")
    except TROUBLE as error:
        raise Interrupted(
            f"The line broke after the letter began to leave: {type(error).__name__}", endpoint=True
        ) from error
    finally:
        connection.close()
    return Answer(
        answer.status, as_json(text), answer.headers.get("x-rate-limit-reset", "").strip()
    )


def connected() -> HTTPConnection:
    """A line of its own, so that it is known whether anything can have been taken."""
    url = urlsplit(settings.LOB_URL)
    host = url.hostname or ""
    if url.scheme == "http":  # this machine only: is_allowed
        connection = HTTPConnection(host, url.port, timeout=TIMEOUT_S)
    else:
        trusted = ssl.create_default_context()
        connection = HTTPSConnection(host, url.port, timeout=TIMEOUT_S, ssl_context=trusted)
    try:
        connection.connect()
    except TROUBLE as error:
        connection.close()
        raise ChannelError(f"No connection to {host}: {error}", endpoint=True) from error
    return connection


def as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def is_configured() -> bool:
    return not why_not_configured()


def why_not_configured() -> str:
    """In words for the operator.

    A test key prints nothing, so with it no real letter is handed over.
    """
    if not settings.LOB_KEY:
        return "LOB_KEY is not set."
    if not is_allowed():
        return "LOB_URL is not an https:// address at lob.com."
    if settings.DELIVERY_ENABLED and not settings.LOB_KEY.startswith("live_"):
        return "LOB_KEY is a test key: Lob mails nothing that comes with it."
    return ""


def is_allowed() -> bool:
    """LOB_URL is Lob's own, or on this machine where tests permit that."""
    url = urlsplit(settings.LOB_URL)
    if (url.hostname or "") in LOOPBACK:
        return bool(settings.LOB_LOOPBACK)
    return url.scheme == "https" and bool(
        re.fullmatch(r"(?:[a-z0-9-]+\.)*lob\.com", url.hostname or "")
    )


def rehearse(letter: QueuedLetter) -> Receipt:
    """The letter's words, to be read in the practice mailbox."""
    sealed = opened(letter)
    message = email.compose(
        message_id=f"<{letter.reference}@{settings.MAIL_DOMAIN}>",
        sender=("", settings.LETTER_FROM),
        recipient=(sealed.addressee, PRACTICE_ADDRESS),
        subject=f"Rehearsed letter on paper: {sealed.subject}",
        text="\n".join(
            [*sealed.to.lines, "", sealed.date, "", "\n\n".join(sealed.text), "", *sealed.closing]
        ),
    )
    return email.send(letter._replace(recipient=PRACTICE_ADDRESS, message=message))
