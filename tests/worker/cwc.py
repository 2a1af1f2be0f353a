"""Letters to Congress for tests: the document, the envelope, and a refusal."""

import datetime as dt
from dataclasses import replace

import pytest

from tests import build
from worker.channels import ChannelError
from worker.channels.cwc import channel
from worker.channels.cwc import document as cwc_document
from worker.channels.cwc.message import (
    Agent,
    Bill,
    Constituent,
    Message,
    Organization,
    campaign_id,
    chamber_of,
)
from worker.outbox import Envelope, post

AGENT = Agent(
    "Example Engine", "ack@example.org", "Jordan Rivera", "delivery@example.org", "202-555-0100"
)
NORA = Constituent(
    "Ms.", "Nora", "Álvarez", "1 Elm St", "Polk", "MD", "20715", "nora@example.org", "+12025550142"
)
LETTER = Message(
    delivery_id="a" * 32,
    campaign_id=campaign_id("playgrounds", "H.R. 233", "pro"),
    written_on=dt.date(2026, 11, 21),
    agent=AGENT,
    organization=Organization(
        "Children First", "We look after playgrounds.", "Sam Lee", "sam@example.org", "202-555-0101"
    ),
    office="HMD05",
    constituent=NORA,
    subject="Open the playgrounds",
    topics=("Families",),
    bill=Bill(119, "hr", 233),
    stance="pro",
    statement="Please vote for the bill.",
    own_words="My son plays there <every day> & I see it.",
    more_info="https://example.org/act/playgrounds/",
)
HMD05, SMD01 = "HMD05", "SMD01"


def document(office=HMD05, delivery_id="a" * 32):
    return cwc_document.build(replace(LETTER, office=office, delivery_id=delivery_id))


def sealed(office=HMD05, *, rehearsal=False, **changes):
    return build.queued_letter(
        channel="cwc",
        recipient=office,
        message=document(office, **changes),
        rehearsal=rehearsal,
        lane=f"cwc:{chamber_of(office)}",
    )


def posted(office=HMD05, *, delivery_id="a" * 32, **fields):
    fields = {"rehearsal": False, "key": f"letter:{delivery_id}"} | fields
    lane = f"cwc:{chamber_of(office)}"
    message = document(office, delivery_id)
    [row] = post(
        [
            Envelope(
                lane=lane,
                recipient=office,
                subject="x",
                message=message,
                message_id=delivery_id,
                channel="cwc",
                **fields,
            )
        ]
    )
    return row


def refused(letter):
    with pytest.raises(ChannelError) as error:
        channel.send(letter)
    return error.value
