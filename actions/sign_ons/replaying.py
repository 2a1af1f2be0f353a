"""What is done again after a restore (settings.REPLAYED_BY)."""

from __future__ import annotations

from actions.models import Signatory
from actions.replaying import Became
from actions.sign_ons.signing import withdraw
from supporters.journal import Line


def withdrawn(line: Line) -> Became:
    """A signature that was taken back is on the list no more."""
    row = Signatory.objects.filter(public_id=line.id("sign_on")).first()
    if row is None:
        return Became.UNKNOWN
    if row.state == Signatory.State.WITHDRAWN:
        return Became.STANDS
    withdraw(row)
    return Became.DONE
