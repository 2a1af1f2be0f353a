"""Supporters as they stand in the database after all is settled, for lists and exports."""

import datetime as dt
import itertools
import uuid

from django.utils import timezone

from actions.models import Action
from supporters.models import Consent, Supporter

number = itertools.count(1)


def person(newsletter=True, **fields):
    """A grown supporter with a proven mailbox.

    `newsletter`: True, False (took it back) or None (never asked).
    """
    n = next(number)
    defaults = {
        "key": f"key-{n}",
        "mailbox": f"mailbox-{n}",
        "email": f"nora{n}@example.org",
        "given_name": "Nora",
        "family_name": f"North {n}",
    }
    defaults |= {"city": "Polk", "state": "FK", "zip": "02139", "proven_at": timezone.now()}
    made = Supporter.objects.create(**(defaults | fields))
    if newsletter is not None:
        consent(made, granted=True)
    if newsletter is False:
        consent(made, granted=False)
    return made


def consent(supporter, *, granted):
    return Consent.objects.create(
        supporter=supporter, purpose="newsletter", granted=granted, wording="Send me news."
    )


def action(ask, supporter=None, **fields):
    """A counted action."""
    now = timezone.now()
    defaults = {
        "state": "confirmed",
        "confirmed_at": now,
        "created_at": now - dt.timedelta(minutes=5),
        "changed_at": now,
        "us_state": "FK",
    }
    return Action.objects.create(
        ask=ask,
        supporter=supporter or person(),
        idempotency_key=uuid.uuid4(),
        **(defaults | fields),
    )
