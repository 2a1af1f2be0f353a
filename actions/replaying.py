"""After a restore: what the journal says was done since is done again, in the order of time.

May run as often as wanted: what stands is left, and so is what somebody did anew after that deed.
A deed whose subject the restored database does not know is counted, and done by a later run that
knows it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from actions import guardians
from actions.erasing import How, erase
from actions.erasing.erasure import erase_waiting
from actions.erasing.promised import take_out
from actions.models import Action, Guardian, Submission
from actions.withdraw import not_me, withdraw
from campaigns.models import Ask
from supporters import consent
from supporters.erased import bury, erased_since
from supporters.journal import Deed, Line, without_noting
from supporters.models import Consent, Supporter
from supporters.suppressions import QUIET_FOR, said_not_me, suppress_all

AUTHOR, AGAIN = "replay", "done again after a restore"


class Became(Enum):
    """What became of one line."""

    DONE = "done again"
    STANDS = "stands already"
    NEWER = "something newer stands"
    UNKNOWN = "not in this database"
    NOBODYS = "no room here does it again"


Counts = Counter[tuple[Deed, Became]]


class Rehearsed(Exception):
    """Ends a dry run, so that nothing of it is kept."""


def replay(lines: Iterable[Line], *, dry_run: bool) -> Counts:
    """How often each deed became what. A dry run does everything and takes all of it back."""
    counts: Counts = Counter()
    try:
        if not dry_run:
            go_through(lines, counts)
        else:
            with transaction.atomic():
                go_through(lines, counts)
                raise Rehearsed
    except Rehearsed:
        pass
    return counts


def go_through(lines: Iterable[Line], counts: Counts) -> None:
    with without_noting():
        for line in lines:
            counts[line.deed, do_again(line)] += 1


@transaction.atomic
def do_again(line: Line) -> Became:
    """One line, in a transaction of its own."""
    path = settings.REPLAYED_BY.get(line.deed.value)
    again: Callable[[Line], Became] | None = import_string(path) if path else OURS.get(line.deed)
    return again(line) if again else Became.NOBODYS


def erased(line: Line) -> Became:
    """By their id, or by their key where they had signed before."""
    key = line.facts["key"]
    whose = Q(public_id=line.id("person")) | Q(key=key, created_at__lte=line.at)
    stood = bool(erased_since([key], line.at))
    bury(key, line.at)
    people = list(Supporter.objects.filter(whose))
    for person in people:
        erase(person, by=AUTHOR, how=How.REPLAY, at=line.at)
    waited = erase_waiting(key, before=line.at)
    if people or waited:
        return Became.DONE
    return Became.STANDS if stood else Became.UNKNOWN


def withdrawn(line: Line) -> Became:
    action = Action.objects.filter(public_id=line.id("action")).first()
    return take_back(action, line.at)


def take_back(action: Action | None, at: dt.datetime) -> Became:
    """Unless its writer began anew since."""
    if action is None:
        return Became.UNKNOWN
    if action.state == Action.State.WITHDRAWN:
        return Became.STANDS
    if action.confirmed_at and action.confirmed_at > at:
        return Became.NEWER
    withdraw(action, reason=AGAIN)
    return Became.DONE


def said_it_was_not_them(line: Line) -> Became:
    """What was sent is deleted, what came of it taken back; quiet for the rest of the week."""
    submission = Submission.objects.filter(public_id=line.id("submission")).first()
    ask = Ask.objects.filter(pk=line.facts["ask"]).first()
    if submission:
        not_me(submission)
        return Became.DONE
    if ask and line.at > timezone.now() - QUIET_FOR:
        said_not_me(line.facts["mailbox"], ask)
    came_of_it = Action.objects.filter(idempotency_key=line.id("submission"))
    return take_back(came_of_it.first(), line.at)


def consent_ended(line: Line) -> Became:
    person = Supporter.objects.filter(public_id=line.id("person")).first()
    if person is None:
        return Became.UNKNOWN
    purpose = line.facts["purpose"]
    if not consent.is_granted(person, purpose):
        return Became.STANDS
    lines = Consent.objects.filter(supporter=person, purpose=purpose, granted=True)
    if lines.filter(at__gt=line.at).exists():
        return Became.NEWER
    consent.end(person, purpose, channel=AUTHOR)
    return Became.DONE


def suppressed(line: Line) -> Became:
    new = suppress_all({line.facts["mailbox"]: line.at}, line.facts["reason"])
    return Became.DONE if new else Became.STANDS


def anonymized(line: Line) -> Became:
    action = Action.objects.filter(public_id=line.id("action")).first()
    if action is None:
        return Became.UNKNOWN
    return Became.DONE if take_out([action.pk]) else Became.STANDS


def guardian_refused(line: Line) -> Became:
    """Their mailbox goes once more; that the action is taken back has a line of its own."""
    found = list(Guardian.objects.filter(action__public_id=line.id("action")))
    guardians.forget(found)
    return Became.DONE if found else Became.STANDS


OURS: dict[Deed, Callable[[Line], Became]] = {
    Deed.ERASED: erased,
    Deed.ANONYMIZED: anonymized,
    Deed.WITHDRAWN: withdrawn,
    Deed.NOT_ME: said_it_was_not_them,
    Deed.CONSENT_ENDED: consent_ended,
    Deed.SUPPRESSED: suppressed,
}
