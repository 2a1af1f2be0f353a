"""Where a bill stands, by its history. It goes back only where somebody says that they mean it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.models import Bill, BillStage, Stage

# How far along; of equal ones the later line counts. A veto may be overridden.
FAR = {
    Stage.SIGNED: 0,
    Stage.SUBMITTED: 1,
    Stage.INTRODUCED: 1,
    Stage.COMMITTEE: 2,
    Stage.REPORTED: 3,
    Stage.PASSED_ONE: 4,
    Stage.PASSED: 5,
    Stage.EXECUTIVE: 6,
    Stage.VOTERS: 6,
    Stage.CONSENTED: 6,
    Stage.VETOED: 7,
    Stage.FAILED: 7,
    Stage.WITHDRAWN: 7,
    Stage.LAW: 8,
    Stage.ADOPTED: 8,
    Stage.RATIFIED: 8,
}


class Doubtful(Exception):
    """It goes back, or a day cannot be right: the message asks. `is_sure` notes it all the same."""


class FutureDay(Exception):
    """Nothing has happened on a day to come."""


@transaction.atomic
def note(
    bill: Bill,
    stage: str,
    *,
    author: str,
    happened_on: dt.date | None = None,
    why: str = "",
    source: str = "",
    is_sure: bool = False,
) -> bool:
    """A line of history; where it is the latest, the bill stands there. False if that line is there
    already, or only fills in what was before. Raises Doubtful, FutureDay.
    """
    if happened_on and happened_on > timezone.localdate():
        raise FutureDay
    saved = Bill.objects.select_for_update().get(pk=bill.pk)
    lines = saved.history.filter(stage=stage)
    if lines.filter(happened_on=happened_on).exists():
        return False
    # A day by itself: where nobody knows it yet, it is what is new.
    if not is_sure and (doubt := doubt_of(saved, stage, happened_on)):
        raise Doubtful(doubt)
    saved.history.create(
        stage=stage, happened_on=happened_on, note=why[:300], author=author[:254], source=source
    )
    before = (saved.stage, saved.stage_on)
    stand(saved)
    bill.stage, bill.stage_on = saved.stage, saved.stage_on
    return before != (bill.stage, bill.stage_on)


@transaction.atomic
def strike(line: BillStage) -> None:
    """Take a mistaken line out; the bill stands where the others say."""
    saved = Bill.objects.select_for_update().get(pk=line.bill_id)
    line.delete()
    stand(saved)


def doubt_of(bill: Bill, stage: str, happened_on: dt.date | None) -> str:
    """What to ask before this is noted; "" for nothing."""
    if not bill.stage:
        return ""
    is_earlier = is_before(happened_on, bill.stage_on)
    values = {"stage": bill.get_stage_display(), "new": Stage(stage).label}
    if FAR[Stage(stage)] < FAR[Stage(bill.stage)]:
        back = _(
            "It stands at “%(stage)s”, and “%(new)s” comes before that. A bill in a committee of"
            " its second chamber keeps “Passed one chamber”."
        )
        return "" if is_earlier else back % values
    if is_earlier and bill.stage_on and stage != bill.stage:
        day = date_format(bill.stage_on, "DATE_FORMAT")
        odd = _("It stands at “%(stage)s” since %(day)s, and “%(new)s” cannot come before that.")
        return odd % (values | {"day": day})
    return ""


def is_behind(bill: Bill, stage: str, happened_on: dt.date | None) -> bool:
    """Whether it would go back, and no earlier day says that it only fills in."""
    is_earlier = is_before(happened_on, bill.stage_on)
    return FAR[Stage(stage)] < FAR[Stage(bill.stage)] and not is_earlier


def stand(bill: Bill) -> None:
    """Where its history says, line by line as they were noted."""
    now = standing(bill.history.order_by("id"))
    bill.stage, bill.stage_on = (now.stage, now.happened_on) if now else ("", None)
    bill.save(update_fields=["stage", "stage_on"])


def standing(lines: Iterable[BillStage]) -> BillStage | None:
    """The line that counts: the latest noted, without those that only fill in an earlier day."""
    now: BillStage | None = None
    for line in lines:
        fills_in = (
            now is not None
            and is_before(line.happened_on, now.happened_on)
            and FAR[Stage(line.stage)] < FAR[Stage(now.stage)]
        )
        now = now if fills_in else line
    return now


def is_before(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one < other
