"""What Lob tells of a letter after it took it: kept as what came back, once for each event."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from typing import Any

from django.conf import settings

from worker.inbound.parse import ODD, InboundReport, storable_words
from worker.inbound.returns import note_return
from worker.models import Delivery, Return

KINDS = {
    "letter.created": (Return.Kind.RELAYED, "Lob has it."),
    "letter.mailed": (Return.Kind.RELAYED, "Lob gave it to the Postal Service."),
    "letter.in_transit": (Return.Kind.RELAYED, "The Postal Service carries it."),
    "letter.in_local_area": (Return.Kind.RELAYED, "It is near the office."),
    "letter.processed_for_delivery": (Return.Kind.RELAYED, "The Postal Service brings it out."),
    "letter.re-routed": (Return.Kind.DELAYED, "The Postal Service sent it on to another address."),
    "letter.delivered": (Return.Kind.DELIVERED, "The Postal Service says that it is there."),
    "letter.returned_to_sender": (Return.Kind.FAILED, "The Postal Service sent it back."),
    "letter.rejected": (Return.Kind.FAILED, "Lob refused to print it."),
    "letter.failed": (Return.Kind.FAILED, "Lob could not print it."),
    "letter.deleted": (Return.Kind.FAILED, "It was deleted at Lob before it was mailed."),
}


def is_signed(body: bytes, *, sent_at: str, given: str) -> bool:
    """Whether whoever knows our secret at Lob signed this: HMAC-SHA256 of "time.body", in hex."""
    signed = hmac.digest(
        settings.LOB_WEBHOOK_SECRET.encode(), f"{sent_at}.".encode() + body, "sha256"
    ).hex()
    # In constant time (docs/safety.md C4).
    return hmac.compare_digest(signed.encode(), given.encode("utf-8", "replace"))


def take_event(body: bytes) -> Return | None:
    """None for what is no event about a real letter of ours, or says nothing that matters.

    Never raises for what is in it.
    """
    try:
        event = json.loads(body)
        kind, words = KINDS[event["event_type"]["id"]]
        about, number = event["body"], str(event["id"])
        its_own = storable_words(str(about.get("id", "")))[:80]
        delivery = delivery_of(about)
    except ODD:
        return None
    if delivery is None:
        return None
    digest = hashlib.sha256(f"lob\n{number}".encode("utf-8", "replace")).hexdigest()
    return note_return(
        InboundReport(kind, words=f"{words} {its_own}".strip()),
        delivery,
        digest=digest,
        source="lob",
    )


def delivery_of(about: dict[str, Any]) -> Delivery | None:
    """By the reference we gave it. Raises ValueError, KeyError or TypeError for what has none."""
    reference = uuid.UUID(hex=str(about["metadata"]["delivery_id"]))
    found = Delivery.objects.filter(public_id=reference, channel="lob", rehearsal=False)
    return found.defer("message").first()
