"""What nobody confirmed is forgotten: what was typed, whom it named, and what we wrote to it.

Whoever's mailbox never answered gave us nothing that we may keep, and neither did whoever chose
other words. Where a campaign counts without confirmation the number stays, and no word with it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actions import guardians, merging, pending_of_last_release, recount
from actions.models import Action, Signatory, Submission
from actions.screening import bursts, marks
from actions.sign_ons import forgetting
from actions.stories import taking_back
from actions.take import OPEN
from actions.withdraw import withdraw
from campaigns.models import Ask
from supporters import prefills
from supporters.mail import LANE, mailbox_key_of
from supporters.models import Supporter
from supporters.suppressions import forget_quiet
from worker import outbox
from worker.models import Delivery, State

BATCH = 500
# Well below the task's time limit; the rest goes on with the next run.
BUDGET_S = 200
AUTHOR, NEVER = "take-action", "never confirmed"
# What is left of a submission that counts without its mailbox's word: whose it was, as a hash.
NOTHING_TYPED = {
    **dict.fromkeys(("subject", "statement", "own_words", "newsletter_wording"), ""),
    **dict.fromkeys(("mailbox", "guardian"), ""),
    "versions": [],
    "answers": [],
    "entry": {},
    "permissions": {},
    "seats": [],
    "outcomes": {},
}


def forget_unconfirmed() -> int:
    """Nightly. Returns the number of submissions that are no more.

    May run twice, and at once, and be cut off anywhere: the next run goes on. Each ask is counted
    once, at the end; the counts follow by themselves where that is not reached.
    """
    pending_of_last_release.adopt_all()
    stop_at, forgotten, asks, last = time.monotonic() + BUDGET_S, 0, set(), 0
    # In the order of rows, so that each is looked at once; who is being confirmed is passed by.
    while time.monotonic() < stop_at:
        following = over().filter(pk__gt=last).order_by("pk")
        some = list(following.values_list("pk", "ask")[:BATCH])
        if not some:
            break
        forgotten += forget_some([pk for pk, _ask in some])
        asks |= {ask for _pk, ask in some}
        last = some[-1][0]
    for ask in Ask.objects.filter(pk__in=asks).order_by("pk"):
        recount.recount_ask(ask)
    forget_strangers()
    merging.forget_what_went()
    forget_young_streets()
    forget_quiet()
    prefills.forget_old()
    bursts.forget_marks()
    marks.forget_old()
    guardians.forget_old()
    forget_mail(forgetting.forget_old())
    taking_back.forget_old()
    taking_back.tell_of_ends()
    return forgotten


def over(now: dt.datetime | None = None) -> QuerySet[Submission]:
    """Past their term, whatever became of them.

    Somebody in quarantine who did answer waits for us, and is kept; so is the made-up past.
    """
    is_quarantined = Q(state=Submission.State.QUARANTINED)
    answered = Q(appealed_at__isnull=False) | Q(action__isnull=False)
    waits_for_us = is_quarantined & answered
    is_waiting = Q(state__in=[Submission.State.WAITING, Submission.State.SUPERSEDED])
    is_old = is_waiting & unchanged_for(settings.UNCONFIRMED_KEPT_DAYS, now)
    # Until then many that were refused together can be taken up again.
    is_refused = Q(state=Submission.State.REFUSED)
    is_old |= is_refused & unchanged_for(settings.REFUSED_KEPT_DAYS, now)
    is_old |= is_quarantined & unchanged_for(settings.QUARANTINED_KEPT_DAYS, now)
    # Nothing that was typed is in it any more: hashes, and what it was made into.
    is_old |= Q(state=Submission.State.CONFIRMED) & unchanged_for(settings.NETWORKS_KEPT_DAYS, now)
    is_old |= of_somebody_young() & too_old_for_the_young(now)
    found: QuerySet[Submission] = Submission.objects.filter(~waits_for_us, is_old, is_demo=False)
    return found.exclude(counts_at_once=True, state=Submission.State.WAITING, entry={})


def of_somebody_young() -> Q:
    """By what was typed, or by what we know of that person."""
    known = Supporter.objects.filter(key=OuterRef("supporter_key"), is_minor=True)
    return Q(entry__is_minor=True) | (~Q(entry={}) & Q(Exists(known)))


def too_old_for_the_young(now: dt.datetime | None) -> Q:
    """From the day it was sent, also where it was set aside meanwhile; once refused, from then on,
    so that its writer has a week for their appeal.
    """
    days = settings.YOUNG_UNCONFIRMED_KEPT_DAYS
    before = (now or timezone.now()) - dt.timedelta(days=days)
    is_refused = Q(state=Submission.State.REFUSED)
    undecided = Q(state__in=[*OPEN, Submission.State.SUPERSEDED])
    return (undecided & Q(created_at__lt=before)) | (is_refused & Q(changed_at__lt=before))


def unchanged_for(days: int, now: dt.datetime | None) -> Q:
    """Since when it has been as it is."""
    return Q(changed_at__lt=(now or timezone.now()) - dt.timedelta(days=days))


@transaction.atomic
def forget_some(ids: list[int]) -> int:
    """Whoever is being confirmed at this moment is passed by, and stays. No ask is locked: whoever
    signs meanwhile would wait for it.
    """
    free = Submission.objects.select_for_update(of=("self",), skip_locked=True)
    locked = free.filter(pk__in=ids).order_by("pk")
    going = over().filter(pk__in=[submission.pk for submission in locked])
    gone = list(going.values_list("pk", "public_id", "mailbox"))

    # What counts as it is keeps its number.
    counts = Q(counts_at_once=True, state=Submission.State.WAITING)
    these = Submission.objects.filter(pk__in=[pk for pk, _, _ in gone])
    for action in Action.objects.filter(
        submissions__in=these, state=Action.State.QUARANTINED
    ).distinct():
        withdraw(action, author=AUTHOR, reason="refused by a person who looked")
    these.exclude(counts).delete()
    these.filter(counts).update(**NOTHING_TYPED)

    pending_of_last_release.forget([public_id for _, public_id, _ in gone])
    forget_mail({mailbox for _, _, mailbox in gone})
    return len(gone)


def forget_strangers() -> int:
    """People whose mailbox never answered, and of whom nothing is left; and what we wrote to it.

    Returns how many people.
    """
    before, forgotten = timezone.now() - dt.timedelta(days=settings.UNCONFIRMED_KEPT_DAYS), 0
    acted = Action.objects.filter(supporter=OuterRef("pk"))
    unknown = Supporter.objects.filter(
        ~Exists(acted), proven_at=None, is_demo=False, created_at__lt=before, merged_into=None
    )
    while some := list(unknown.order_by("pk")[:BATCH]):
        forgotten += forget_people(some)
    return forgotten


def forget_young_streets() -> None:
    """Kept by a release before this one; no letter of somebody under 18 names it."""
    Supporter.objects.filter(is_minor=True).exclude(street="").update(street="")


@transaction.atomic
def forget_people(people: list[Supporter]) -> int:
    """With what we wrote to them."""
    Supporter.objects.filter(pk__in=[person.pk for person in people]).delete()
    forget_mail({person.mailbox for person in people})
    return len(people)


def forget_mail(mailboxes: Collection[str]) -> None:
    """What we wrote to these, unless somebody of that mailbox is still known, or still waits."""
    known = {
        mailbox
        for rows in (Supporter, Submission, Signatory)
        for mailbox in rows.objects.filter(mailbox__in=mailboxes).values_list("mailbox", flat=True)
    }
    alone = [mailbox_key_of(mailbox) for mailbox in set(mailboxes) - known]
    written = Delivery.objects.filter(lane=LANE, sender_key__in=alone).exclude(
        state__in=[State.CLAIMED, State.DATA]
    )
    outbox.cancel(written.values_list("pk", flat=True), reason=NEVER, author=AUTHOR)
    written.update(recipient="", message=b"", subject="")
