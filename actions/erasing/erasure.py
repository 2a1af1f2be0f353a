"""Erasing a person: their actions count on as nobody's, and no word of theirs is left.

One transaction, also for somebody of hundreds of actions: half an erasure is none.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from actions import guardians, pending_of_last_release
from actions.erasing import holders, seals
from actions.erasing.person import Person
from actions.models import Action, Hero, Letter, Submission
from actions.sign_ons import forgetting
from supporters import journal
from supporters.erased import bury
from supporters.journal import Deed
from supporters.models import FormerKey, Merge, Supporter
from supporters.people import take_turns

# What an action keeps is what its counts need: ask, state of the country, day, source, language,
# seats, and whether it had own words (`statement_edited` says so from then on).
NOBODYS: dict[str, Any] = {
    "supporter": None,
    "subject": "",
    "statement": "",
    "versions": [],
    "own_words": "",
    "answers": [],
    "entry": {},
    "permissions": {},
    "newsletter_wording": "",
    "name_is_public": False,
    "needs_lookup": False,
}


class How(models.TextChoices):
    """How it was made sure that it is them: a closed list, so that no words are kept of it."""

    LINK = "link", "By a link that we mailed to them"
    MAILBOX = "mailbox", "They wrote from the mailbox that we know"
    POST = "post", "By a signed letter"
    TELEPHONE = "telephone", "By telephone: they knew what only they can know"
    IN_PERSON = "in_person", "In person"
    GUARDIAN = "guardian", "A guardian asked for it"
    RETENTION = "retention", "The time that was promised is over"
    REPLAY = "replay", "Erased before, and done again after a restore"


@dataclass(frozen=True)
class Erased:
    """What became of it, in numbers."""

    actions: int
    submissions: int
    elsewhere: int


@transaction.atomic
def erase(
    supporter: Supporter, *, by: str, how: str, at: dt.datetime | None = None
) -> Erased | None:
    """Take this person out of everything: one mailbox and name, and what was merged with that. None
    where they are gone already: twice is once.

    Their actions stay as nobody's, so that no count changes; letters that have not begun never
    leave; what may have left keeps its seal until that is settled. A suppression of their mailbox
    stays, as a hash. Signing again makes a new person, who counts anew.

    `by` is whoever did it, for the audit log; `how` is a How; `at` when it was done first, for
    a replay. Raises journal.CannotNote.
    """
    how = How(how).value
    records = one_person(supporter)
    # As everybody does: first the mailbox's turn, then actions in order, then their supporter.
    take_turns(*sorted({record.mailbox for record in records}))
    actions = {record.pk: lock_actions(record.pk) for record in records}
    locked = list(Supporter.objects.select_for_update().filter(pk__in=actions).order_by("pk"))
    if not locked:
        return None
    journal.note_all(Deed.ERASED, [{"person": row.public_id, "key": row.key} for row in locked])
    moment = at or timezone.now()
    submissions = elsewhere = 0
    for row in locked:
        for key in [row.key, *formerly(row)]:
            bury(key, moment)
        person = Person.of(row, besides=[other.pk for other in locked])
        submissions += forget_what_was_sent(person, actions[row.pk])
        elsewhere += holders.let_go(person)
        become_nobodys(actions[row.pk])
        row.delete()
    number = sum(map(len, actions.values()))
    audit.record(by, "person erased", supporter.public_id.hex, how=how, actions=number)
    return Erased(actions=number, submissions=submissions, elsewhere=elsewhere)


def one_person(supporter: Supporter) -> list[Supporter]:
    """The records that were merged into one, in their order; just this one where none was."""
    found = {supporter.pk: supporter}
    while True:
        merges = Merge.objects.standing().filter(Q(kept__in=found) | Q(gone__in=found))
        pairs = merges.values_list("kept", "gone")
        others = {pk for pair in pairs for pk in pair} - found.keys()
        if not others:
            return [found[pk] for pk in sorted(found)]
        found |= Supporter.objects.in_bulk(others)


def formerly(row: Supporter) -> list[str]:
    """Keys that it had before a correction, and that lead to nobody else now."""
    had = list(FormerKey.objects.filter(supporter=row).values_list("key", flat=True))
    taken = set(Supporter.objects.filter(key__in=had).values_list("key", flat=True))
    return [key for key in had if key not in taken]


def lock_actions(supporter_id: int) -> list[int]:
    """Theirs, so that none is withdrawn, told of or resent meanwhile."""
    theirs = Action.objects.select_for_update(of=("self",)).filter(supporter=supporter_id)
    return list(theirs.order_by("pk").values_list("pk", flat=True))


def forget_what_was_sent(person: Person, actions: list[int]) -> int:
    """Sealed or still in its form. How many submissions."""
    submissions = their_submissions(person)
    sent = [public_id.hex for public_id in submissions.values_list("public_id", flat=True)]
    mailed = [*sent, *forgetting.ids_of(person)]
    seals.let_go([person], actions=actions, submissions=mailed)
    pending_of_last_release.forget(undecided(actions))
    submissions.delete()
    return len(sent)


def their_submissions(person: Person) -> models.QuerySet[Submission]:
    """What was sent in their name, whoever typed it; and whatever waits for a mailbox that is
    nobody's any more.
    """
    theirs = Q(supporter_key=person.key)
    if not person.shares_mailbox:
        theirs |= Q(mailbox=person.mailbox)
    found: models.QuerySet[Submission] = Submission.objects.filter(theirs)
    return found


def undecided(actions: list[int]) -> list[uuid.UUID]:
    """Those that the release before took down and nobody confirmed: they never counted."""
    left = Action.objects.filter(pk__in=actions, state__in=pending_of_last_release.UNDECIDED)
    return list(left.values_list("public_id", flat=True))


def become_nobodys(actions: list[int]) -> None:
    """Without supporter, words and address; the counts notice that they have another owner."""
    guardians.let_go(actions)
    rows = Action.objects.filter(pk__in=actions)
    rows.exclude(own_words="").update(statement_edited=True)
    rows.update(**NOBODYS, changed_at=timezone.now())
    # A person's words here, who may have named them.
    Letter.objects.filter(action__in=actions).exclude(sent_despite="").update(sent_despite="")


@transaction.atomic
def erase_waiting(key: str, *, before: dt.datetime) -> int:
    """What was sent in this name until then, of somebody who is no supporter (any more). How
    many.
    """
    waiting = Submission.objects.filter(supporter_key=key, created_at__lte=before)
    number, _of_each = waiting.delete()
    heroes = Hero.objects.filter(supporter=None, supporter_key=key, sent_at__lte=before)
    number += len([hero.delete() for hero in heroes])
    return number + forgetting.let_go_of_waiting(key, before=before)
