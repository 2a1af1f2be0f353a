"""A lane's name as people read it: where its letters go."""

from __future__ import annotations

from django.utils.translation import gettext as _

from supporters.mail import ALERTS_LANE, LANE, UPDATES_LANE
from worker.models import PAPER


def destination(lane: str) -> str:
    """ "letters:house.example" is the mail server of house.example; any other name of ours is said
    in words, and what is unknown as it stands.
    """
    kind, _colon, name = lane.partition(":")
    if kind == "letters" and name:
        return name
    words = {
        LANE: _("Mail to supporters"),
        UPDATES_LANE: _("Updates to supporters"),
        ALERTS_LANE: _("Alerts to supporters"),
        PAPER: _("Letters on paper"),
        "lob": _("Letters on paper, by Lob"),
        "cwc:house": _("U.S. House, by Congress’s own system"),
        "cwc:senate": _("U.S. Senate, by Congress’s own system"),
    }
    return words.get(lane, lane)
