"""The refresh of every night: rosters anew from where they are published, and a report of who came
and went.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from legislators.downloading import download
from legislators.models import Source, TurnoverReport
from legislators.roster.published import Refused, Summary
from legislators.roster.refreshing import refresh
from legislators.roster.turnover import KINDS, Change
from legislators.states import STATES

logger = logging.getLogger(__name__)
ROSTERS = ("congress-legislators", "openstates", "openstates-csv", "executive")
SHOWN_OF_A_KIND = 20


def refresh_rosters() -> None:
    """Refresh what was loaded before.

    Where no real roster was ever loaded nothing is fetched: the practice state needs no network.
    """
    states = loaded_states()
    if not states:
        return
    try:
        summary, reports = refresh_from(
            Path(settings.ROSTERS_FROM) if settings.ROSTERS_FROM else None, states, logger.info
        )
    except Refused as refusal:
        logger.error("The rosters stay as they were: %s", refusal)
        return
    for line in [*summary.lines, *(line for report in reports for line in lines(report))]:
        logger.info("%s", line)


def loaded_states() -> list[str]:
    """Codes of the states whose rosters were loaded."""
    covers = Source.objects.filter(key__in=ROSTERS).values_list("covers", flat=True)
    # Without "US", whose President is covered as well.
    return sorted({state for pairs in covers for state, _ in pairs} & set(STATES))


def refresh_from(
    folder: Path | None, states: Sequence[str], say: Callable[[str], None]
) -> tuple[Summary, list[TurnoverReport]]:
    """From a folder, or downloaded when there is none. Raises Refused, having changed nothing."""
    if folder is None:
        folder = settings.VAR_DIR / "data"
        download(folder, states, parts=["rosters"], say=say)
    return refresh(folder, states, say)


def lines(report: TurnoverReport) -> Iterator[str]:
    """A report as text: how many changes of each kind, and the first of them."""
    changes = [Change(**row) for row in report.changes]
    counted = {kind: [change for change in changes if change.kind == kind] for kind in KINDS}
    since = f" since {report.before_on}" if report.before_on else ", the first"
    yield f"{report.source.name}, {report.as_of}{since}: " + ", ".join(
        f"{len(found)} {kind}" for kind, found in counted.items()
    )
    for found in counted.values():
        yield from (f"  {change}" for change in found[:SHOWN_OF_A_KIND])
        if len(found) > SHOWN_OF_A_KIND:
            yield f"  and {len(found) - SHOWN_OF_A_KIND} more"
