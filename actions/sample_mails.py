"""The mails that a supporter of an ask gets, as they would read, for somebody who works here.

Nobody acted: there is no supporter, no submission and no action, and nothing is counted.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from actions import notices
from actions.letters.fates import Fates
from actions.letters.text import Words
from campaigns import words
from campaigns.models import Ask
from supporters import links, mail
from supporters.models import Supporter
from worker import outbox

MARK = "TEST"


def confirmation(
    ask: Ask, to: str, *, sender_key: str, language: str, page: str
) -> outbox.Envelope:
    """The mail that asks to confirm. Its links lead to `page`: there is nothing to confirm."""
    at_once = not ask.campaign.confirms_by_mail and ask.kind != Ask.Kind.LETTER
    context = {
        "confirm_url": page,
        "days": links.LASTS["confirm"].days,
        "counts_at_once": at_once,
        "why": "",
        "fates": _fates(ask),
    }
    return _envelope(ask, "confirmation", notices.PLEASE_CONFIRM, context, to, sender_key, language)


def receipt(
    ask: Ask,
    to: str,
    *,
    sender_key: str,
    language: str,
    page: str,
    letter: tuple[str, Words] | None = None,
) -> outbox.Envelope:
    """The mail after the yes; with the `letter` to one office, (its name, the words)."""
    with translation.override(language):
        offices = [
            {
                "name": letter[0],
                "office": letter[0],
                "state_word": _("On its way"),
                "explanation": _("It is in line and leaves soon."),
                "words": letter[1],
            }
            for letter in ([letter] if letter else [])
        ]
    urls = dict.fromkeys(("campaign_url", "status_url", "withdraw_url", "my_page_url"), page)
    context = {
        **urls,
        "unsubscribe_url": "",
        "date": None,
        "offices": offices,
        "action": None,
        "copy": None,
        "no_words": False,
        "fates": _fates(ask),
    }
    return _envelope(ask, "receipt", notices.THANK_YOU, context, to, sender_key, language)


def _fates(ask: Ask) -> Fates:
    return Fates(go=1) if ask.kind == Ask.Kind.LETTER else Fates()


def _envelope(
    ask: Ask,
    template: str,
    subject: str,
    context: dict[str, Any],
    to: str,
    sender_key: str,
    language: str,
) -> outbox.Envelope:
    campaign = ask.campaign
    with translation.override(language):
        title = words.of(campaign, language).title
        note = mail.Note(
            template=template,
            # A key of its own kind: it is none of the mails that forms cause, nor paced with them.
            key=f"test:{uuid.uuid4()}",
            subject=f"{MARK}: {translation.gettext(subject) % {'campaign': title}}",
            context={"title": title, "kind": ask.kind, **context},
            language=language,
            rehearsal=mail.is_rehearsal(is_demo=campaign.is_demo),
        )
        envelope = mail.envelope(Supporter(email=to, language=language), note)
    return replace(envelope, sender_key=sender_key)
