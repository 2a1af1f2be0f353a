"""Writers whose letter did not get through, or waits too long for a person, are told so, with
another way. Within minutes, and once.

What is resent after that, and fails once more, is told once more.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from actions.models import Action, Letter
from actions.notices import note_of
from actions.status import items
from actions.status.evidence import NOT_OURS, REVIEWED_WITHIN, SETTLED_WITHIN
from campaigns import brand
from supporters import consent, mail
from supporters.models import Consent
from worker.models import PAPER, Attempt, State

log = logging.getLogger("actions.followup.tell_writers")

# The rest waits for the next run.
BUDGET_S = 200
# Together, while their rows are locked.
AT_ONCE = 50
# Marked for gathering only: translated in the language of each action.
FAILED = _("Your letter did not get through: %(campaign)s")
LATE = _("Your letter is late: %(campaign)s")
ENDED = (State.FAILED, State.CANCELLED)
UNFINISHED = (State.WAITING, State.UNCERTAIN, State.CLAIMED)
BY_HAND = Q(delivery=None, awaits_roster_since__isnull=False, route__in=Letter.BY_HAND)


def tell() -> int:
    """Tell everybody who was not told yet. Returns how many mails that were.

    May run twice, and at once.

    Somebody whom we fail to tell is tried again with the next run, and keeps nobody else waiting.
    """
    stop_at, told, ids = time.monotonic() + BUDGET_S, 0, waiting()
    for start in range(0, len(ids), AT_ONCE):
        if time.monotonic() > stop_at:
            break
        told += tell_some(ids[start : start + AT_ONCE])
    return told


def tell_some(ids: Collection[int]) -> int:
    """Together; where that fails, one by one. Returns how many mails that were."""
    try:
        return tell_writers(ids)
    except Exception as error:
        log.warning("Of %d writers one cannot be told: %s", len(ids), type(error).__name__)
    told = 0
    for action_id in ids:
        try:
            told += tell_writers([action_id])
        except Exception:
            log.exception("The writer of action %s could not be told", action_id)
    return told


def waiting() -> list[int]:
    """Ids of actions with news for their writers."""
    # Each by an index of its own: joined by OR, every letter there is would be read.
    ended = [untold().filter(delivery__state=state) for state in ENDED]
    kept = [late().filter(delivery__state=state) for state in UNFINISHED]
    parts = (*ended, untold().filter(BY_HAND), *kept)
    return sorted({action for part in parts for action in part.values_list("action", flat=True)})


def untold() -> QuerySet[Letter]:
    """Refused, bounced, tried for too long, or stopped here; or, once a roster told to whom it goes
    (awaits_roster), only its writer can bring it there.

    What its writer took back, or sent already, is nobody's news.
    """
    return Letter.objects.filter(
        Q(delivery__state__in=ENDED) | BY_HAND,
        told_at=None,
        reported_at=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )


def late() -> QuerySet[Letter]:
    """Waiting for a person here, for a day; in doubt that nobody could settle in three; or in a
    print batch that outlived its letters.

    What waits for a roster is not late: nobody here can do anything about it.
    """
    now = timezone.now()
    last = Attempt.objects.filter(delivery=OuterRef("delivery")).order_by("-pk")
    stopped = Q(delivery__state=State.WAITING, moved_at__lt=now - REVIEWED_WITHIN) & ~Q(
        delivery__waits_for__in=NOT_OURS
    )
    doubted = Q(delivery__state=State.UNCERTAIN, delivery__settled_at__lt=now - SETTLED_WITHIN)
    unmailed = Q(
        delivery__state=State.CLAIMED, delivery__channel=PAPER, delivery__expires_at__lt=now
    )
    open_letters = Letter.objects.filter(
        told_late_at=None,
        reported_at=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )
    unfinished = open_letters.filter(delivery__state__in=UNFINISHED)
    return unfinished.annotate(moved_at=Subquery(last.values("at")[:1])).filter(
        stopped | doubted | unmailed
    )


@transaction.atomic
def tell_writers(ids: Collection[int]) -> int:
    """To each of these actions one mail about all of its letters that failed since the last, one
    about those that are late; mail and mark together. Returns how many.
    """
    actions = unlocked(ids)
    of_failures = tell_news(actions, untold(), "failed", FAILED, "told_at")
    of_late_ones = tell_news(actions, late(), "late", LATE, "told_late_at")
    return of_failures + of_late_ones


def tell_news(
    actions: Mapping[int, Action], news: QuerySet[Letter], template: str, subject: str, mark: str
) -> int:
    """The number of mails: none where nothing is new. `mark` is the field that says it was told."""
    letters: dict[int, list[int]] = defaultdict(list)
    found = news.filter(action__in=actions).order_by("pk")
    for action_id, pk in found.values_list("action", "pk"):
        letters[action_id].append(pk)
    if not letters:
        return 0
    told = [actions[pk] for pk in letters]
    every = [pk for some in letters.values() for pk in some]
    offices = items.letters_of_each(told, only=every)
    said = last_words(every)
    writers = [action.writer.pk for action in told]
    get_news = consent.granted_among(writers, Consent.Purpose.NEWSLETTER)
    ours = brand.current()

    def note(action: Action) -> mail.Note:
        some = letters[action.pk]
        once = f"{some[0]}:{max(said[pk] for pk in some)}"
        return note_of(
            action,
            template,
            subject,
            once=f"{template}:{action.pk}:{action.idempotency_key.hex}:{once}",
            offices=offices[action.pk],
            gets_news=action.writer.pk in get_news,
            brand=ours,
        )

    mail.send_each([(action.writer, note(action)) for action in told])
    Letter.objects.filter(pk__in=every).update(**{mark: timezone.now()})
    return len(letters)


def last_words(letters: Collection[int]) -> dict[int, int]:
    """The evidence that each is told for: when it fails again, there is other evidence, and other
    news.
    """
    said = Letter.objects.filter(pk__in=letters).annotate(last=Max("delivery__attempts"))
    return {pk: last or 0 for pk, last in said.values_list("pk", "last")}


def clear_told(deliveries: Collection[int]) -> None:
    """These go once more. Should they fail once more, that is news to a writer who was told."""
    Letter.objects.filter(delivery__in=deliveries).exclude(told_at=None).update(told_at=None)


def unlocked(ids: Collection[int]) -> dict[int, Action]:
    """Without those that somebody else has locked: whoever tells of one, changes it or resends its
    letters takes the action first.

    Those of one campaign share its instance, so that what was read of it once is known for all.
    """
    free = Action.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "supporter"
    )
    shared = free.filter(pk__in=ids).order_by("pk").prefetch_related("ask__campaign__words")
    return {action.pk: action for action in shared}
