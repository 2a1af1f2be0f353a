"""The counts of each ask follow what people do, by a window job that looks at what changed.

It may run twice, or late, and is right each time. The numbers along other sides than the state
(actions.breakdowns) are made on the way.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actions.breakdowns import building
from actions.breakdowns.adding import hold, write
from actions.breakdowns.facts import Key
from actions.breakdowns.following import changed_people, follow
from actions.models import Action, Call, Counted, Ledger, Letter, PaperSignature, Submission, Voice
from campaigns.models import Ask, Breakdown, Metric, Side, Tally

# Rows written by a transaction that was still open when we last looked appear with an older time:
# look back a little further.
NUMBERS = ("verified", "pending", "unverified", "self_reported", "anonymous", "on_paper")
COLUMNS: dict[str, str] = {
    Metric.VERIFIED: "verified",
    Metric.PENDING: "pending",
    Metric.UNVERIFIED: "unverified",
    Metric.TOLD: "self_reported",
    Metric.ANONYMOUS: "anonymous",
    Metric.ON_PAPER: "on_paper",
}
# What was changed so long ago may only now be committed: a page waits at most thirty seconds for a
# lock, and whoever holds it is given up half a minute after its line went silent
# (config/settings/database.py).
OVERLAP = dt.timedelta(seconds=75)


def recount(*, everything: bool = False) -> int:
    """Recount the asks on which something changed since their last count; `everything`: all of
    them, from the rows.

    The number of asks counted.
    """
    asks = list(Ask.objects.all()) if everything else changed_asks()
    for ask in asks:
        if everything:
            building.begin_again(ask)
        building.build(ask, patience_s=None if everything else building.PATIENCE_S)
        recount_ask(ask)
    return len(asks)


def changed_asks() -> list[Ask]:
    """Asks never counted, or acted on since their own last count: a run that died halfway leaves
    the rest to the next.
    """
    # Every recount writes the blank state's row, so it stands for all of an ask's rows.
    newest = Tally.objects.filter(ask=OuterRef("pk"), state="")
    voices = (
        Voice.objects.filter(ask=OuterRef("pk"))
        .order_by()
        .values("ask")
        .annotate(n=Count("pk"))
        .values("n")
    )
    asks = Ask.objects.annotate(
        counted_at=Subquery(newest.values("counted_at")),
        counted=Coalesce(Subquery(newest.values("anonymous")), 0),
        voices=Coalesce(Subquery(voices), 0),
        acted_at=last_change(Action),
        sent_at=last_change(Submission),
    )
    gone = Counted.objects.filter(ask=OuterRef("pk"), action=None, submission=None)
    whole = Ledger.objects.filter(pk=OuterRef("pk"), is_whole=True)
    since = F("counted_at") - OVERLAP
    changed = Q(counted_at=None) | Q(acted_at__gte=since) | Q(sent_at__gte=since)
    changed |= Q(Exists(gone)) | ~Q(Exists(whole))
    # A voice has a day and no time: only their number tells that another was raised.
    return list(asks.filter(changed | ~Q(counted=F("voices"))))


def last_change(model: type[Action | Submission]) -> Subquery:
    """The newest, of each ask the first row of an index: whether there is one since a time that the
    database does not know beforehand, it would look for in the whole table.
    """
    rows = model.objects.filter(ask=OuterRef("pk")).order_by("-changed_at")
    return Subquery(rows.values("changed_at")[:1])


@transaction.atomic
def recount_ask(ask: Ask) -> None:
    """Replace one ask's tallies with what the rows say now."""
    # Of two at once the second counts only when the first has written: the newer numbers stay.
    hold(ask)
    # Before anything is read: what changes while this is counted, however long that takes, is new
    # to the next count. By the database's clock: a worker whose own clock runs ahead must not make
    # the next counts look needless.
    now = building.database_now(ask)
    count_voices(ask)
    count_paper(ask)
    ledger = Ledger.objects.filter(ask=ask, is_whole=True).first()
    if ledger:
        follow(ask, changed_people(ask, ledger.counted_at - OVERLAP))
        Ledger.objects.filter(ask=ask).update(counted_at=now)
    # Until it is written down whom the ask has, they are all counted each time.
    counts = written(ask) if ledger else count(ask)
    Tally.objects.filter(ask=ask).exclude(state__in=counts).delete()
    Tally.objects.bulk_create(
        [
            Tally(ask=ask, state=state, counted_at=now, **numbers)
            for state, numbers in counts.items()
        ],
        update_conflicts=True,
        unique_fields=["ask", "state"],
        update_fields=[*NUMBERS, "counted_at"],
    )


def count_voices(ask: Ask) -> None:
    """Young voices have a day, and nothing else to be told by."""
    raised = Voice.objects.filter(ask=ask).order_by().values_list("raised_on")
    numbers: dict[Key, int] = {
        (Side.DAY, day.isoformat(), Metric.ANONYMOUS): n
        for day, n in raised.annotate(n=Count("pk"))
    }
    numbers[Side.STATE, "", Metric.ANONYMOUS] = sum(numbers.values())
    write(ask, numbers)


def count_paper(ask: Ask) -> None:
    """Signatures on paper by state. What is gone of them is zero, not a number from before."""
    before = Breakdown.objects.filter(ask=ask, metric=Metric.ON_PAPER, side=Side.STATE)
    numbers: dict[Key, int] = {
        (Side.STATE, state, Metric.ON_PAPER): 0 for state in before.values_list("value", flat=True)
    }
    signed = PaperSignature.objects.filter(ask=ask).order_by().values_list("us_state")
    for state, number in signed.annotate(n=Count("pk")):
        numbers[Side.STATE, state, Metric.ON_PAPER] = number
    write(ask, numbers)


def written(ask: Ask) -> dict[str, dict[str, int]]:
    """As `count`, from the numbers that followed what people did."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NUMBERS, 0))
    # Named, so that it is there: its row says when the ask was counted, also while all are zero.
    counts[""]
    rows = Breakdown.objects.filter(ask=ask, side=Side.STATE, metric__in=COLUMNS)
    for state, metric, number in rows.values_list("value", "metric", "number"):
        counts[state][COLUMNS[metric]] = number
    return counts


def count(ask: Ask) -> dict[str, dict[str, int]]:
    """State -> numbers.

    Verified actions are proven by their mailbox; self-reported letters and calls rest on their
    caller's word. Whoever's mailbox is silent is pending, or unverified where the campaign asks for
    no confirmation: one person is one, whatever they sent.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NUMBERS, 0))
    # Named, so that it is there: its row says when the ask was counted, also while all are zero.
    counts[""]
    verified = Action.objects.counted().filter(ask=ask).values_list("us_state")
    for state, number in verified.annotate(n=Count("pk")).order_by():
        counts[state]["verified"] = number
    silent = Submission.objects.silent().filter(ask=ask).values_list("us_state", "counts_at_once")
    for state, counts_at_once, number in silent.annotate(n=Count("pk")).order_by():
        counts[state]["unverified" if counts_at_once else "pending"] += number
    for reports in (Letter.objects.exclude(reported_at=None), Call.objects.reached()):
        told: QuerySet[Any, Any] = (
            reports.filter(action__ask=ask, action__state=Action.State.CONFIRMED)
            .values("action__us_state")
            .annotate(n=Count("pk"))
        )
        for state, number in told.order_by().values_list("action__us_state", "n"):
            counts[state]["self_reported"] += number
    counts[""]["anonymous"] = Voice.objects.filter(ask=ask).count()
    signed = PaperSignature.objects.filter(ask=ask).order_by().values_list("us_state")
    for state, number in signed.annotate(n=Count("pk")):
        counts[state]["on_paper"] = number
    return counts
