"""How long a campaign keeps what people wrote, as it promises on its form: so many days after its
end, and then only the count (actions.erasing.promised keeps it).
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign

A_YEAR = 365
# In words, since nobody counts 182 days.
LENGTHS: dict[int, str | Promise] = {
    30: gettext_lazy("30 days"),
    90: gettext_lazy("90 days"),
    182: gettext_lazy("half a year"),
    A_YEAR: gettext_lazy("a year"),
    730: gettext_lazy("two years"),
}
ENDED = (Campaign.State.CLOSED, Campaign.State.WON, Campaign.State.ARCHIVED)


class WasPromised(Exception):
    """People have read a shorter time on its form: it cannot become longer."""


def sentence(campaign: Campaign) -> str:
    """What its form says; "" where it promises no time."""
    if campaign.words_kept_days is None:
        return ""
    length = LENGTHS.get(campaign.words_kept_days) or _("%s days") % campaign.words_kept_days
    return _(
        "Your name, address and words are kept for %(length)s after this campaign ends. Then only"
        " the count is left."
    ) % {"length": length}


def insist(before: int | None, after: int | None, *, was_public: bool) -> None:
    """Raises WasPromised where a campaign that people have seen would keep longer than it said."""
    if was_public and before is not None and (after is None or after > before):
        raise WasPromised


def over(now: dt.datetime | None = None) -> list[Campaign]:
    """Those whose promised time is over. What can still be undone has not ended; what is made up
    keeps its past.
    """
    now = now or timezone.now()
    promised = Campaign.objects.filter(state__in=ENDED, is_demo=False).exclude(words_kept_days=None)
    return [
        campaign
        for campaign in promised.exclude(closed_at=None).select_related("ending").order_by("pk")
        if campaign.undoable is None and ends_at(campaign) <= now
    ]


def ends_at(campaign: Campaign) -> dt.datetime:
    """Of one that has ended and promises a time."""
    assert campaign.closed_at is not None
    return campaign.closed_at + dt.timedelta(days=campaign.words_kept_days or 0)
