"""A live campaign stays fit to be live: a change that breaks what its launch was checked for is not
made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from campaigns.findings import Finding
from campaigns.models import Campaign
from campaigns.preflight import preflight
from campaigns.publishing import NotReady

PLACE = re.compile(r"^\d+\. ")


@contextmanager
def kept_fit(campaign: Campaign) -> Iterator[None]:
    """Make the change inside. Raises NotReady with what it would break; then nothing is changed.

    Only what is broken by this change counts, and only while the campaign is live, or can be made
    live again by undoing its end. Hold its lock.
    """
    is_live = Campaign.objects.get(pk=campaign.pk).is_guarded
    was = broken(campaign) if is_live else {}
    with transaction.atomic():
        yield
        now = broken(campaign) if is_live else {}
        if new := [finding for key, finding in now.items() if key not in was]:
            raise NotReady(new)


def broken(campaign: Campaign) -> dict[str, Finding]:
    """What stops a launch, by its words without the ask's place, which a removed ask changes."""
    # Afresh: the caller's object may remember words from before the change.
    findings = preflight(Campaign.objects.get(pk=campaign.pk))
    return {
        PLACE.sub("", finding.label): finding
        for finding in findings
        if finding.blocking and not finding.ok
    }
