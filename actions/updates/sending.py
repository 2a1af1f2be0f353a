"""Updates on their way: approved, called back while their half hour lasts, written, stopped."""

from __future__ import annotations

from actions.mailings.sending import Mailings, job_of
from actions.models import Update
from actions.updates.audience import mailboxes, readers
from actions.updates.mail import envelope

UPDATES: Mailings[Update] = Mailings(
    job_of(Update, "actions.tasks.write_update"),
    readers=lambda update: readers(update.campaign),
    addressed=lambda update: mailboxes(update.campaign),
    envelope=envelope,
)
