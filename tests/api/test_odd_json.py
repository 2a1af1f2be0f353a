"""Whoever knows a hook's secret may still send anything: an answer, never a fault of ours."""

import base64
import hmac
import json
import time

import pytest
from django.test import Client

from tests.build import posted
from worker.models import Delivery

pytestmark = pytest.mark.django_db
SECRET = "hooks:known to the sender and to us, 0123456789"
DEEP = b"[" * 5_000
BODIES = [
    b"",
    DEEP,
    b'{"a":' * 5_000,
    b'{"event_type": ' + DEEP,
    b"9" * 10_000,
    b"NaN",
    b"null",
    b'"\\ud800"',
    b"\xff\xfe[\x00",
    b"[" * 900 + b"]" * 900,
]
VALUES = [None, 1e999, 10**30, "\ud800\x00", [[]], {}, {"id": "x"}, "x" * 50_000, "\u202e", True]


@pytest.fixture
def letter():
    (row,) = posted(rehearsal=False, channel="lob")
    Delivery.objects.filter(pk=row.pk).update(state="sent", settled_at=row.posted_at)
    return row


@pytest.fixture(params=["lob", "tracking", "inbound"])
def door(request, settings, letter):
    """`door.send(body)` signs and sends; `door.good` is an event that is understood."""
    settings.RATELIMIT_ENABLE = False
    return Door(request.param, settings, letter.public_id.hex)


class Door:
    def __init__(self, kind, settings, reference):
        self.kind, self.browser = kind, Client(raise_request_exception=False)
        settings.LOB_WEBHOOK_SECRET, settings.MAIL_PROVIDER = SECRET, "postmark"
        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
        self.good = {
            "lob": {
                "id": "evt_1",
                "event_type": {"id": "letter.failed"},
                "body": {"id": "ltr_1", "metadata": {"delivery_id": reference}},
            },
            "tracking": {
                "RecordType": "Bounce",
                "Type": "HardBounce",
                "ID": 42,
                "MessageID": "p-1",
                "Metadata": {"reference": reference},
                "Email": "a@b.example",
                "Details": "550 5.1.1 no such user",
                "BouncedAt": "2026-11-21T00:00:00Z",
            },
            "inbound": {
                "FromFull": {"Email": "a@b.example", "Name": "A", "MailboxHash": ""},
                "ToFull": [{"Email": "c@d.example", "Name": "", "MailboxHash": ""}],
                "OriginalRecipient": "c@d.example",
                "Subject": "Hello",
                "TextBody": "Hello",
                "HtmlBody": "",
                "Headers": [{"Name": "Message-ID", "Value": "<1@b.example>"}],
                "Attachments": [],
            },
        }[kind]

    def send(self, body):
        if self.kind != "lob":
            signed = base64.b64encode(SECRET.encode()).decode()
            headers = {"Authorization": f"Basic {signed}"}
            url = f"/hooks/provider/{self.kind}/"
        else:
            at, url = str(int(time.time() * 1000)), "/hooks/lob/"
            signed = hmac.digest(SECRET.encode(), f"{at}.".encode() + body, "sha256").hex()
            headers = {"Lob-Signature": signed, "Lob-Signature-Timestamp": at}
        answer = self.browser.post(url, body, content_type="application/json", headers=headers)
        return answer.status_code


def everywhere(value, odd):
    """The event with one of its values replaced, for each of them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            for changed in (odd, *everywhere(inner, odd)):
                yield value | {name: changed}
    elif isinstance(value, list):
        yield [odd]


def test_a_good_event_is_taken(door):
    assert door.send(json.dumps(door.good).encode()) == 200
    assert door.kind == "inbound" or Delivery.objects.get().state == "failed"


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
def test_what_is_no_event_is_no_fault_of_ours(door, body):
    assert door.send(body) in (200, 400)


@pytest.mark.parametrize("odd", VALUES, ids=lambda odd: repr(odd)[:12])
def test_no_value_in_an_event_is_a_fault_of_ours(door, odd):
    for event in everywhere(door.good, odd):
        assert door.send(json.dumps(event).encode()) in (200, 400), event
