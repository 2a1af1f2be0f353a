"""A letter into an envelope, complete and final: one function for each route that we can take
ourselves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings

from actions.letters import congress, paper
from actions.letters.paper import LOB
from actions.letters.text import (
    statement_for,
    subject_line,
    whole_text,
    writer_details,
    writer_of,
)
from actions.models import Action, Route
from actions.offices import holder_name
from campaigns.models import Campaign
from legislators.hours import office_hours
from legislators.lookup import Place
from supporters.mail import is_rehearsal
from supporters.people import keyed_hash
from worker import outbox
from worker.channels.cwc import channel
from worker.channels.cwc.message import chamber_of
from worker.channels.email import BadMessage, answerable_from, compose, message_id, via_name
from worker.models import LIFE, LIFE_ON_PAPER, PAPER

log = logging.getLogger("actions.letters.envelopes")


def seal(
    action: Action, place: Place, route: str, to: str, *, nth: int = 0
) -> outbox.Envelope | None:
    """This letter by this route; None where none can be written.

    `nth` counts a letter's envelopes in time: each has its own key.
    """
    return SEALS[route](action, place, to, nth)


def seal_for_congress(
    action: Action, place: Place, office: str, nth: int = 0
) -> outbox.Envelope | None:
    """For their message system; `office` is its code there."""
    # By the form's key and not the action's: who took it back and writes again has the same action,
    # and a new form.
    delivery_id = channel.delivery_id("letter", action.idempotency_key, place.seat.pk, *suffix(nth))
    subject = subject_line(action, place)
    message = congress.document(
        action,
        office,
        known=writer_details(action),
        subject=subject,
        statement=statement_for(action, place),
        is_edited=action.words_for(place.seat.pk).is_edited,
        delivery_id=delivery_id,
    )
    if message is None:
        return None
    return outbox.Envelope(
        **keys(action, place, nth),
        channel="cwc",
        lane=f"cwc:{chamber_of(office)}",
        recipient=office,
        subject=subject,
        message=message,
        message_id=delivery_id,
    )


def seal_for_mail(
    action: Action, place: Place, address: str, nth: int = 0
) -> outbox.Envelope | None:
    """From its writer's name, by way of our address; answers go to the writer."""
    entry, campaign = writer_details(action), action.ask.campaign
    mid = message_id("letter", action.idempotency_key, place.seat.pk, *suffix(nth))
    name = f"{entry['given_name']} {entry['family_name']}"
    subject = subject_line(action, place)
    try:
        message = compose(
            message_id=mid,
            sender=(
                via_name(name, campaign.sender_name) if campaign.sender_name else name,
                answerable_from(mid),
            ),
            recipient=(f"{place.seat.title} {holder_name(place)}", address),
            reply_to=(name, entry["email"]),
            subject=subject,
            text=whole_text(action, place),
            headers=letter_headers(campaign),
        )
    except BadMessage as error:
        log.warning("seat %s: no letter can be addressed there: %s", place.seat.pk, error)
        return None
    return outbox.Envelope(
        **keys(action, place, nth),
        hours=office_hours(place.seat.jurisdiction_id),
        # Offices at one mail host share its pace, and its troubles.
        lane=f"letters:{address.rpartition('@')[2].lower()}",
        recipient=address,
        subject=subject,
        message=message,
        message_id=mid,
    )


def seal_for_paper(
    action: Action, place: Place, address: str, nth: int = 0
) -> outbox.Envelope | None:
    """For people to print, or for Lob: the same sealed letter either way."""
    subject = subject_line(action, place)
    letter = paper.letter_to(
        place,
        address,
        subject=subject,
        text=whole_text(action, place),
        writer=writer_of(action),
    )
    if letter is None:
        return None
    carrier = LOB if settings.PAPER_BY == LOB else PAPER
    return outbox.Envelope(
        **keys(action, place, nth),
        channel=carrier,
        lane=carrier,
        recipient=", ".join(letter.to.lines)[:254],
        subject=subject,
        message=letter.to_bytes(),
        message_id=message_id("paper", action.idempotency_key, place.seat.pk, *suffix(nth)),
        expires_after=LIFE_ON_PAPER if carrier == PAPER else LIFE,
    )


def letter_headers(campaign: Campaign) -> dict[str, str]:
    """What sorts letters for those who carry them.

    Not Auto-Submitted, Precedence or List-*: a person wrote to a person.
    """
    return {
        "X-Campaign-Id": campaign.slug,
        "Feedback-ID": f"{campaign.slug}:letter:{settings.MAIL_DOMAIN}",
    }


SEALS: dict[str, Callable[[Action, Place, str, int], outbox.Envelope | None]] = {
    Route.CWC: seal_for_congress,
    Route.EMAIL: seal_for_mail,
    Route.PAPER: seal_for_paper,
}


def keys(action: Action, place: Place, nth: int = 0) -> dict[str, Any]:
    """What every envelope of a letter carries, whichever route it takes."""
    campaign = action.ask.campaign
    return {
        "key": letter_key(action, place, nth),
        "sender_key": f"action:{action.public_id}",
        # Tells two people apart who wrote to a dead address, and nothing else about them.
        "writer_key": keyed_hash(f"writer\n{action.writer.mailbox}"),
        "recipient_key": f"seat:{place.seat.pk}",
        "scope_key": f"campaign:{campaign.pk}",
        "rehearsal": is_rehearsal(is_demo=campaign.is_demo),
        "awaits_confirmation": action.state != Action.State.CONFIRMED,
    }


def letter_key(action: Action, place: Place, nth: int = 0) -> str:
    """Unique in the outbox: posting twice is once."""
    return ":".join(map(str, ["letter", action.idempotency_key, place.seat.pk, *suffix(nth)]))


def suffix(nth: int) -> tuple[int, ...]:
    """The first envelope's key bears no number."""
    return (nth,) if nth else ()
