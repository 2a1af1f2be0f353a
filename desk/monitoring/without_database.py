"""Telling that the database is away, without it: by the hook, and straight to ALARM_MAIL_TO.

That it was told is a file's time, which a full disk still takes.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from supporters.unkept_mail import plain_letter
from worker.channels import ChannelError, Interrupted, alarm_hook, email

log = logging.getLogger(__name__)

DAILY_S = 24 * 60 * 60 - 600


def tell_away() -> None:
    """Once, and again each day while it is so."""
    mark = _mark()
    if mark.exists() and time.time() - mark.stat().st_mtime < DAILY_S:
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = _(
            "People who sign now get their words back and are asked to try again; nothing leaves."
            " Bring it back."
        )
        _tell("raised", _("The database does not answer"), said)
    try:
        mark.touch()
    except OSError as trouble:
        log.error("That the database is away is told again each time (%s)", type(trouble).__name__)


def tell_back() -> None:
    """Where it was told that it is away."""
    if _mark().exists():
        with translation.override(settings.LANGUAGE_CODE):
            _tell("over", _("The database answers again"), "")
        _mark().unlink(missing_ok=True)


def _mark() -> Path:
    return Path(settings.VAR_DIR) / "database-away"


def _tell(state: str, title: str, sentence: str) -> None:
    alarm_hook.tell(
        {
            "text": f"{title}\n{sentence}\n{settings.SITE_URL}".replace("\n\n", "\n"),
            "site": settings.SITE_URL,
            "state": state,
            "key": "database-away",
            "title": title,
            "sentence": sentence,
        }
    )
    for to in settings.ALARM_MAIL_TO:
        try:
            email.send(plain_letter(to, title, f"{sentence}\n\n{settings.SITE_URL}\n".lstrip()))
        except (ChannelError, Interrupted) as trouble:
            log.error("An alarm could not be mailed: %s", type(trouble).__name__)
