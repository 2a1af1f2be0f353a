"""Why a submission waits for a person, in words for whoever sent it.

What is stored is English and for the people here; it is never shown to a writer as it stands.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

MANY_NAMES = "many names on one mailbox"
THREAT = "words that can be read as a threat"
# With the number of the verdict behind it.
TOGETHER = "set aside together"


def why(because: str) -> str:
    """One sentence, in the language that is active, for `Submission.quarantined_because`."""
    if because == MANY_NAMES:
        return _(
            "This mailbox already speaks for several people, or for people who live elsewhere."
        )
    if because == THREAT:
        return _("Some words in it can be read as a threat to hurt somebody.")
    if because.startswith(TOGETHER):
        return _(
            "It came with others that look as if one hand had sent them, so a person here looks at"
            " all of them."
        )
    if because.startswith("many "):
        return _(
            "It came with many others at once, from the same network or the same mail service,"
            " as machines send them."
        )
    return _("It looked to us as if a machine had filled in the form.")
