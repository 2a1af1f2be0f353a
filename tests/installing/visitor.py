"""People at the door of an installed site, over nginx and TLS; runs on that machine with nothing
but its own Python.

`visitor.py once HOST` signs, confirms and looks at the letter that left. `visitor.py load HOST
SECONDS RATE` has so many people a second send a letter's form, each from a network of their own,
and prints every answer that was not 200.
"""

import base64
import email
import email.policy
import html
import http.client
import json
import re
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

PAGE = "/act/tell-it-once/1/"
HOME = {"zip": "00010", "street": "2 Juniper Street", "city": "Larkhaven", "age": "34"}
PATIENCE_S = 90
# Who sends a form sooner is set aside as a program (FORM_LEAST_SECONDS).
TYPING_S = 2.5


class Visitor:
    def __init__(self, host, number):
        self.host, self.mailbox = host, f"visitor{number}@example.org"
        # nginx sees each come from elsewhere, so that none stands in another's rate limit.
        self.network = f"127.{1 + number // 60000}.{number // 250 % 240}.{1 + number % 250}"

    def ask(self, method, path, form=None):
        """(status, page); nothing is tried again, as of a browser's form nothing is."""
        line = http.client.HTTPSConnection(
            "127.0.0.1",
            timeout=PATIENCE_S,
            source_address=(self.network, 0),
            context=ssl._create_unverified_context(),
        )
        try:
            body = urllib.parse.urlencode(form) if form is not None else None
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            line.request(method, path, body, {"Host": self.host, **kind})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def send_a_letter(self, answers):
        """Each answer goes to `answers`, as (step, status)."""
        answers.append(("page", self.ask("GET", PAGE)[0]))
        status, page = self.ask("POST", PAGE, {"step": "address", **HOME})
        answers.append(("address", status))
        if status != 200:
            return
        time.sleep(TYPING_S)
        typed = {
            "given_name": "Vera",
            "family_name": "Visitor",
            "email": self.mailbox,
            "own_words": f"I was {self.mailbox.split('@')[0]} here and I ask you.",
            "subject": "Once is enough",
            "statement": "Please let children tell it once.",
        }
        status, page = self.ask("POST", PAGE, {**HOME, **hidden(page), **typed, "step": "write"})
        answers.append(("sent" if 'id="one-step-left"' in page else "not taken", status))


def hidden(page):
    inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in inputs}


def caught_by_the_catcher():
    """Every practice mail, the newest first."""
    question = "SELECT encode(content, 'base64') FROM worker_caughtmail ORDER BY id DESC LIMIT 50"
    command = ["runuser", "-u", "postgres", "--", "psql", "-At", "-R", "|", "-c", question]
    answer = subprocess.run([*command, "take_action"], capture_output=True, text=True, check=True)
    for mail in filter(None, answer.stdout.split("|")):
        yield email.message_from_bytes(base64.b64decode(mail), policy=email.policy.default)


def body_of(mail):
    return mail.get_body(("plain",)).get_content()


def wait_for(what, find):
    until = time.monotonic() + PATIENCE_S
    while not (found := next((x for x in map(find, caught_by_the_catcher()) if x), None)):
        if time.monotonic() > until:
            raise SystemExit(f"{what} did not come within {PATIENCE_S} s")
        time.sleep(1)
    return found


def once(host):
    visitor, answers = Visitor(host, int(time.time()) % 100000), []
    visitor.send_a_letter(answers)
    assert answers == [("page", 200), ("address", 200), ("sent", 200)], answers
    link = wait_for(
        "the mail that asks to confirm",
        lambda mail: (
            mail["To"] == visitor.mailbox and re.search(r"https://\S+(/confirm/\S+)", body_of(mail))
        ),
    )[1]
    _, page = visitor.ask("GET", link)
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    status, _ = visitor.ask("POST", link, {"shown": shown})
    assert status == 200, status
    words = f"I was {visitor.mailbox.split('@')[0]} here"
    letter = wait_for(
        "the letter", lambda mail: "letters+" in mail["From"] and words in body_of(mail) and mail
    )
    print(f"signed, confirmed, and a letter left: {letter['Subject']!r} to {letter['To']}")


def load(host, seconds, rate):
    answers, slowest, threads = [], [0.0], []

    def visit(number):
        began, mine = time.monotonic(), []
        try:
            Visitor(host, number).send_a_letter(mine)
        except Exception as trouble:
            mine.append(("trouble", repr(trouble)[:200]))
        slowest[0] = max(slowest[0], time.monotonic() - began - TYPING_S)
        answers.extend(mine)

    until, number = time.monotonic() + seconds, int(time.time()) % 1000 * 1000
    while time.monotonic() < until:
        threads.append(threading.Thread(target=visit, args=(number,)))
        threads[-1].start()
        number += 1
        time.sleep(1 / rate)
    for thread in threads:
        thread.join()
    failed = [answer for answer in answers if answer[1] != 200 or answer[0] == "not taken"]
    print(
        json.dumps(
            {
                "people": len(threads),
                "requests": len(answers),
                "failed": failed,
                "slowest_s": round(slowest[0], 1),
            }
        )
    )


if __name__ == "__main__":
    if sys.argv[1] == "once":
        once(sys.argv[2])
    else:
        load(sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
