"""A Lob of our own: takes letters over a real socket, checks what the real one checks, and answers
as it is told.
"""

import base64
import email
import email.policy
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.far_server import FarServer

DROP = "drop"
KEY = "live_made_up"


class Lob(FarServer):
    """`letters` is what it mails, by its own number; `asked` every request as (method, path);
    `keys` what idempotency it remembers.
    """

    def __init__(self):
        self.letters, self.asked, self.scripted, self.keys, self.files = {}, [], [], {}, {}

    def answer(self, code, message="", *, method="POST", times=1, **headers):
        """For the next requests of this method. DROP takes the letter and breaks the line."""
        self.scripted.append(
            [
                code,
                message,
                method,
                times,
                {name.replace("_", "-"): value for name, value in headers.items()},
            ]
        )

    def reply(self, desk, method, body):
        self.asked.append((method, desk.path))
        script = next((one for one in self.scripted if one[2] == method and one[3] > 0), None)
        if script:
            script[3] -= 1
        if script and script[0] == DROP:
            self.judge(desk, method, body)
            desk.close_connection = True
            desk.connection.close()
            return
        code, answer, headers = (
            (script[0], error(script[1]), script[4])
            if script
            else (*self.judge(desk, method, body), {})
        )
        content = json.dumps(answer).encode()
        desk.send_response(code)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": len(content)} | headers
        ).items():
            desk.send_header(name, str(value))
        desk.end_headers()
        desk.wfile.write(content)

    def judge(self, desk, method, body):
        if (
            desk.headers.get("Authorization")
            != "Basic " + base64.b64encode(f"{KEY}:".encode()).decode()
        ):
            return 401, error("Your API key is not valid.")
        url = urlsplit(desk.path)
        if url.path != "/v1/letters":
            return 404, error("not found")
        if method == "GET":
            wanted = parse_qs(url.query).get("metadata[delivery_id]")
            return 200, {
                "data": [
                    one
                    for one in self.letters.values()
                    if [one["metadata"]["delivery_id"]] == wanted
                ]
            }
        if (key := desk.headers.get("Idempotency-Key")) in self.keys:
            return 200, self.letters[self.keys[key]]
        return self.take(desk, key, body)

    def take(self, desk, key, body):
        fields, file = read(desk.headers["Content-Type"], body)
        if fault := wrong(fields, file):
            return 422, error(fault)
        number = f"ltr_{len(self.letters) + 1:016x}"
        row = {
            "id": number,
            "metadata": {"delivery_id": fields["metadata[delivery_id]"]},
            "expected_delivery_date": "2026-11-30",
        }
        self.letters[number], self.keys[key], self.files[number] = (
            row | {"fields": fields},
            number,
            file,
        )
        return 200, row


def error(message):
    return {"error": {"message": message}}


def read(kind, body):
    form = email.message_from_bytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=email.policy.HTTP
    )
    parts = {
        part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True)
        for part in form.iter_parts()
    }
    file = parts.pop("file", b"")
    return {name: value.decode() for name, value in parts.items()}, file


def wrong(fields, file):
    """What the described Lob refuses with 422."""
    if not file.startswith(b"%PDF"):
        return "file is required"
    for side in ("to", "from"):
        named = {
            name: fields.get(f"{side}[{name}]", "")
            for name in ("name", "address_line1", "address_line2", "address_city")
        }
        if not named["name"] or len(named["name"]) > 40:
            return f"{side}.name must be between 1 and 40 characters"
        if not named["address_line1"] or len(named["address_line1"] + named["address_line2"]) > 50:
            return f"{side}.address_line1 is required, 50 characters with address_line2"
        if not re.fullmatch("[A-Z]{2}", fields.get(f"{side}[address_state]", "")):
            return f"{side}.address_state must be a state"
        if not re.fullmatch(r"\d{5}(-\d{4})?", fields.get(f"{side}[address_zip]", "")):
            return f"{side}.address_zip must be in a valid zip format"
    missing = {"color", "use_type"} - fields.keys()
    return f"{missing} is required" if missing else ""


@pytest.fixture
def lob(settings):
    """Lob at work, delivery on, and this installation known to it."""
    with Lob() as made:
        settings.DELIVERY_ENABLED, settings.LOB_LOOPBACK = True, True
        settings.LOB_URL, settings.LOB_KEY, settings.PAPER_BY = made.url, KEY, "lob"
        yield made
