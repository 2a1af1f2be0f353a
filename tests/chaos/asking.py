"""One request at a time, as a browser of the crowd or of the people here sends it."""

import base64
import http.client
import json
import re
import uuid
from urllib.parse import urlencode
from zlib import decompress

TIMEOUT_S = 30


class Answer:
    def __init__(self, response):
        self.status, self.text = response.status, response.read().decode()
        self.headers = response.headers


def ask(site, method, link, form=None, headers=None):
    line = http.client.HTTPConnection("127.0.0.1", site, timeout=TIMEOUT_S)
    try:
        body = urlencode(form) if form is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        line.request(method, link, body, {**kind, **(headers or {})})
        return Answer(line.getresponse())
    finally:
        line.close()


def path(part):
    return f"/act/{part.ask[0]}/{part.ask[1]}/"


def key_in(token):
    """The form's key, which is in the signed token for all to read."""
    payload = token.split(":")[0]
    packed = payload.startswith(".")
    data = base64.urlsafe_b64decode(payload.lstrip(".") + "=" * (-len(payload.lstrip(".")) % 4))
    return str(uuid.UUID(json.loads(decompress(data) if packed else data)[0]))


def token_in(page):
    """What a form of the desk carries against strangers."""
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]


class Staff:
    """Somebody who works here, signed in."""

    def __init__(self, site, session):
        self.site, self.cookies = site, {"session": session}

    def ask(self, method, link, form=None):
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": "10.9.9.9",
        }
        answer = ask(self.site, method, link, form, sent)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer
