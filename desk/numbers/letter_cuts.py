"""What became of letters: the tables by evidence, and by who carries them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.breakdowns.evidence import Evidence
from campaigns.models import Metric, Side
from desk.numbers.reading import Numbers, Scope
from desk.numbers.tables import Table, table

GONE = (Evidence.ACCEPTED, Evidence.CONGRESS, Evidence.MAILED)
# What a mail host has: the columns of a table, each of one or more kinds of evidence.
OF_A_HOST: dict[str, tuple[Any, tuple[str, ...]]] = {
    "gone": (gettext_lazy("Handed over"), GONE),
    "under_way": (gettext_lazy("On their way"), (Evidence.UNDER_WAY, Evidence.WAITING)),
    "doubt": (gettext_lazy("In doubt"), (Evidence.DOUBT,)),
    "refused": (gettext_lazy("Refused or bounced"), (Evidence.REFUSED,)),
    "rehearsed": (gettext_lazy("Rehearsed"), (Evidence.REHEARSED,)),
}
EVIDENCE: dict[str, Any] = {
    Evidence.ACCEPTED: gettext_lazy("Accepted by the office's mail server"),
    Evidence.CONGRESS: gettext_lazy("Taken by Congress's message system"),
    Evidence.MAILED: gettext_lazy("Printed and mailed"),
    Evidence.REHEARSED: gettext_lazy("Rehearsed only"),
    Evidence.UNDER_WAY: gettext_lazy("On their way"),
    Evidence.WAITING: gettext_lazy("Waiting for confirmation, or for somebody here"),
    Evidence.DOUBT: gettext_lazy("In doubt"),
    Evidence.REFUSED: gettext_lazy("Refused, bounced or given up"),
    Evidence.STOPPED: gettext_lazy("Stopped before they left"),
    Evidence.BY_HAND: gettext_lazy("Only the supporter can bring them"),
    Evidence.ROSTER: gettext_lazy("Waiting for a roster that says who holds the seat"),
    Evidence.EMPTY: gettext_lazy("To an empty seat"),
}


def by_evidence(numbers: Numbers, scope: Scope) -> Table:
    """Each letter once, by what the other side, or somebody here, has said of it."""
    found: dict[Any, Counter[str]] = dict(numbers.sides.get(Side.EVIDENCE, {}))
    lines = [(key, str(label), "") for key, label in EVIDENCE.items() if found.get(key)]
    return table(
        "letters",
        _("Letters, by evidence"),
        _("What is known"),
        (Metric.LETTERS,),
        lines,
        found,
        protects=scope.is_strict,
    )


def by_host(numbers: Numbers, scope: Scope) -> Table:
    """By who carries them: a mail host of offices, a chamber of Congress, paper."""
    found: dict[Any, Counter[str]] = {
        lane: Counter(
            {key: sum(row[one] for one in kinds) for key, (_x, kinds) in OF_A_HOST.items()}
        )
        for lane, row in numbers.sides.get(Side.HOST, {}).items()
    }
    order = sorted(found, key=lambda lane: (-found[lane].total(), str(lane)))
    lines = [(lane, host_name(str(lane)), "") for lane in order]
    used = tuple(key for key in OF_A_HOST if any(found[lane][key] for lane in found))
    made = table(
        "hosts",
        _("Letters, by mail host"),
        _("Carried by"),
        used,
        lines,
        found,
        protects=scope.is_strict,
        is_ranked=True,
    )
    return Table(**{**vars(made), "labels": {key: label for key, (label, _k) in OF_A_HOST.items()}})


def host_name(lane: str) -> str:
    kind, _colon, name = lane.partition(":")
    if kind == "cwc":
        return _("Congress's message system (%(chamber)s)") % {"chamber": name}
    return name or {"paper": _("A printed letter")}.get(kind, kind)
