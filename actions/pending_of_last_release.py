"""What the release before took down as pending actions, with its letters sealed already, waits as
submissions too: their links go on working, and what is shown is sealed anew.

For as long as such actions can be left: until UNCONFIRMED_KEPT_DAYS after that release.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from actions.models import NEVER_LEFT, Action, Letter, Submission
from actions.withdraw import withdraw
from worker import outbox
from worker.models import Delivery, State

AUTHOR, NEVER = "take-action", "never confirmed"
# A quarantined action keeps its reason, and whoever answered waits for us.
UNDECIDED: dict[str, str] = {
    Action.State.PENDING: Submission.State.WAITING,
    Action.State.QUARANTINED: Submission.State.QUARANTINED,
}


def adopt_all() -> int:
    """Returns how many. May run twice, and at once."""
    left = list(unadopted()[:500])
    for action in left:
        adopt(action)
    return len(left)


def unadopted() -> QuerySet[Action]:
    """Those that nobody has confirmed or taken back, and that are no submission yet."""
    # What was set aside since has one that it was made of (screening.set_aside).
    adopted = Submission.objects.filter(
        Q(public_id=OuterRef("public_id")) | Q(action=OuterRef("pk"))
    )
    found: QuerySet[Action] = Action.objects.filter(~Exists(adopted), state__in=UNDECIDED)
    return found.select_related("ask", "supporter").order_by("pk")


def adopt(action: Action) -> Submission:
    """The same, as a submission under the same id; its action stays as it is. Twice is once.

    An action that counts, or was taken back, is what its submission became.
    """
    is_decided = action.state not in UNDECIDED
    calls = dict(action.calls.values_list("seat_id", "outcome"))
    letters = action.letters.order_by("pk").values_list("seat_id", flat=True)
    submission, _ = Submission.objects.get_or_create(
        public_id=action.public_id,
        defaults={
            **action.typed(),
            "form_key": action.idempotency_key,
            "digest": action.public_id.hex,
            "supporter_key": action.writer.key,
            "mailbox": action.writer.mailbox,
            "state": UNDECIDED.get(action.state, Submission.State.CONFIRMED),
            "action": action if is_decided else None,
            "quarantined_because": action.quarantined_because,
            "appealed_at": action.appealed_at,
            "seats": [*letters, *(seat for seat in calls if seat not in letters)],
            "outcomes": calls,
            "created_at": action.created_at,
            "changed_at": action.changed_at,
        },
    )
    return submission


def forget(public_ids: Collection[UUID]) -> None:
    """Nobody confirmed these in time. Call it in a transaction.

    Whoever took theirs back and began again may have letters that had left: what became of those is
    not ours to forget.
    """
    undecided = Action.objects.filter(public_id__in=public_ids, state__in=UNDECIDED)
    left = Letter.objects.filter(action=OuterRef("pk")).exclude(NEVER_LEFT)
    for action in undecided.filter(Exists(left)):
        withdraw(action, author=AUTHOR, reason=NEVER)
    sealed = Letter.objects.filter(action__in=undecided).exclude(delivery=None)
    stop_letters(list(sealed.values_list("delivery_id", flat=True)))
    undecided.delete()


def stop_letters(deliveries: Collection[int]) -> None:
    """The rows stay, as all evidence does; the words that were sealed in them do not."""
    outbox.cancel(deliveries, reason=NEVER, author=AUTHOR)
    stopped = Delivery.objects.filter(pk__in=deliveries, state=State.CANCELLED)
    stopped.update(message=b"", subject="")
