"""The last look before a mailing's mail leaves: is it still wanted?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from actions.mailings.sending import Row
from actions.models import Mailing
from worker.engine.final_check import MustWait, NotYet, TakenBack
from worker.queued_letter import QueuedLetter

Objection = MustWait | NotYet | TakenBack
STOPPED = TakenBack("It was stopped.")


def kept_back(
    rows: Sequence[QueuedLetter],
    model: type[Row],
    why_not: Callable[[Row, Collection[str]], Mapping[str, Objection]],
) -> dict[int, Objection]:
    """Those of these mails that do not leave now. `why_not` says it of a mailing's mailboxes.

    One query where one is of this kind, and those of `why_not` for each mailing.
    """
    ours: dict[int, dict[str, int]] = {}
    for row in rows:
        kind, _colon, rest = row.recipient_key.partition(":")
        if kind == model.KIND:
            number, _colon, mailbox = rest.partition(":")
            ours.setdefault(int(number), {})[mailbox] = row.pk
    found: dict[int, Objection] = {}
    if not ours:
        return found
    for mailing in model._default_manager.filter(pk__in=list(ours)).select_related("campaign"):
        of_mailbox = ours[mailing.pk]
        if mailing.state == Mailing.State.STOPPED:
            found |= dict.fromkeys(of_mailbox.values(), STOPPED)
            continue
        objections = why_not(mailing, of_mailbox)
        found |= {of_mailbox[mailbox]: objection for mailbox, objection in objections.items()}
    return found
