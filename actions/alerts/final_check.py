"""The last look before an alert's mail leaves: may they still be written to, and can they act?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from actions.alerts.audience import first_of, reasons
from actions.mailings.final_check import Objection, kept_back
from actions.models import Alert
from campaigns.models import Campaign
from supporters.models import Supporter
from worker.engine.final_check import NotYet, TakenBack
from worker.queued_letter import QueuedLetter

ENDED = TakenBack("Its campaign takes no actions any more.")
PAUSED = NotYet("Its campaign takes no actions for now.")
ACTED = TakenBack("They acted meanwhile.")
UNWANTED = TakenBack("Nobody there gets our news any more.")


def not_wanted(rows: Sequence[QueuedLetter]) -> dict[int, Objection]:
    """Those of alerts that do not go now. Two queries for an alert, none where no row is of one."""
    return kept_back(rows, Alert, why_not)


def why_not(alert: Alert, mailboxes: Collection[str]) -> dict[str, Objection]:
    """Where they live is not asked again: it was, a moment or some days ago."""
    if not alert.campaign.is_open:
        # An end that can be undone is only a pause.
        for_now = alert.campaign.state == Campaign.State.PAUSED or alert.campaign.undoable
        return dict.fromkeys(mailboxes, PAUSED if for_now else ENDED)
    people = Supporter.objects.whole().filter(mailbox__in=list(mailboxes))
    found: dict[str, set[str]] = {mailbox: set() for mailbox in mailboxes}
    for mailbox, left_out in people.values_list("mailbox", first_of(reasons(alert))):
        found[mailbox].add(left_out)
    # "": somebody there may get it.
    return {
        mailbox: ACTED if "acted" in why else UNWANTED
        for mailbox, why in found.items()
        if "" not in why
    }
