"""Which offices of Congress take messages now: the chambers' own lists, asked for daily and
kept.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from worker.channels import ChannelError, Interrupted
from worker.channels.cwc.chambers import CHAMBERS, is_configured, listed_offices
from worker.models import CongressOffice

log = logging.getLogger(__name__)

# A list that has lost more than half of its offices overnight is a fault, not news.
MAY_SHRINK_TO = 0.5


def takes_messages(office: str) -> bool:
    """Whether this office stood on its chamber's list when we last asked, and has not refused
    since.
    """
    return CongressOffice.objects.filter(code=office, is_active=True).exists()


def taking(offices: Iterable[str]) -> set[str]:
    """Which of these take messages, by the same list. One query."""
    return set(
        CongressOffice.objects.filter(code__in=list(offices), is_active=True).values_list(
            "code", flat=True
        )
    )


def strike(office: str) -> None:
    """The chamber says that it takes nothing for this office.

    Until the next list says otherwise nobody is routed there.
    """
    CongressOffice.objects.filter(code=office).update(is_active=False)


def refresh() -> dict[str, int]:
    """Ask every configured chamber for its list.

    A chamber that does not answer keeps the list it has.
    """
    counts: dict[str, int] = {}
    for chamber in filter(is_configured, CHAMBERS):
        try:
            counts[chamber] = take_over_list(chamber, listed_offices(chamber))
        except (ChannelError, Interrupted) as error:
            log.warning("The %s gave no list of offices: %s", chamber, error)
    return counts


@transaction.atomic
def take_over_list(chamber: str, codes: set[str]) -> int:
    """Take over a chamber's list. Raises ChannelError for one that cannot be right."""
    listed = CongressOffice.objects.filter(chamber=chamber)
    # An empty list is never believed, not even the first.
    if len(codes) < max(1, listed.filter(is_active=True).count() * MAY_SHRINK_TO):
        raise ChannelError(f"A list of only {len(codes)} offices is not believed.")
    now = timezone.now()
    listed.exclude(code__in=codes).update(is_active=False)
    CongressOffice.objects.bulk_create(
        [
            CongressOffice(code=code, chamber=chamber, is_active=True, listed_at=now)
            for code in sorted(codes)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["is_active", "listed_at"],
    )
    return len(codes)
