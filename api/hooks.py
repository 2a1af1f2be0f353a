"""What others hand in, signed by whoever knows the secret (docs/install.md): relays mail that
came back, raw; Lob its events.
"""

from __future__ import annotations

import hmac
import time

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from worker.inbound import lob_events
from worker.inbound.provider_events import hook
from worker.inbound.returns import REFUSAL, is_turned_away, take_in_mail

# How old a signature may be; the same mail within it counts once anyhow.
WINDOW_S = 300


@api_view(["POST"])
# No parser: what was signed are the bytes as they came.
@parser_classes([])
def mail(request: Request) -> Response:
    """Body: the raw message.

    Headers: X-Recipient, X-Sent-At (Unix seconds) and X-Signature, see `signature`.

    404 while there is no secret; 403 for a wrong or old signature. `refused` says what to tell the
    sender, who is a person then.
    """
    if not settings.RETURNS_HOOK_SECRET:
        raise NotFound
    recipient = request.headers.get("X-Recipient", "")
    sent_at = request.headers.get("X-Sent-At", "")
    content = request.body
    # Twelve digits are enough for any time; a number of thousands takes long to read.
    if not (is_number(sent_at) and is_recent(int(sent_at[:12]))):
        raise PermissionDenied("X-Sent-At is missing, or too far from now.")
    given = request.headers.get("X-Signature", "").encode("utf-8", "replace")
    if not hmac.compare_digest(signature(recipient, sent_at, content).encode(), given):
        raise PermissionDenied("X-Signature does not fit.")
    kept = take_in_mail(content, recipient=recipient, source="hook")
    return Response(
        {
            "kind": kept.kind,
            "matched": kept.delivery_id is not None,
            "refused": REFUSAL if is_turned_away(kept) else "",
        }
    )


# No browser posts here: the secret is what guards it.
@csrf_exempt
def provider(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Events of MAIL_PROVIDER, guarded by ANYMAIL's WEBHOOK_SECRET (basic authentication).

    404 while either is missing.
    """
    door = hook(kind) if kind in ("tracking", "inbound") else None
    if door is None:
        raise Http404
    return door(request)


@api_view(["POST"])
@parser_classes([])
def lob(request: Request) -> Response:
    """An event of Lob's. 404 while there is no secret; 403 for a wrong or old signature.

    What we do not know is taken and forgotten.
    """
    if not settings.LOB_WEBHOOK_SECRET:
        raise NotFound
    sent_at = request.headers.get("Lob-Signature-Timestamp", "")
    given = request.headers.get("Lob-Signature", "")
    if not (is_number(sent_at) and is_recent(seconds(sent_at))):
        raise PermissionDenied("Lob-Signature-Timestamp is missing, or too far from now.")
    if not lob_events.is_signed(request.body, sent_at=sent_at, given=given):
        raise PermissionDenied("Lob-Signature does not fit.")
    return Response({"kept": lob_events.take_event(request.body) is not None})


def is_number(text: str) -> bool:
    """Plain digits: str.isdecimal alone would take those of other scripts too."""
    return text.isascii() and text.isdecimal()


def is_recent(at: int) -> bool:
    """`at` in Unix seconds, on either side of now: clocks differ."""
    return abs(time.time() - at) <= WINDOW_S


def seconds(sent_at: str) -> int:
    """Lob counts milliseconds."""
    number = int(sent_at[:16])
    return number // 1000 if number > 10**11 else number


def signature(recipient: str, sent_at: str, content: bytes) -> str:
    """HMAC-SHA256 of "time LF recipient LF message", in hex."""
    signed = f"{sent_at}\n{recipient}\n".encode("utf-8", "replace") + content
    return hmac.digest(settings.RETURNS_HOOK_SECRET.encode(), signed, "sha256").hex()
