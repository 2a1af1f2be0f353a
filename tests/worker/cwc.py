"""Letters to Congress for tests: the document, the envelope, and a refusal."""

from dataclasses import replace

import pytest

from tests.worker.test_cwc_document import LETTER
from worker.channels import ChannelError, Sealed
from worker.channels.cwc import channel
from worker.channels.cwc import document as cwc_document
from worker.outbox import Envelope, post

HMD05, SMD01 = "HMD05", "SMD01"


def document(office=HMD05, delivery_id="a" * 32):
    return cwc_document.build(replace(LETTER, office=office, delivery_id=delivery_id))


def sealed(office=HMD05, *, rehearsal=False, **changes):
    return Sealed(
        office,
        document(office, **changes),
        rehearsal,
        f"cwc:{cwc_document.chamber_of(office)}",
        "0" * 32,
    )


def posted(office=HMD05, *, delivery_id="a" * 32, **fields):
    fields = {"rehearsal": False, "key": f"letter:{delivery_id}"} | fields
    lane = f"cwc:{cwc_document.chamber_of(office)}"
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
