"""The last look before an update's mail leaves: is it still wanted?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from actions.mailings.final_check import Objection, kept_back
from actions.models import Update
from supporters import consent
from supporters.models import Consent
from worker.engine.final_check import TakenBack
from worker.queued_letter import QueuedLetter

UNWANTED = TakenBack("Nobody there wants to hear of this campaign any more.")


def not_wanted(rows: Sequence[QueuedLetter]) -> dict[int, Objection]:
    """Those of updates that go no more. Two queries for an update, none where no row is of one."""
    return kept_back(rows, Update, why_not)


def why_not(update: Update, mailboxes: Collection[str]) -> dict[str, Objection]:
    """One query."""
    still = consent.allowing(Consent.Purpose.UPDATES, update.campaign)
    wanted = set(still.filter(mailbox__in=list(mailboxes)).values_list("mailbox", flat=True))
    return dict.fromkeys(set(mailboxes) - wanted, UNWANTED)
