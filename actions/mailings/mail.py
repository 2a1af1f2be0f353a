"""One mailing as mail: to one mailbox, in its reader's language."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from actions.models import Mailing
from actions.models.mailing import MailingWords
from actions.sample_mails import MARK
from campaigns import markdown
from campaigns import words as campaign_words
from supporters import mail
from supporters.models import Supporter
from worker import outbox


def words_for(row: Mailing, language: str) -> MailingWords:
    """In this language, else in the site's own. Reads `row.words.all()`."""
    found = {words.language: words for words in row.words.all()}
    return found.get(language) or found[settings.LANGUAGE_CODE]


def envelope(
    row: Mailing,
    supporter: Supporter,
    words: MailingWords,
    *,
    lane: str,
    unsubscribe_url: str,
    lives: dt.timedelta,
) -> outbox.Envelope:
    """The mail to this reader; the same key for everybody of one mailbox."""
    # By which the final check knows whose mail it is, too.
    key = f"{row.scope_key}:{supporter.mailbox}"
    return mail.envelope(
        supporter,
        _note(row, words, key, unsubscribe_url, is_demo=supporter.is_demo),
        lane=lane,
        recipient_key=key,
        scope_key=row.scope_key,
        expires_after=lives,
    )


def test_envelope(
    row: Mailing, words: MailingWords, *, to: str, sender_key: str, page: str
) -> outbox.Envelope:
    """The same mail to somebody who works here, marked as a test. Nothing can be ended by it: its
    links of that kind lead to `page`.
    """
    # A key of its own kind: posted each time, and counted with no mailing.
    note = _note(row, words, f"test:{uuid.uuid4()}", page, is_demo=False)
    note = replace(note, subject=f"{MARK}: {note.subject}", unsubscribe_url="")
    made = mail.envelope(Supporter(email=to, language=words.language), note)
    return replace(made, sender_key=sender_key)


def _note(
    row: Mailing, words: MailingWords, key: str, unsubscribe_url: str, *, is_demo: bool
) -> mail.Note:
    return mail.Note(
        template=row.KIND,
        key=key,
        subject=words.subject,
        context=shown(row, words, unsubscribe_url=unsubscribe_url),
        rehearsal=mail.is_rehearsal(is_demo=is_demo or row.campaign.is_demo),
        unsubscribe_url=unsubscribe_url,
        language=words.language,
    )


def shown(row: Mailing, words: MailingWords, *, unsubscribe_url: str) -> dict[str, object]:
    """What the templates email/update.* and email/alert.* print."""
    with translation.override(words.language):
        page = address("actions:act", row.campaign.slug)
        return {
            "words": words,
            "html": markdown.render(words.text),
            "title": campaign_words.of(row.campaign, words.language).title,
            # How many acted by it stands among the campaign's numbers, by source. Who opened the
            # mail or followed the link is noted nowhere.
            "campaign_url": f"{page}?source={row.KIND}-{row.pk}",
            "unsubscribe_url": unsubscribe_url,
        }


def address(name: str, *args: object) -> str:
    """With our own host: it stands in mail."""
    return settings.SITE_URL + reverse(name, args=args)
