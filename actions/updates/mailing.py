"""One update as mail: to one mailbox, in its reader's language."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from actions.models import Update, UpdateWords
from campaigns import markdown
from campaigns import words as campaign_words
from supporters import links, mail
from supporters.models import Supporter
from worker import outbox

# Of a great many, the last leave days after the first.
LIVES = dt.timedelta(days=14)


def words_for(update: Update, language: str) -> UpdateWords:
    """In this language, else in the site's own. Reads `update.words.all()`."""
    rows = {row.language: row for row in update.words.all()}
    return rows.get(language) or rows[settings.LANGUAGE_CODE]


def envelope(update: Update, supporter: Supporter) -> outbox.Envelope:
    """The mail to this reader; the same key for everybody of one mailbox."""
    words = words_for(update, supporter.language)
    unsubscribe = links.make("updates", supporter.public_id)
    note = mail.Note(
        template="update",
        key=f"update:{update.pk}:{supporter.mailbox}",
        subject=words.subject,
        context=shown(update, words, unsubscribe_url=address("actions:updates_end", unsubscribe)),
        rehearsal=mail.is_rehearsal(is_demo=supporter.is_demo or update.campaign.is_demo),
        unsubscribe_url=address("actions:updates_end", unsubscribe),
        language=words.language,
    )
    return mail.envelope(
        supporter,
        note,
        lane=mail.UPDATES_LANE,
        recipient_key=recipient_key(update, supporter.mailbox),
        scope_key=update.scope_key,
        expires_after=LIVES,
    )


def shown(update: Update, words: UpdateWords, *, unsubscribe_url: str) -> dict[str, object]:
    """What the templates email/update.* print."""
    with translation.override(words.language):
        return {
            "words": words,
            "html": markdown.render(words.text),
            "title": campaign_words.of(update.campaign, words.language).title,
            "campaign_url": address("actions:act", update.campaign.slug),
            "unsubscribe_url": unsubscribe_url,
        }


def address(name: str, *args: str) -> str:
    """With our own host: it stands in mail."""
    return settings.SITE_URL + reverse(name, args=args)


def recipient_key(update: Update, mailbox: str) -> str:
    """By which the final check knows whose mail it is."""
    return f"update:{update.pk}:{mailbox}"
