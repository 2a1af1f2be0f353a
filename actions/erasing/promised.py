"""Keeping what a campaign promises on its form: so long after its end what people wrote is taken
out, and only the count is left.

Who then has no other action here, and allowed nothing that lasts, is erased. May run twice, and at
once, and be cut off anywhere: the next run goes on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from actions.erasing import seals
from actions.erasing.erasure import How, become_nobodys, erase, one_person
from actions.erasing.person import Person
from actions.models import Action, Submission
from campaigns import promised_time
from campaigns.models import Campaign
from supporters import consent, journal
from supporters.journal import Deed
from supporters.models import Consent, Supporter

AUTHOR = "take-action"
AT_ONCE = 50
# Below the task's time limit.
BUDGET_S = 200
# Allowed for the campaign that is over, so they keep nobody here.
OF_ITS_CAMPAIGN = (*consent.OF_A_CAMPAIGN, Consent.Purpose.PUBLIC_NAME)


def due(campaign: Campaign) -> QuerySet[Action]:
    """Actions of an ended campaign (promised_time.over) that are still somebody's."""
    theirs: QuerySet[Action] = Action.objects.filter(ask__campaign=campaign)
    return theirs.exclude(supporter=None)


def tonight() -> dict[Campaign, int]:
    """How many people's words of which campaign the next run takes out."""
    people = {campaign: people_of(campaign) for campaign in promised_time.over()}
    return {campaign: number for campaign, number in people.items() if number}


def people_of(campaign: Campaign) -> int:
    """Whose words of it are kept."""
    return due(campaign).order_by().values("supporter").distinct().count()


def keep_promises(*, budget_s: float = BUDGET_S) -> int:
    """Every night. How many actions are nobody's now. Raises journal.CannotNote."""
    stop_at, done = time.monotonic() + budget_s, 0
    for campaign in promised_time.over():
        of_these = 0
        while time.monotonic() < stop_at:
            ids = list(due(campaign).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            if not ids:
                break
            of_these += take_out(ids)
        if of_these:
            audit.record(AUTHOR, "words kept no longer", campaign.slug, actions=of_these)
        done += of_these
    return done


@transaction.atomic
def take_out(ids: Sequence[int]) -> int:
    """Of these actions, that are somebody's still: their counts stay, and nothing else. How
    many.
    """
    locked = Action.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    found = list(locked.exclude(supporter=None).select_related("supporter").order_by("pk"))
    pks = [action.pk for action in found]
    journal.note_all(Deed.ANONYMIZED, [{"action": action.public_id} for action in found])
    people = {action.writer.pk: action.writer for action in found}
    # Their mailbox stays theirs here: only what is about these actions goes.
    named = [replace(Person.of(one), shares_mailbox=True) for one in people.values()]
    sent = Submission.objects.filter(action__in=pks)
    hexadecimal = [public_id.hex for public_id in sent.values_list("public_id", flat=True)]
    seals.let_go(named, actions=pks, submissions=hexadecimal)
    sent.delete()
    become_nobodys(pks)
    for one in people.values():
        if not is_still_here(one):
            erase(one, by=AUTHOR, how=How.RETENTION)
    return len(pks)


def is_still_here(supporter: Supporter) -> bool:
    """Whether another action, or a yes that lasts, keeps them."""
    records = one_person(supporter)
    if Action.objects.filter(supporter__in=records).exists():
        return True
    lines = Consent.objects.filter(supporter__in=records).exclude(purpose__in=OF_ITS_CAMPAIGN)
    asked = lines.order_by().values_list("supporter", "purpose").distinct()
    by_pk = {record.pk: record for record in records}
    return any(consent.is_granted(by_pk[pk], purpose) for pk, purpose in asked)
