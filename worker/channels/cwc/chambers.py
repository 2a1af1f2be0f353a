"""The two chambers as we meet them: their paths, their closing times, who we are to each, and which
offices they list.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from worker.channels import ChannelError
from worker.channels.cwc.client import Answer, Endpoint, exchange
from worker.channels.cwc.message import HOUSE, SENATE, Agent

EASTERN = ZoneInfo("America/New_York")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = re.compile(r"(daily|" + "|".join(DAYS) + r") (\d\d)-(\d\d)")


@dataclass(frozen=True)
class Chamber:
    """Paths on its machine, and the code with which it says yes."""

    message: str
    dry_run: str
    offices: str
    accepted: int


CHAMBERS = {
    HOUSE: Chamber("/v2/message", "/v2/validate", "/v2/offices", 200),
    SENATE: Chamber(
        "/api/production-messages/", "/api/testing-messages/", "/api/active_offices", 201
    ),
}


def is_configured(chamber: str) -> bool:
    """Whether letters may take this way: everything is set, the way out is named, and no letter
    would end on a test machine.
    """
    us = agent(chamber)
    if not all((us.name, us.ack_email, us.contact_name, us.contact_email, us.contact_phone)):
        return False
    try:
        Endpoint.of(chamber)
    except ChannelError:
        return False
    return not (settings.CWC_TESTING and settings.DELIVERY_ENABLED)


def agent(chamber: str) -> Agent:
    """We, as this chamber has registered us."""
    return Agent(
        name=getattr(settings, f"CWC_{chamber.upper()}_AGENT"),
        ack_email=settings.CWC_ACK_EMAIL,
        contact_name=settings.CWC_CONTACT_NAME,
        contact_email=settings.CWC_CONTACT_EMAIL,
        contact_phone=settings.CWC_CONTACT_PHONE,
    )


def closed_until(chamber: str, now: dt.datetime) -> dt.datetime | None:
    """When the chamber opens again, if it is mending its machine now.

    By the clock on its own wall.
    """
    there = now.astimezone(EASTERN)
    for window in getattr(settings, f"CWC_{chamber.upper()}_CLOSED"):
        if (found := CLOSED.fullmatch(window)) and found[1] in ("daily", DAYS[there.weekday()]):
            start, end = int(found[2]), int(found[3])
            if start <= there.hour < end:
                return there.replace(
                    hour=0, minute=0, second=0, microsecond=0, fold=0
                ) + dt.timedelta(hours=end)  # on that wall
    return None


def listed_offices(chamber: str) -> set[str]:
    """The codes of the offices that take messages now, as the chamber lists them.

    Raises ChannelError, Interrupted.
    """
    answer = exchange(Endpoint.of(chamber), "GET", CHAMBERS[chamber].offices)
    # Somebody's web page may come with a 200 as well.
    if answer.code != 200 or answer.kind == "text/html":
        raise ChannelError(
            f"No list of offices: {answer.code} {reply_text(answer)[:200]}", code=answer.code
        )
    pattern = r"\bS[A-Z]{2}0[1-3]\b" if chamber == SENATE else r"\bH[A-Z]{2}[0-9]{2}\b"
    return set(re.findall(pattern, answer.text))


def reply_text(answer: Answer) -> str:
    """The reply as text: the errors of an <Errors> list, otherwise whatever was said, without its
    tags.
    """
    errors = re.findall(r"<Error>(.*?)</Error>", answer.text, re.DOTALL)
    said = " ".join(errors) if errors else re.sub(r"<[^<>]*>", " ", answer.text)
    return " ".join(html.unescape(said).split())[:2000]
