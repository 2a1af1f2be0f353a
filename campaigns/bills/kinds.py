"""A bill or a treaty: which stages are its, and the way that its track draws."""

from __future__ import annotations

from typing import Any, NamedTuple

from campaigns.models import Bill, Stage

# The President signs and sends it, the Senate consents by two thirds of those present
# (Constitution, II.2.2), the President ratifies. What the Senate does not decide waits there.
TREATY_STAGES = (
    Stage.SIGNED,
    Stage.SUBMITTED,
    Stage.COMMITTEE,
    Stage.REPORTED,
    Stage.CONSENTED,
    Stage.RATIFIED,
    Stage.FAILED,
    Stage.WITHDRAWN,
)
BILL_STAGES = tuple(
    stage
    for stage in Stage
    if stage not in (Stage.SIGNED, Stage.SUBMITTED, Stage.CONSENTED, Stage.RATIFIED)
)


class Step(NamedTuple):
    """One of a way; `also` are the stages that stand for it."""

    stage: Stage
    also: tuple[str, ...] = ()

    @property
    def stages(self) -> set[str]:
        return {self.stage, *self.also}


BILL_WAY = (
    Step(Stage.INTRODUCED),
    Step(Stage.COMMITTEE, ("reported",)),
    Step(Stage.PASSED_ONE),
    Step(Stage.PASSED, ("executive", "voters")),
    Step(Stage.LAW, ("adopted",)),
)
TREATY_WAY = (
    Step(Stage.SIGNED),
    Step(Stage.SUBMITTED),
    Step(Stage.COMMITTEE, ("reported",)),
    Step(Stage.CONSENTED),
    Step(Stage.RATIFIED),
)


def way_of(bill: Bill) -> tuple[Step, ...]:
    """Of one that gets there."""
    return TREATY_WAY if bill.is_treaty else BILL_WAY


def stage_choices(bill: Bill) -> list[tuple[str, Any]]:
    """Those that it may have, and the one that it has."""
    stages = TREATY_STAGES if bill.is_treaty else BILL_STAGES
    return [(stage.value, stage.label) for stage in Stage if stage in stages or stage == bill.stage]
