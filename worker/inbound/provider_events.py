"""What a provider tells of a message later, by its hooks: the same facts as mail that comes back,
in anymail's words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase

from worker.channels.provider import is_installed
from worker.inbound.bounded import may_have_too_many_parts
from worker.inbound.parse import ODD, InboundReport, storable_words
from worker.inbound.returns import note_return, take_in_mail
from worker.models import Delivery, Return
from worker.smtp_status import enhanced_status, reply_code

REFERENCE = re.compile("[0-9a-f]{32}")
# "delivered" is the other mail server's acceptance: nobody has read anything.
KINDS = {
    "bounced": Return.Kind.FAILED,
    "rejected": Return.Kind.FAILED,
    "failed": Return.Kind.FAILED,
    "deferred": Return.Kind.DELAYED,
    "delivered": Return.Kind.RELAYED,
    "complained": Return.Kind.COMPLAINT,
    "autoresponded": Return.Kind.AUTO_REPLY,
}


def hook(kind: str) -> Callable[..., HttpResponseBase] | None:
    """The door for this provider's "tracking" or "inbound" events; None without a provider, or
    without the secret that guards it.
    """
    if not (
        settings.MAIL_PROVIDER
        and settings.ANYMAIL.get("WEBHOOK_SECRET")
        and is_installed(settings.MAIL_PROVIDER)
    ):
        return None
    module = import_module(f"anymail.webhooks.{settings.MAIL_PROVIDER}")
    signal = getattr(import_module("anymail.signals"), kind)
    # anymail names its views as it likes; each says of which signal it is.
    own = [
        one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__
    ]
    fitting = [view for view in own if getattr(view, "signal", None) is signal]
    if not fitting:
        return None
    # anymail's check of the secret and its parser, without its signals.
    view: Any = type("Hook", (fitting[0],), {"post": take_in_events})
    return view.as_view()


def take_in_events(view: Any, request: HttpRequest) -> HttpResponse:
    """One call may bring many: all are read before any is kept. Guarded by the provider's secret,
    as anymail checks it.
    """
    # Read before anything else does: a form's body can't be looked at any more.
    is_made_to_keep_us_busy = may_have_too_many_parts(request.body)
    try:
        view.run_validators(request)
        if is_made_to_keep_us_busy:
            return HttpResponse()  # taken, and forgotten: sent again it would be no better
        deeds = [understand(event) for event in view.parse_events(request)]
    except ODD:
        return HttpResponseBadRequest("Not understood.")
    for keep in deeds:
        if keep:
            keep()
    return HttpResponse()


def understand(event: Any) -> Callable[[], Return | None] | None:
    """What a tracking or inbound event of anymail's wants done.

    None for what says nothing about delivery: opened, clicked, and what is not ours.
    """
    if event.event_type == "inbound":
        mail = event.message
        recipient = storable_words(str(mail.envelope_recipient or mail.get("To", "")))
        sender = mail.envelope_sender
        return partial(
            take_in_mail, mail.as_bytes(), recipient=recipient, sender=sender, source="provider"
        )
    kind, reference = KINDS.get(event.event_type), (event.metadata or {}).get("reference", "")
    if kind is None or not is_reference(reference):
        return None
    words = storable_words(str(event.mta_response or event.description or event.event_type))
    identity = f"provider {reference} {event.event_type} {event.event_id or event.timestamp}"
    return partial(
        keep_report,
        InboundReport(kind, enhanced_status(words), reply_code(words), words),
        reference,
        digest=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest(),
    )


def is_reference(text: object) -> bool:
    """Whether this could be the public id of a delivery; a provider's metadata may be anything."""
    return isinstance(text, str) and bool(REFERENCE.fullmatch(text))


def keep_report(report: InboundReport, reference: str, *, digest: str) -> Return | None:
    """None where there is no such delivery."""
    delivery = Delivery.objects.filter(public_id=reference).defer("message").first()
    return note_return(report, delivery, digest=digest, source="provider") if delivery else None
