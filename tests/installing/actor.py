"""For each line that it reads somebody signs and confirms, by the code of the folder this is
started in; tests/installing/upgrade.py starts it in an older one, so that nothing but pages and
tables of that time is used.
"""

import email
import email.policy
import html
import os
import re
import sys
import uuid

sys.path[0] = os.getcwd()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

PAGE = "/act/tell-it-once/1/"
HOME = {"zip": "00010", "street": "2 Juniper Street", "city": "Larkhaven", "age": "34"}


def sign_and_confirm(number):
    mailbox = f"{uuid.uuid4().hex}@example.org"
    before = letters_beside(mailbox)
    client = Client(REMOTE_ADDR=f"10.1.{number % 250}.1")
    shown(client.get(PAGE))
    words = shown(client.post(PAGE, {**HOME, "step": "address"}))
    typed = {
        "given_name": "Vera",
        "family_name": "Visitor",
        "email": mailbox,
        "own_words": "I ask you.",
        "subject": "Once",
        "statement": "Please.",
    }
    form = {**HOME, **hidden(words), **typed, "step": "write"}
    shown(client.post(PAGE, form, follow=True))
    link = link_in_the_mail_to(mailbox)
    shown(client.post(link, hidden(shown(client.get(link))), follow=True))
    written = letters_beside(mailbox) - before
    assert written, "confirmed, and no letter is on its way"
    return f"signed, confirmed, {written} letters on their way"


def shown(answer):
    assert answer.status_code == 200, f"{answer.request['PATH_INFO']}: {answer.status_code}"
    return answer.content.decode()


def hidden(page):
    inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in inputs}


def link_in_the_mail_to(mailbox):
    [message] = asked("SELECT message FROM worker_delivery WHERE recipient = %s", [mailbox])
    mail = email.message_from_bytes(bytes(message), policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"https?://[^/\s]+(/\S*confirm/\S+)", text)[1]


def letters_beside(mailbox):
    [count] = asked("SELECT count(*) FROM worker_delivery WHERE recipient <> %s", [mailbox])
    return count


def asked(question, values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


if __name__ == "__main__":
    for number, _ in enumerate(sys.stdin):
        print(sign_and_confirm(number), flush=True)
