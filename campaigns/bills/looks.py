"""How far a bill has come, as a map, a list and a track say it: a word, a shape and a colour."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from campaigns.models import Stage


class Look(NamedTuple):
    """`key` ends the names of classes; `mark` is the shape."""

    key: str
    label: Any
    mark: str
    stages: tuple[str, ...]


LAW = Look("law", _("Became law or was adopted"), "✓", (Stage.LAW, Stage.ADOPTED, Stage.RATIFIED))
# The furthest first.
LOOKS = (
    LAW,
    Look(
        "passed",
        _("Passed; waits for a signature or the voters"),
        "➜",
        (Stage.PASSED, Stage.EXECUTIVE, Stage.VOTERS, Stage.CONSENTED),
    ),
    Look("half", _("Passed one chamber"), "◐", (Stage.PASSED_ONE,)),
    Look(
        "begun",
        _("Introduced, or in committee"),
        "○",
        (Stage.INTRODUCED, Stage.COMMITTEE, Stage.REPORTED, Stage.SIGNED, Stage.SUBMITTED),
    ),
    Look("over", _("Did not become law"), "✕", (Stage.VETOED, Stage.FAILED, Stage.WITHDRAWN)),
    Look("unknown", _("Stage not noted yet"), "◇", ("",)),
)
# Where there is a bill, but none that we are for.
OTHER = Look("other", _("Only bills that we oppose or watch"), "◇", ())
BY_STAGE = {stage: look for look in LOOKS for stage in look.stages}


def look_of(stage: str) -> Look:
    return BY_STAGE[stage]
