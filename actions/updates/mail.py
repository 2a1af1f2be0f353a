"""An update as mail, with the one click that ends all of them."""

from __future__ import annotations

import datetime as dt

from actions.mailings import mail as mailing_mail
from actions.mailings.mail import address, words_for
from actions.models import Update
from supporters import links, mail
from supporters.models import Supporter
from worker import outbox

# Of a great many, the last leave days after the first.
LIVES = dt.timedelta(days=14)


def envelope(update: Update, supporter: Supporter) -> outbox.Envelope:
    """The mail to this reader; the same key for everybody of one mailbox."""
    token = links.make("updates", supporter.public_id)
    return mailing_mail.envelope(
        update,
        supporter,
        words_for(update, supporter.language),
        lane=mail.UPDATES_LANE,
        unsubscribe_url=address("actions:updates_end", token),
        lives=LIVES,
    )
