"""What a map is worth after its last day, while no newer one is here.

Most states keep their lines from one Congress to the next, and then the old map still tells the
truth. Where new lines were drawn, or may have been, the old district is a guess and is offered as
one. This file knows the turn from the 119th to the 120th Congress only: any other map that ran out
is a guess everywhere.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from legislators.models import Edition, Layer
from legislators.whereabouts import name_of

NEW_LINES_ON = dt.date(2027, 1, 3)  # noon of that day: the 120th Congress (20th Amendment)
AFTER = dt.date(2029, 1, 3)  # what is known here of the 120th says nothing of the 121st


class Redrawing(NamedTuple):
    """What was known of a state's new lines, where and when it was read.

    `status`: enacted; open (its legislature or a court had it before them); discussed.
    """

    status: str
    source: str
    read_on: dt.date


_READ_ON = dt.date(2026, 11, 29)
_ENACTED = "electiontracker.live; votingrightslab.org, 2026-02-12; Ballotpedia, March 2026"
_BALLOTPEDIA = "Ballotpedia, Redistricting ahead of the 2026 elections, March 2026"

REDRAWINGS: dict[str, Redrawing] = {
    state: Redrawing(status, source, _READ_ON)
    for status, source, states in (
        ("enacted", _ENACTED, "CA MO NC OH TX UT"),
        ("open", _BALLOTPEDIA, "AL FL GA LA MD TN VA"),
        ("discussed", _BALLOTPEDIA, "CO IN KS NJ NY WI"),
    )
    for state in states.split()
}


class Outlook(NamedTuple):
    """Whether a map that ran out still decides, and a translated sentence for a supporter."""

    decides: bool
    sentence: str


def outlook(edition: Edition, state: str, on: dt.date) -> Outlook:
    """Of a map that has ended by that day."""
    values = {"state": name_of(state), "map": edition.name}
    # Any other map, or another turn: nothing is known here of what was redrawn.
    if (edition.layer, edition.valid_to) != (Layer.CD, NEW_LINES_ON) or on >= AFTER:
        return Outlook(
            False,
            _(
                "The %(map)s map is no longer in force, and no newer one is here: this district may"
                " not be yours any more."
            )
            % values,
        )
    status = redrawn(state)
    if not status:
        return Outlook(
            True,
            _(
                "%(state)s is not known to have new lines for the 120th Congress, so the last map"
                " still counts."
            )
            % values,
        )
    sentence = (
        _(
            "%(state)s has new lines for the 120th Congress, and their map is not here yet: this"
            " district may not be yours any more."
        )
        if status in ("enacted", "named")
        else _(
            "%(state)s may have new lines for the 120th Congress, and no map of them is here yet:"
            " this district may not be yours any more."
        )
    )
    return Outlook(False, sentence % values)


def redrawn(state: str) -> str:
    """ "named" by the operator, else the status in REDRAWINGS; "" where the old lines stand."""
    if state in settings.HOUSE_LINES_REDRAWN:
        return "named"
    if state in settings.HOUSE_LINES_KEPT or state not in REDRAWINGS:
        return ""
    return REDRAWINGS[state].status
