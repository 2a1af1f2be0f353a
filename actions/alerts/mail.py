"""An alert as mail, with the one click that ends our news."""

from __future__ import annotations

import datetime as dt

from actions.mailings import mail as mailing_mail
from actions.mailings.mail import address, words_for
from actions.models import Alert
from supporters import links, mail
from supporters.models import Supporter
from worker import outbox

# Later than that nobody should be called to act on what was written for another week.
LIVES = dt.timedelta(days=7)


def envelope(alert: Alert, supporter: Supporter) -> outbox.Envelope:
    """The mail to this reader; the same key for everybody of one mailbox."""
    token = links.make("unsubscribe", supporter.public_id)
    return mailing_mail.envelope(
        alert,
        supporter,
        words_for(alert, supporter.language),
        lane=mail.ALERTS_LANE,
        # With the alert's number, so that it is counted how many left by it: no person is noted.
        unsubscribe_url=address("actions:unsubscribe", token, alert.pk),
        lives=LIVES,
    )
