"""Actions that nobody confirmed are forgotten: what was typed, whom it named, and the letters that
waited for a button.

Whoever's mailbox never answered gave us nothing that we may keep. What was counted stays counted:
such an action never was.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actions import recount, take
from actions.models import Action, Letter
from campaigns.models import Ask
from supporters.mail import LANE, mailbox_key
from supporters.models import Supporter
from worker import outbox
from worker.models import Delivery, State

BATCH = 200
AUTHOR, NEVER = "take-action", "never confirmed"


def forget_unconfirmed() -> int:
    """Daily. Returns the number of actions that are no more.

    May run twice, and at once; the counts follow in the same transaction.
    """
    forgotten = 0
    while some := list(unanswered().order_by("ask", "pk").values_list("ask", "pk")[:BATCH]):
        for ask_id, rows in groupby(some, key=itemgetter(0)):
            forgotten += forget_some(ask_id, [pk for _ask, pk in rows])
    forget_strangers()
    return forgotten


def unanswered(now: dt.datetime | None = None) -> QuerySet[Action]:
    """Nobody pressed the button in time.

    Somebody in quarantine who did answer waits for us, and is kept; so is the made-up past.
    """
    now = now or timezone.now()
    young = Q(supporter__is_minor=True) | Q(entry__is_minor=True)
    waiting = Q(
        state=Action.State.PENDING,
        changed_at__lt=now - dt.timedelta(days=settings.UNCONFIRMED_KEPT_DAYS),
    )
    waiting |= (
        Q(
            state=Action.State.PENDING,
            changed_at__lt=now - dt.timedelta(days=settings.YOUNG_UNCONFIRMED_KEPT_DAYS),
        )
        & young
    )
    quarantined = Q(
        state=Action.State.QUARANTINED,
        changed_at__lt=now - dt.timedelta(days=settings.QUARANTINED_KEPT_DAYS),
    )
    found: QuerySet[Action] = Action.objects.filter(
        waiting | quarantined, appealed_at=None, confirmed_at=None, supporter__is_demo=False
    )
    return found


@transaction.atomic
def forget_some(ask_id: int, ids: list[int]) -> int:
    """Of one ask. Whoever is being confirmed at this moment goes first, and stays."""
    # The ask before its actions: recount_ask, below, wants its lock too.
    ask = Ask.objects.select_for_update().get(pk=ask_id)
    locked = list(
        Action.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    going = unanswered().filter(pk__in=locked)
    # Taken back instead of deleted: letters of theirs that left are evidence.
    for action in going.filter(Exists(left_before().filter(action=OuterRef("pk")))):
        take.withdraw(action, author=AUTHOR, reason=NEVER)
    # Asked anew: those just taken back are not among them.
    gone = list(going.values_list("pk", flat=True))
    stop_letters(
        list(
            Letter.objects.filter(action__in=gone)
            .exclude(delivery=None)
            .values_list("delivery_id", flat=True)
        )
    )
    Action.objects.filter(pk__in=gone).delete()
    recount.recount_ask(ask)
    return len(gone)


def left_before() -> QuerySet[Letter]:
    """Whoever took it back and began again may have letters that had left: what became of those is
    not ours to forget.
    """
    return Letter.objects.exclude(delivery=None).exclude(
        delivery__state__in=[State.WAITING, State.CANCELLED]
    )


def stop_letters(deliveries: list[int]) -> None:
    """The rows stay, as all evidence does; the words that were sealed in them do not."""
    outbox.cancel(deliveries, reason=NEVER, author=AUTHOR)
    Delivery.objects.filter(pk__in=deliveries, state=State.CANCELLED).update(
        message=b"", subject=""
    )


def forget_strangers() -> int:
    """People whose mailbox never answered, and of whom nothing is left; and what we wrote to it.

    Returns how many people.
    """
    before, forgotten = timezone.now() - dt.timedelta(days=settings.UNCONFIRMED_KEPT_DAYS), 0
    acted = Action.objects.filter(supporter=OuterRef("pk"))
    unknown = Supporter.objects.filter(
        ~Exists(acted), proven_at=None, is_demo=False, created_at__lt=before
    )
    while some := list(unknown.order_by("pk")[:BATCH]):
        forgotten += forget_people(some)
    return forgotten


@transaction.atomic
def forget_people(people: list[Supporter]) -> int:
    """With what we wrote to a mailbox, unless somebody else of it is still known."""
    Supporter.objects.filter(pk__in=[person.pk for person in people]).delete()
    shared = set(
        Supporter.objects.filter(mailbox__in=[person.mailbox for person in people]).values_list(
            "mailbox", flat=True
        )
    )
    alone = [mailbox_key(person) for person in people if person.mailbox not in shared]
    # What a worker has in hand leaves whole.
    written = Delivery.objects.filter(lane=LANE, sender_key__in=alone).exclude(
        state__in=[State.CLAIMED, State.DATA]
    )
    outbox.cancel(written.values_list("pk", flat=True), reason=NEVER, author=AUTHOR)
    written.update(recipient="", message=b"", subject="")
    return len(people)
