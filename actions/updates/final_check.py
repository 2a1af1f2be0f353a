"""The last look before an update's mail leaves: is it still wanted?"""

from __future__ import annotations

from collections.abc import Sequence

from actions.models import Update
from supporters import consent
from supporters.models import Consent
from worker.engine.final_check import TakenBack
from worker.queued_letter import QueuedLetter

PREFIX = "update:"
STOPPED = TakenBack("The update was stopped.")
UNWANTED = TakenBack("Nobody there wants to hear of this campaign any more.")


def not_wanted(rows: Sequence[QueuedLetter]) -> dict[int, TakenBack]:
    """Those of updates that go no more. Two queries for an update, none where no row is of one."""
    ours: dict[int, dict[str, int]] = {}
    for row in rows:
        if row.recipient_key.startswith(PREFIX):
            number, _colon, mailbox = row.recipient_key.removeprefix(PREFIX).partition(":")
            ours.setdefault(int(number), {})[mailbox] = row.pk
    found: dict[int, TakenBack] = {}
    for update in Update.objects.filter(pk__in=list(ours)).select_related("campaign"):
        of_mailbox = ours[update.pk]
        if update.state == Update.State.STOPPED:
            found |= dict.fromkeys(of_mailbox.values(), STOPPED)
            continue
        still = consent.allowing(Consent.Purpose.UPDATES, update.campaign)
        wanted = set(still.filter(mailbox__in=list(of_mailbox)).values_list("mailbox", flat=True))
        found |= {pk: UNWANTED for mailbox, pk in of_mailbox.items() if mailbox not in wanted}
    return found
