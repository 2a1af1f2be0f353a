"""Somebody with their own page open, and the mail that they had."""

import re
from email import message_from_bytes, policy

from actions.my_page import keys, mailing, new_mailbox
from tests.actions.browsing import press

COOKIE = "my-page-en"
LINK = re.compile(r"https?://[^/\s]+(/\S*me/(?:open|mailbox)/\S+)")


def mails(smtp_sink):
    """Every mail so far: to whom, and its text."""
    mailing.mail_pages()
    new_mailbox.mail_all()
    return [
        (
            one.recipient,
            message_from_bytes(one.content, policy=policy.default)
            .get_body(("plain",))
            .get_content(),
        )
        for one in smtp_sink.caught
    ]


def visit(client, supporter):
    """With their page open."""
    answer = press(client, f"/me/open/{keys.make(supporter)}/")
    assert answer.status_code == 303
    return client.get("/me/").content.decode()


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
