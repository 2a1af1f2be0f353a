"""A school, a rally, a library: many people of one campaign behind one address, on purpose.

Somebody who runs campaigns opens a page at the venue and presses once; the network that this came
from has room for named hours. Nothing else changes: minors' rules, the limit for each mailbox, the
hidden field and the time that a form takes are what they are everywhere.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from actions.models import Venue
from actions.screening.bursts import ROOM, network_of
from campaigns.models import Campaign

__all__ = ["ROOM", "NotThese", "close", "open_venue"]
LONGEST = dt.timedelta(hours=12)
# Whoever prepares the place the day before presses then.
AHEAD = dt.timedelta(days=7)


class NotThese(Exception):
    """Hours that are over, too many, or too far ahead; the message says which, in English."""


def open_venue(
    campaign: Campaign,
    *,
    name: str,
    address: str,
    begins_at: dt.datetime,
    ends_at: dt.datetime,
    author: str,
) -> Venue:
    """For the network of this address, which is not kept. Raises NotThese."""
    now = timezone.now()
    if ends_at <= max(now, begins_at):
        raise NotThese("over")
    if ends_at - begins_at > LONGEST:
        raise NotThese("long")
    if begins_at > now + AHEAD:
        raise NotThese("far")
    return Venue.objects.create(
        campaign=campaign,
        name=name,
        network=network_of(address),
        begins_at=begins_at,
        ends_at=ends_at,
        opened_by=author,
    )


def close(venue: Venue, *, author: str) -> bool:
    """Before its time. False when it was over already."""
    now = timezone.now()
    running = Venue.objects.filter(pk=venue.pk, ends_at__gt=now)
    # One that has not begun is over before it begins.
    begins_at = min(venue.begins_at, now)
    return bool(running.update(ends_at=now, begins_at=begins_at, closed_by=author))
