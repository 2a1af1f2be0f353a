"""Words into bytes: one message, built and checked while its writer can still mend it.

The bytes are plain ASCII whatever the language (quoted-printable, encoded words), so no relay has
to change them on the way.
"""

import binascii
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr

from django.utils import timezone
from django.utils.translation import gettext as _

Mailbox = tuple[str, str]

LINE_LIMIT = 76
NAME_LIMIT = 70
SUBJECT_LIMIT = 250
EXTRA_HEADERS = {
    "auto-submitted",
    "content-language",
    "feedback-id",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "precedence",
}
PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
)
MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")
QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


class BadMessage(ValueError):
    """Cannot be sent as it stands. Its text is translated and fit for the page."""


def build(
    *,
    message_id: str,
    sender: Mailbox,
    recipient: Mailbox,
    reply_to: Mailbox | None,
    subject: str,
    text: str,
    html: str | None,
    headers: Mapping[str, str],
) -> bytes:
    """The whole message as bytes with CRLF line ends. Raises BadMessage."""
    if not MESSAGE_ID.fullmatch(message_id):
        raise BadMessage(f"Not a Message-ID: {message_id!r}")
    # Each header refuses or folds what it is given; a line end never gets this far.
    lines = [
        header("From", mailbox(sender)),
        header("To", mailbox(recipient)),
        *([header("Reply-To", mailbox(reply_to))] if reply_to else []),
        header("Subject", encode(clean_subject(subject), room=len("Subject: "))),
        f"Message-ID: {message_id}",
        f"Date: {format_datetime(timezone.now())}",
        "MIME-Version: 1.0",
        *(extra_header(name, value) for name, value in headers.items()),
    ]
    head = "\r\n".join(lines).encode("ascii") + b"\r\n"
    return head + (part(text, "plain") if html is None else two_parts(message_id, text, html))


def two_parts(message_id: str, text: str, html: str) -> bytes:
    """The same words plain and as HTML, for mail programs to choose from."""
    # No quoted-printable text can hold "=_", so the boundary cannot occur in a part.
    boundary = f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}"
    fence = f"\r\n--{boundary}".encode()
    opening = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode()
    parts = [fence + b"\r\n" + part(text, "plain"), fence + b"\r\n" + part(html, "html")]
    return opening + b"".join(parts) + fence + b"--\r\n"


def header(name: str, value: str) -> str:
    return f"{name}: {value}"


def mailbox(who: Mailbox) -> str:
    """As it stands in a header: its name quoted, or encoded, and folded from its address."""
    name, address = clean_name(who[0]), wire_address(who[1])
    if not name:
        return address
    shown = (
        f'"{name.translate(QUOTED)}"' if name.isascii() else encode(name, room=len("Reply-To: "))
    )
    # 16: the longest header's name before it, with the brackets and spaces.
    between = " " if len(shown) + len(address) < LINE_LIMIT - 16 else "\r\n "
    return f"{shown}{between}<{address}>"


def readable(raw: str) -> str:
    """A mailbox as it stands in a header, its name decoded: the standard library's newer parser
    leaves a space where a name was folded.

    Raises ValueError, IndexError or LookupError for what is none.
    """
    name, address = parseaddr(raw)
    return str(Address(display_name=str(make_header(decode_header(name))), addr_spec=address))


def clean_name(name: str) -> str:
    """A display name that shows as one name: no control or direction marks, no '@' that could pass
    for an address.
    """
    # The second is the full-width sign, which reads the same.
    return squeeze(name.replace("@", " ").replace("＠", " "))[:NAME_LIMIT].strip()


def clean_subject(subject: str) -> str:
    """One line. Raises BadMessage for none, and for one that mail programs would cut."""
    subject = squeeze(subject)
    if not subject:
        raise BadMessage(_("Please give your letter a subject."))
    if len(subject) > SUBJECT_LIMIT:
        raise BadMessage(
            _("Please shorten the subject to %(limit)d characters.") % {"limit": SUBJECT_LIMIT}
        )
    return subject


def squeeze(text: str) -> str:
    """One line of visible characters, composed (NFC), with single spaces."""
    # Most texts are plain already, and this runs for every header of every letter.
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(visible, unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


def visible(char: str) -> str:
    """A line end or a control as a space; what has no width, or changes direction, not at all."""
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind in ("Cf", "Cs") else char


def wire_address(address: str) -> str:
    """An address as SMTP wants it: ASCII, an international domain as punycode. Raises BadMessage.

    Quoted local parts and domains in brackets are lawful but never an office's or a person's:
    refused.
    """
    local, _at, domain = address.strip().rpartition("@")
    try:
        plain = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if len(plain) > 254 or len(local) > 64 or not PLAIN_ADDRESS.fullmatch(plain):
        raise BadMessage(
            _("This e-mail address cannot be written to: %(address)s")
            % {"address": squeeze(address)}
        )
    return plain  # which needs no quotes: the pattern leaves only dot-atoms


def encode(text: str, *, room: int) -> str:
    """Encoded words where needed, folded so that no line passes the limit; `room` is what the
    header's name takes.
    """
    # A "=?" that somebody typed would be decoded over there, so it is encoded itself.
    if text.isascii() and len(text) + room <= LINE_LIMIT and "=?" not in text:
        return text
    charset = "utf-8" if not text.isascii() or "=?" in text else "us-ascii"
    return Header(text, charset, maxlinelen=LINE_LIMIT, header_name=" " * (room - 2)).encode(
        linesep="\r\n"
    )


def extra_header(name: str, value: str) -> str:
    """Raises BadMessage for a header that is not a letter's to set, and for any line end in it."""
    if name.lower() not in EXTRA_HEADERS and not re.fullmatch(r"[Xx]-[A-Za-z0-9-]+", name):
        raise BadMessage(f"Not a header that may be added: {name!r}")
    if not value.isascii() or not value.isprintable() or len(value) + len(name) > 900:
        raise BadMessage(f"Not a value for {name}: {value!r}")
    return header(name, value)


def part(text: str, subtype: str) -> bytes:
    """Headers and body. As it is typed where that is plain ASCII in lines that SMTP takes."""
    body = clean_body(text)
    # SMTP takes lines of 998 characters (RFC 5321, 4.5.3.1.6).
    plain = body.isascii() and max(map(len, body.split("\n"))) < 900
    if plain:
        encoding, content = "7bit", body.replace("\n", "\r\n").encode("ascii")
    else:
        encoding, content = (
            "quoted-printable",
            binascii.b2a_qp(body.encode()).replace(b"\n", b"\r\n"),
        )
    kind = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding:"
        f" {encoding}\r\n\r\n"
    )
    return kind.encode() + content


def clean_body(text: str) -> str:
    """The person's text as it is, composed, with plain line ends and without invisible controls."""
    if not text.isascii():
        # The round trip makes "?" of lone surrogates, which no encoding takes.
        text = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
    lines = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    if not lines.replace("\n", "").isprintable():
        lines = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
    return lines if lines.endswith("\n") else lines + "\n"
