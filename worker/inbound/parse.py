"""One inbound mail into what it says: a report of non-delivery, a complaint, an automatic answer,
or a person's.

It may be anything, from anybody: reading it never raises, takes bounded time, and keeps nothing of
a person's text.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import getaddresses

from flufl.bounce import all_failures

from worker.inbound.bounded import BYTES, TooMuch, message_of
from worker.models import Return
from worker.smtp_status import enhanced_status, reply_code

log = logging.getLogger(__name__)

# What reading JSON and the fields in it may raise: json itself follows brackets only so deep.
ODD = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

WORDS_LIMIT = 2000
# A bounce in no standard form says at its beginning what it is; searching more of it for that takes
# long.
BEGINNING = 32 * 1024
# A report has a handful of parts. What nests deeper was made to keep us busy.
NESTS = 30
NESTING = re.compile(rb"boundary\s*[*=]|content-type:\s*message/", re.IGNORECASE)
# Where a bounce quotes what it brings back.
LETTER_BEGINS = re.compile(
    r"(?im)below this line|copy of (the|your) message|original message|^[>"
    r" ]*(message-id|received|from):"
)
MESSAGE_ID = re.compile(r"<[a-z2-7]{32}@[A-Za-z0-9.-]{1,100}>")
# Statuses that say no more than their class.
GENERIC = {"", "5.0.0", "4.0.0"}
SAYS = {
    "failed": Return.Kind.FAILED,
    "delayed": Return.Kind.DELAYED,
    "delivered": Return.Kind.DELIVERED,
    "relayed": Return.Kind.RELAYED,
    "expanded": Return.Kind.RELAYED,
}
BY_CLASS = {"5": Return.Kind.FAILED, "4": Return.Kind.DELAYED, "2": Return.Kind.DELIVERED}
# Where several recipients are reported on (ours, expanded over there): one that it reached is
# enough.
BEST_FIRST = [Return.Kind.DELIVERED, Return.Kind.RELAYED, Return.Kind.FAILED, Return.Kind.DELAYED]


@dataclass(frozen=True)
class InboundReport:
    """What a mail says.

    `mentions` are Message-IDs shaped like ours, `returned_to` the return address that a complaint
    names.

    `about` are the addresses that a report in no standard form is about: it counts only where one
    of them was written to.
    """

    kind: Return.Kind
    status: str = ""
    code: int | None = None
    words: str = ""
    mentions: tuple[str, ...] = ()
    returned_to: str = ""
    about: frozenset[str] = frozenset()
    in_no_standard: bool = False


def read_mail(content: bytes, *, sender: str | None = None) -> InboundReport:
    """`sender` is the MAIL FROM it came under, if that is known.

    Only the first megabyte is looked at.
    """
    content = content[:BYTES]
    if len(NESTING.findall(content)) > NESTS:
        return InboundReport(Return.Kind.UNCLEAR)
    try:
        return understand(content, sender)
    except TooMuch:
        return InboundReport(Return.Kind.UNCLEAR)
    except Exception as error:  # the parser and the detectors have met everything but this one
        log.warning("A mail that came back could not be read: %s", type(error).__name__)
        return InboundReport(Return.Kind.UNCLEAR)


def understand(content: bytes, sender: str | None) -> InboundReport:
    """By what says most: a report in a standard form, then words that some servers use."""
    mail = message_of(content)
    parts = [mail, *below(mail)]
    found = (
        report(parts)
        or complaint(parts)
        or receipt(parts)
        or in_no_standard(content, parts)
        or by_itself(mail, sender)
    )
    return replace(found, mentions=mentions(mail, parts), words=storable_words(found.words))


def below(mail: Message) -> list[Message]:
    """The parts of a multipart, and theirs; not what lies inside an attached message, which is not
    this mail's own word.
    """
    found: list[Message] = []
    if mail.get_content_maintype() == "multipart":
        for part in inside(mail):
            found += [part, *below(part)]
    return found


def inside(part: Message) -> list[Message]:
    """The direct parts; none of a text."""
    content = part.get_payload()
    return [one for one in content if isinstance(one, Message)] if isinstance(content, list) else []


def report(parts: list[Message]) -> InboundReport | None:
    """A delivery status notification (RFC 3464)."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            blocks = fields(part)
            found = [one for block in blocks if (one := about_a_recipient(block))]
            return min(found, key=lambda one: BEST_FIRST.index(one.kind)) if found else None
    return None


def about_a_recipient(block: Message) -> InboundReport | None:
    """What one block of a report says; None where it says nothing of a delivery."""
    said = header(block, "Diagnostic-Code")
    action = header(block, "Action").lower()
    status = enhanced_status(header(block, "Status"))
    if not (action or status):
        return None
    # A report without an action that we know is read by the class of its status.
    kind = SAYS.get(action) or BY_CLASS.get(status[:1])
    if kind is None:
        return None
    # "smtp; 550 5.1.1 ..." and "dns; mx.example": the kind before the semicolon tells nobody much.
    words = re.sub(r"^\s*[\w-]+\s*;\s*", "", said)
    if peer := re.sub(r"^\s*dns\s*;\s*", "", header(block, "Remote-MTA")):
        words = f"{words or status or action} ({peer})"
    # Some reports say only "failed" where the server's own words say why.
    if status in GENERIC:
        status = enhanced_status(said) or status
    return InboundReport(kind, status, reply_code(words), words or f"{action} {status}".strip())


def complaint(parts: list[Message]) -> InboundReport | None:
    """A feedback report (ARF, RFC 5965): somebody pressed "this is spam"."""
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            block = next(iter(fields(part)), Message())
            kind = header(block, "Feedback-Type")
            # The return address of the letter, under which it had left (worker.channels.verp).
            senders = getaddresses([header(block, "Original-Mail-From")])
            return InboundReport(
                Return.Kind.COMPLAINT,
                words=f"Feedback-Type: {kind}",
                returned_to=senders[0][1] if senders else "",
            )
    return None


def receipt(parts: list[Message]) -> InboundReport | None:
    """A disposition notification (RFC 8098): a mail program tells, by itself, what became of the
    letter there.
    """
    for part in parts:
        if part.get_content_type() == "message/disposition-notification":
            block = next(iter(fields(part)), Message())
            return InboundReport(
                Return.Kind.AUTO_REPLY, words=f"Disposition: {header(block, 'Disposition')}"
            )
    return None


def in_no_standard(content: bytes, parts: list[Message]) -> InboundReport | None:
    """Bounces in words of their own, as flufl.bounce knows them."""
    try:
        for_now, for_good = all_failures(message_of(content[:BEGINNING]))
    except Exception:  # some of its detectors stumble over a mail without From
        return None
    if not (for_now or for_good):
        return None
    lines = lines_that_quote_a_server(parts)
    words = "\n".join(lines)
    about = frozenset(address.decode("ascii", "replace").lower() for address in for_good or for_now)
    kind = Return.Kind.FAILED if for_good else Return.Kind.DELAYED
    return InboundReport(
        kind,
        enhanced_status(words),
        reply_code(words),
        words,
        about=about,
        in_no_standard=True,
    )


def lines_that_quote_a_server(parts: list[Message]) -> list[str]:
    """Lines that quote a server, from before the letter that came back."""
    lines: list[str] = []
    for part in parts:
        if part.get_content_type() == "text/plain":
            lines = LETTER_BEGINS.split(text_of(part)[:BEGINNING], maxsplit=1)[0].splitlines()
            break
    return [
        line.strip()
        for line in lines
        if enhanced_status(line) or re.search(r"\b[45]\d\d[ -](?!\d)", line)
    ][:5]


def by_itself(mail: Message, sender: str | None) -> InboundReport:
    """No report at all: a machine's answer, or a person's."""
    for name in (
        "Auto-Submitted",
        "X-Autoreply",
        "X-Autorespond",
        "X-Auto-Response-Suppress",
        "Precedence",
    ):
        value = header(mail, name)
        if value and speaks_by_itself(name, value.lower()):
            return InboundReport(Return.Kind.AUTO_REPLY, words=f"{name}: {value}")
    if sender == "" or header(mail, "Return-Path").replace(" ", "") == "<>":
        return InboundReport(Return.Kind.AUTO_REPLY, words="No return address, and no report.")
    return InboundReport(Return.Kind.REPLY)


def speaks_by_itself(name: str, value: str) -> bool:
    if name == "Auto-Submitted":
        return not value.startswith("no")
    return name != "Precedence" or value in ("auto_reply", "auto-reply", "bulk", "junk", "list")


def mentions(mail: Message, parts: list[Message]) -> tuple[str, ...]:
    """Message-IDs shaped like ours: of the letter that came back with the report, or that is
    answered.
    """
    texts = [header(mail, "In-Reply-To"), header(mail, "References")]
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and inside(part):
            texts.append(header(inside(part)[0], "Message-ID"))
        elif kind in ("text/rfc822-headers", "message/rfc822"):
            texts += re.findall(r"(?im)^message-id:\s*(\S+)", text_of(part)[:50_000])[:1]
    return tuple(dict.fromkeys(MESSAGE_ID.findall(" ".join(texts))))[:5]


def fields(part: Message) -> list[Message]:
    """The blocks of fields in a report's part; the standard library parses only some kinds by
    itself.
    """
    blocks = inside(part)
    if not blocks:
        return fields_in(part)
    found: list[Message] = []
    for block in blocks:
        # One without a field is text that the library did not take apart.
        found += [block] if block.keys() else fields_in(block)
    return found


def fields_in(part: Message) -> list[Message]:
    blocks = re.split(r"\n\s*\n", text_of(part).replace("\r\n", "\n"))
    return [message_of(block.encode("utf-8", "replace")) for block in blocks[:50] if block.strip()]


def text_of(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def header(mail: Message, name: str) -> str:
    return " ".join(storable_words(str(mail.get(name, ""))).split())


def storable_words(text: str) -> str:
    """As text that every database takes, and no more of it than is kept."""
    plain = text[: WORDS_LIMIT * 4].encode("utf-8", "replace").decode().replace("\x00", "")
    return plain.strip()[:WORDS_LIMIT]
