"""A petition's text.

It is versioned: who signed one wording never finds their name under another.
"""

from __future__ import annotations

import hashlib
from operator import attrgetter

from django.conf import settings
from django.db import transaction

from campaigns.models import Ask, PetitionText


def current_text(ask: Ask, language: str | None = None) -> PetitionText | None:
    """The newest text in this language, else in the site's first language, else any; None before
    anything is written. No query where they were prefetched.
    """
    # By version, so that of each language the last one stays.
    versions = sorted(ask.petition_texts.all(), key=attrgetter("version"))
    newest = {text.language: text for text in versions}
    newest |= vars(ask).get("text_instead", {})
    return (
        newest.get(language or "")
        or newest.get(settings.LANGUAGE_CODE)
        or next(iter(newest.values()), None)
    )


def show_instead(ask: Ask, text: PetitionText) -> None:
    """For as long as this object is shown, this unsaved text stands for its language."""
    vars(ask)["text_instead"] = {text.language: text}


@transaction.atomic
def revise(ask: Ask, language: str, text: str) -> PetitionText:
    """Make this the current text.

    A new version only if it differs from the one in force; earlier versions stay as they are.
    """
    # Two organizers at once would both write the next version.
    Ask.objects.select_for_update().get(pk=ask.pk)
    # Browsers send CRLF: left so, saving the same words once more would make a new version.
    text = "\n".join(text.strip().splitlines())
    newest = ask.petition_texts.filter(language=language).order_by("-version").first()
    if newest and newest.text == text:
        return newest
    return ask.petition_texts.create(
        language=language,
        version=newest.version + 1 if newest else 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
