"""A letter to an office of Congress that takes messages from us: what it needs of its writer, and
the document it becomes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict, fields

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from campaigns.bills import federal
from campaigns.models import Brand
from legislators.models import Seat
from worker.channels.cwc import chambers, offices
from worker.channels.cwc import document as cwc_document
from worker.channels.cwc.message import (
    Bill,
    Constituent,
    Message,
    Organization,
    campaign_id,
    chamber_of,
)

log = logging.getLogger("actions.letters.congress")


def open_offices(codes: Iterable[str]) -> set[str]:
    """Those to which a letter can go by Congress's own systems today.

    One query, and none where no system is set up.
    """
    ours = [code for code in codes if chambers.is_configured(chamber_of(code))]
    return offices.taking(ours) if ours else set()


def wants_street(seat: Seat) -> bool:
    """Whether a letter there goes by Congress's own system, which takes none without a street."""
    code = seat.congress_code
    return bool(code) and chambers.is_configured(chamber_of(code))


def document(
    action: Action,
    office: str,
    *,
    known: dict[str, str],
    subject: str,
    statement: str,
    is_edited: bool,
    delivery_id: str,
) -> bytes | None:
    """The finished message, or None where none can be written: then the supporter is asked to send
    it themselves. `subject` and `statement` are filled for this office.
    """
    try:
        return cwc_document.build(
            message(
                action,
                office,
                known=known,
                subject=subject,
                statement=statement,
                is_edited=is_edited,
                delivery_id=delivery_id,
            )
        )
    except cwc_document.CannotWrite as error:
        log.warning(
            "office %s: no message can be written: %s", office, ", ".join(error.errors) or "grammar"
        )
        return None


def message(
    action: Action,
    office: str,
    *,
    known: dict[str, str],
    subject: str,
    statement: str,
    is_edited: bool,
    delivery_id: str,
) -> Message:
    """What the office is told: the writer, the bill and the stance in fields of their own."""
    campaign = action.ask.campaign
    # A bill without a stance is a fault in the document (worker.channels.cwc.document).
    bill = federal.federal_bill(action.ask) if campaign.stance else None
    statement, own_words = apart(action.own_words, statement, is_edited=is_edited)
    return Message(
        delivery_id=delivery_id,
        campaign_id=campaign_id(campaign.slug, campaign.bill, campaign.stance),
        # The day in Washington, where it is read.
        written_on=timezone.now().astimezone(chambers.EASTERN).date(),
        agent=chambers.agent(chamber_of(office)),
        organization=organization(campaign.sender_name),
        office=office,
        constituent=constituent(known),
        subject=subject,
        topics=(campaign.topic,) if campaign.topic else (),
        bill=Bill(**asdict(bill)) if bill else None,
        stance=campaign.stance,
        statement=statement,
        own_words=own_words,
        more_info=settings.SITE_URL + reverse("actions:act", args=[campaign.slug]),
    )


def apart(own_words: str, merged: str, *, is_edited: bool) -> tuple[str, str]:
    """The organization's statement if nobody touched it, and the constituent's message.

    One changed word makes it the constituent's, behind their own words as in every letter.
    """
    if not is_edited:
        return merged, own_words
    return "", "\n\n".join(text for text in (own_words.strip(), merged) if text)


def organization(sender_name: str) -> Organization:
    """Who carries the letter, for those who read it there."""
    brand = Brand.objects.first() or Brand(name=sender_name)
    return Organization(
        name=sender_name or brand.name,
        about=brand.tagline,
        contact_name=brand.name,
        contact_email=brand.contact_email,
    )


def constituent(known: dict[str, str]) -> Constituent:
    """What is not known stays blank."""
    names = [field.name for field in fields(Constituent)]
    return Constituent(**{name: known.get(name, "") for name in names})
