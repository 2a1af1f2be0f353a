"""One action's letters: for each seat the best way there, sealed now and posted with the action."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actions import congress
from actions.models import Action, Letter
from campaigns import letters, targeting
from campaigns.models import Ask
from legislators import lookup
from legislators.addresses import Address, BadAddress
from legislators.contacts import reach
from legislators.lookup import Place
from supporters.mail import is_rehearsal
from worker import outbox
from worker.channels import cwc
from worker.channels.cwc_xml import chamber_of
from worker.channels.email import BadMessage, compose, message_id, via

log = logging.getLogger("actions.letters")


def write_letters(action: Action, places: Sequence[Place]) -> None:
    """Seal and post one letter per place, held until the action is confirmed. A place written to before is left alone."""
    if action.ask.kind != Ask.Kind.LETTER or not places:
        return
    written = set(action.letters.values_list("seat_id", flat=True))
    places = [place for place in places if place.seat.pk not in written]
    sealed = {place.seat.pk: seal(action, place) for place in places}
    posted = {d.key: d for d in outbox.post([envelope for envelope in sealed.values() if envelope])}
    Letter.objects.bulk_create(
        Letter(
            action=action,
            seat=place.seat,
            holder_name=place.holder.legislator.name if place.holder else "",
            route=route(place, sealed[place.seat.pk]),
            delivery=posted.get(letter_key(action, place)),
        )
        for place in places
    )


def route(place: Place, envelope: outbox.Envelope | None) -> str:
    if envelope:
        return Letter.Route(envelope.channel)
    return Letter.Route.ASSISTED if place.holder else Letter.Route.NONE


def way_to(place: Place) -> str:
    """The route a letter to this place would take, for the page that shows it before writing."""
    if place.holder is None:
        return Letter.Route.NONE
    if congress.office_for(place):
        return Letter.Route.CWC
    return Letter.Route.EMAIL if reach(place.holder.legislator).email else Letter.Route.ASSISTED


def seal(action: Action, place: Place) -> outbox.Envelope | None:
    """The envelope by the best way there; None for an office that needs the supporter, or an address that can't be one."""
    if place.holder is None:
        return None
    office = congress.office_for(place)
    return (seal_for_congress(action, place, office) if office else None) or seal_for_mail(action, place)


def seal_for_congress(action: Action, place: Place, office: str) -> outbox.Envelope | None:
    delivery_id = cwc.delivery_id("letter", action.public_id, place.seat.pk)
    filling = addressing(action, place)
    message = congress.document(action, office, known=details(action), addressing=filling, delivery_id=delivery_id)
    if message is None:
        return None
    return outbox.Envelope(
        **keys(action, place),
        channel="cwc",
        lane=f"cwc:{chamber_of(office)}",
        recipient=office,
        subject=letters.subject_for(action.subject, **filling),
        message=message,
        message_id=delivery_id,
    )


def seal_for_mail(action: Action, place: Place) -> outbox.Envelope | None:
    if place.holder is None:
        return None
    contact = reach(place.holder.legislator)
    if not contact.email:
        return None
    entry, campaign = details(action), action.ask.campaign
    mid = message_id("letter", action.idempotency_key, place.seat.pk)
    name = f"{entry['given_name']} {entry['family_name']}"
    subject = letters.subject_for(action.subject, **addressing(action, place))
    try:
        message = compose(
            message_id=mid,
            sender=(via(name, campaign.sender_name) if campaign.sender_name else name, settings.LETTER_FROM),
            recipient=(f"{place.seat.title} {place.holder.legislator.name}", contact.email),
            reply_to=(name, entry["email"]),
            subject=subject,
            text=text(action, place),
        )
    except BadMessage as error:
        log.warning("seat %s: no letter can be addressed there: %s", place.seat.pk, error)
        return None
    return outbox.Envelope(
        **keys(action, place),
        lane=f"letters:{contact.email.rpartition('@')[2].lower()}",
        recipient=contact.email,
        subject=subject,
        message=message,
        message_id=mid,
    )


def keys(action: Action, place: Place) -> dict[str, Any]:
    """What every envelope of a letter carries, whichever way it goes."""
    campaign = action.ask.campaign
    return {
        "key": letter_key(action, place),
        "sender_key": f"action:{action.public_id}",
        "recipient_key": f"seat:{place.seat.pk}",
        "scope_key": f"campaign:{campaign.pk}",
        "rehearsal": is_rehearsal(is_demo=campaign.is_demo),
        "held": True,
    }


def letter_key(action: Action, place: Place) -> str:
    return f"letter:{action.idempotency_key}:{place.seat.pk}"


def text(action: Action, place: Place) -> str:
    """The whole letter as the office reads it."""
    return letters.text_for(statement=action.statement, own_words=action.own_words, **addressing(action, place))


def addressing(action: Action, place: Place) -> dict[str, Any]:
    """To whom and from whom: what a letter and its subject line are filled with."""
    known = details(action)
    writer = letters.Writer(**{field.name: known.get(field.name, "") for field in fields(letters.Writer)})
    holder = place.holder.legislator if place.holder else None
    return {"seat": place.seat, "holder": holder, "writer": writer, "bill": action.ask.campaign.bill}


def own_copy(action: Action) -> dict[str, str]:
    """The writer's subject and statement with their merge fields filled, as the first office reads them; as typed while there is none."""
    typed = {"subject": action.subject, "statement": action.statement}
    letter = action.letters.select_related("seat__jurisdiction").order_by("pk").first()
    if letter is None:
        return typed
    known = details(action)
    writer = {name: known.get(name, "") for name in ("given_name", "family_name", "city", "state", "zip")}
    filled = letters.values(seat=letter.seat, holder_name=letter.holder_name, bill=action.ask.campaign.bill, **writer)
    return {name: letters.fill(text, filled) for name, text in typed.items()}


def details(action: Action) -> dict[str, str]:
    """What the writer typed about themselves: with the action until their mailbox answers, with the supporter afterwards."""
    if action.entry:
        return action.entry
    names = ("prefix", "given_name", "family_name", "email", "phone", "street", "city", "state", "zip")
    return {name: getattr(action.supporter, name) for name in names}


@transaction.atomic
def finish(action: Action) -> bool:
    """Look up again for a supporter whose lookup failed, and write their letters. False while lookup still fails.

    Seats that a ZIP leaves open are not guessed: only certain ones are written to.
    """
    entry = details(action)
    try:
        match = lookup.find(Address(entry["street"], entry["city"], entry["state"], entry["zip"]))
    except (lookup.LookupUnavailable, BadAddress):
        return False
    addressed = {seat.pk for seat in targeting.choose(action.ask, [place.seat for place in match.certain_places()])}
    write_letters(action, [place for place in match.certain_places() if place.seat.pk in addressed])
    confirmed = action.state == Action.State.CONFIRMED
    action.us_state, action.needs_lookup, action.changed_at = match.state, False, timezone.now()
    action.entry = {} if confirmed and action.supporter.proven_at else action.entry
    action.save(update_fields=["us_state", "needs_lookup", "changed_at", "entry"])
    if confirmed:
        outbox.release([pk for pk in action.letters.values_list("delivery_id", flat=True) if pk])
    return True
