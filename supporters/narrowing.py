"""Of two records' answers about mail and names the narrower holds: whoever ended it once has ended
it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from supporters import journal
from supporters.consent import OF_A_CAMPAIGN
from supporters.journal import Deed
from supporters.models import Consent, Supporter

CHANNEL = "merge"
Key = tuple[str, int | None]  # purpose, and the campaign of what is allowed for one at a time


def take_over(kept: Supporter, gone: Supporter) -> dict[str, Any]:
    """Every line with its words is `kept`'s now: the ids of what moved, and of the ends that were
    added. Raises journal.CannotNote.
    """
    ended = [
        key for person in (kept, gone) for key, granted in answers(person).items() if not granted
    ]
    lines = Consent.objects.filter(supporter=gone)
    moved = list(lines.order_by("pk").values_list("pk", flat=True))
    lines.update(supporter=kept)
    return {"consents": moved, "ended": end_these(kept, ended)}


def give_back(
    kept: Supporter, gone: Supporter, moved: dict[str, Any], *, since: dt.datetime
) -> None:
    """To each their own lines; what its owner ended since has ended for both."""
    theirs = Consent.objects.filter(supporter=kept)
    later = theirs.filter(granted=False, at__gt=since).exclude(pk__in=moved["ended"])
    ended = [
        key_of(purpose, campaign) for purpose, campaign in later.values_list("purpose", "campaign")
    ]
    still = [key for key in ended if answers(kept).get(key) is False]
    # These were the merge's own words, not theirs.
    theirs.filter(pk__in=moved["ended"]).delete()
    theirs.filter(pk__in=moved["consents"]).update(supporter=gone)
    end_these(kept, still)
    end_these(gone, still)


def answers(person: Supporter) -> dict[Key, bool]:
    """The newest line of each."""
    lines = Consent.objects.filter(supporter=person).order_by("pk")
    rows = lines.values_list("purpose", "campaign", "granted")
    return {key_of(purpose, campaign): granted for purpose, campaign, granted in rows}


def key_of(purpose: str, campaign: int | None) -> Key:
    return purpose, campaign if purpose in OF_A_CAMPAIGN else None


def end_these(person: Supporter, keys: Iterable[Key]) -> list[int]:
    """Those that would be granted. The ids of the lines."""
    granted = {key for key, yes in answers(person).items() if yes}
    ending = sorted(granted & set(keys), key=str)
    for purpose in sorted({purpose for purpose, _campaign in ending}):
        # A replay ends what is of a campaign for every campaign: more than was meant.
        if purpose not in OF_A_CAMPAIGN:
            journal.note(Deed.CONSENT_ENDED, person=person.public_id, purpose=purpose)
    lines = [
        Consent.objects.create(
            supporter=person,
            purpose=purpose,
            granted=False,
            wording="",
            campaign_id=campaign,
            channel=CHANNEL,
        )
        for purpose, campaign in ending
    ]
    return [line.pk for line in lines]
