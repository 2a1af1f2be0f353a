"""Letters to Congress for tests: the document, the envelope, and a refusal."""

from dataclasses import replace

import pytest

from tests.worker.test_cwc_xml import LETTER
from worker.channels import ChannelError, Sealed
from worker.channels.cwc import cwc, cwc_xml
from worker.outbox import Envelope, post

HMD05, SMD01 = "HMD05", "SMD01"


def document(office=HMD05, delivery_id="a" * 32):
    return cwc_xml.build(replace(LETTER, office=office, delivery_id=delivery_id))


def sealed(office=HMD05, *, rehearsal=False, **changes):
    return Sealed(
        office,
        document(office, **changes),
        rehearsal,
        f"cwc:{cwc_xml.chamber_of(office)}",
        "0" * 32,
    )


def posted(office=HMD05, *, delivery_id="a" * 32, **fields):
    fields = {"rehearsal": False, "key": f"letter:{delivery_id}"} | fields
    lane = f"cwc:{cwc_xml.chamber_of(office)}"
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
        cwc.send(letter)
    return error.value
