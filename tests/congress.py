"""Our own House and Senate: real HTTP on this machine, answering as the chambers' systems are
described to answer.

congress.house.answer(503, "", times=1)      # once, then as always
congress.senate.landed                       # DeliveryId -> document, of what it took
congress.senate.answer(DROP)                 # takes the message and hangs up without a word
"""

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from tests.far_server import FarServer
from worker.channels.cwc import document as cwc_document

DROP = "drop"
AGENT = "Example Engine"
ERRORS = "<Errors>{}</Errors>"


@dataclass
class Congress:
    house: "House"
    senate: "Senate"


class Chamber(FarServer):
    name = ""

    def __init__(self):
        self.landed, self.asked, self.scripted = {}, [], []
        self.agent, self.key = AGENT, f"key-of-the-{self.name}"
        self.offices, self.disabled = set(), set()
        self.headers = []

    def answer(self, code, text="", *, times=None, **headers):
        self.scripted.append(
            [code, text, times, {name.replace("_", "-"): value for name, value in headers.items()}]
        )

    def behave(self):
        self.scripted.clear()

    def reply(self, desk, method, body):
        parts = urlsplit(desk.path)
        self.asked.append((method, parts.path))
        self.headers.append(dict(desk.headers))
        script = self.next_script()
        if script and script[0] == DROP:
            self.judge(desk, method, parts, body)
            desk.close_connection = True
            desk.connection.close()
            return
        code, text, headers = (
            (script[0], script[1], script[3])
            if script
            else (*self.judge(desk, method, parts, body), {})
        )
        content = text.encode()
        desk.send_response(code)
        for name, value in (
            {"Content-Type": "text/plain", "Content-Length": len(content)} | headers
        ).items():
            desk.send_header(name, str(value))
        desk.end_headers()
        desk.wfile.write(content)

    def next_script(self):
        if not self.scripted:
            return None
        script = self.scripted[0]
        if script[2] is not None:
            script[2] -= 1
            if script[2] <= 0:
                self.scripted.pop(0)
        return script

    def judge(self, desk, method, parts, body):
        """The sober answer: (code, text)."""
        if parse_qs(parts.query).get("apikey") != [self.key]:
            return 401, "unknown key"
        if method == "GET":
            return self.list(parts.path)
        if desk.headers.get("Content-Type") != "application/xml":
            return 415, "application/xml only"
        document = etree.fromstring(body)
        grammar = cwc_document.grammar(self.name)
        if not grammar.validate(document):
            return 400, ERRORS.format(
                f"<Error>The document is invalid - {len(grammar.error_log)} errors.</Error>"
            )
        return self.take(parts.path, document, body)


class House(Chamber):
    name = "house"

    def list(self, path):
        return (200, json.dumps(sorted(self.offices))) if path == "/v2/offices" else (404, "")

    def take(self, path, document, body):
        office, delivery_id = (
            document.findtext("Recipient/MemberOffice"),
            document.findtext("Delivery/DeliveryId"),
        )
        if path == "/v2/validate":
            return 200, "<Message>Validation Passed</Message>"
        if path != "/v2/message":
            return 404, ""
        if document.findtext("Delivery/DeliveryAgent") != self.agent:
            return 400, ERRORS.format("<Error>DeliveryAgent Mismatch</Error>")
        if office in self.disabled:
            return 400, ERRORS.format(
                f"<Error>Message delivery is not enabled for {office}</Error>"
            )
        if delivery_id in self.landed:
            return 409, "DeliveryId exists"
        self.landed[delivery_id] = body
        return 200, "<Message>Message Accepted</Message>"


class Senate(Chamber):
    name = "senate"

    def list(self, path):
        return (
            (200, json.dumps([{"office_code": code} for code in sorted(self.offices)]))
            if path == "/api/active_offices"
            else (404, "")
        )

    def take(self, path, document, body):
        if path == "/api/testing-messages/":
            return 201, "Created"
        if path != "/api/production-messages/":
            return 404, ""
        delivery_id = document.findtext("Delivery/DeliveryId")
        if delivery_id in self.landed:
            return 409, "a message with this DeliveryId exists"
        self.landed[delivery_id] = body
        return 201, "Created"


def configured(congress):
    """The settings of an installation that both chambers know, as an environment."""
    return {
        "DELIVERY_ENABLED": True,
        "SMTP_URL": "smtp://127.0.0.1:9",
        "CWC_HOUSE_URL": congress.house.url,
        "CWC_HOUSE_KEY": congress.house.key,
        "CWC_HOUSE_AGENT": congress.house.agent,
        "CWC_SENATE_URL": congress.senate.url,
        "CWC_SENATE_KEY": congress.senate.key,
        "CWC_SENATE_AGENT": congress.senate.agent,
        "CWC_ACK_EMAIL": "ack@example.org",
        "CWC_CONTACT_NAME": "Jordan Rivera",
        "CWC_CONTACT_EMAIL": "delivery@example.org",
        "CWC_CONTACT_PHONE": "202-555-0100",
        "CWC_LOOPBACK": True,
        "CWC_HOUSE_CLOSED": [],
        "CWC_SENATE_CLOSED": [],
        "CWC_PER_SECOND": 200,
    }


@pytest.fixture
def congress(settings):
    """Both chambers at work, delivery on, and this installation known to them."""
    with ExitStack() as stack:
        both = Congress(stack.enter_context(House()), stack.enter_context(Senate()))
        both.house.offices, both.senate.offices = {"HMD05", "HAQ00"}, {"SMD01", "SMD03"}
        for name, value in configured(both).items():
            setattr(settings, name, value)
        yield both


def field(document, name):
    return re.search(f"<{name}>(.*?)</{name}>", document.decode(), re.DOTALL)[1]
