"""What stands between a sign-on letter and its public page."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.models import SignOn
from campaigns.preflight import TO_FILL_IN

# Whoever may sign has to ask their board.
LEAST_OPEN = dt.timedelta(hours=1)


def not_ready(letter: SignOn, at: dt.datetime) -> list[str]:
    """Why it may not be public then, in sentences; what was over stays public as it is."""
    found = []
    if letter.delivered_on is None and letter.closed_at is None:
        if letter.closes_at is None:
            found.append(_("It has no deadline yet: set one under “Deadline”."))
        # At the time at which it is to be there, not now.
        elif letter.closes_at < at + LEAST_OPEN:
            found.append(_("Its deadline is over before anybody could sign: set a later one."))
    languages = {row.language for row in letter.words.all()}
    if settings.LANGUAGE_CODE not in languages:
        found.append(_("Its English words are missing."))
    for row in letter.words.all():
        said = "\n".join([row.title, row.summary, row.addressees, row.text])
        if left := TO_FILL_IN.search(said):
            found.append(_("Something is still to be written: %s") % left[0])
    return found
