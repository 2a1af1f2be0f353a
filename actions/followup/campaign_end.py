"""Close and Win, and the half hour in which either can be undone.

At once the public finds the campaign ended, and letters that have not left wait under a hold. Then
`finish_all` cancels them, unless somebody undid it before: both lock the campaign, so that one of
them is first and the other finds nothing left to do.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from actions.followup.recheck import ENDED
from actions.models import Letter, Route, Submission
from actions.status.evidence import OURSELVES
from actions.updates import outcome
from campaigns import publishing
from campaigns.models import Ask, Campaign, Ending, Schedule
from campaigns.publishing import Author, WrongState
from worker import outbox
from worker.engine import holds
from worker.models import Delivery, Hold, State

log = logging.getLogger("actions.followup.campaign_end")

UNDO_FOR = dt.timedelta(minutes=30)
# What a worker has on the wire finishes; everything else can be stopped.
STOPPABLE = (State.WAITING, State.QUEUED, State.CLAIMED)
# In English: for the people here.
WHY_PAUSED = "The campaign ended. Its letters wait for the half hour in which that can be undone."
AT_ONCE = 500
# The rest waits for the next run.
BUDGET_S = 100


@dataclass(frozen=True)
class Concerned:
    """Letters that have not left, their writers and their offices; and those that nobody can call
    back: on the wire, or in doubt.
    """

    letters: int
    people: int
    offices: int
    leaving: int
    uncertain: int
    unconfirmed: int
    """People whose mailbox has still to say yes to a letter."""


def concerned(campaign: Campaign) -> Concerned:
    """Whom it concerns if its letters are stopped now."""
    sealed = Letter.objects.filter(
        delivery__scope_key=scope_of(campaign), action__ask__campaign=campaign
    )
    found = sealed.filter(delivery__state__in=STOPPABLE).aggregate(
        letters=Count("pk"),
        people=Count("action__supporter", distinct=True),
        offices=Count("seat", distinct=True),
    )
    return Concerned(
        **found,
        leaving=sealed.filter(delivery__state=State.DATA).count(),
        uncertain=sealed.filter(delivery__state=State.UNCERTAIN).count(),
        unconfirmed=Submission.objects.silent()
        .filter(ask__campaign=campaign, ask__kind=Ask.Kind.LETTER)
        .count(),
    )


@transaction.atomic
def end(
    campaign: Campaign,
    deed: str,
    author: Author,
    *,
    note: str = "",
    closing_messages: Mapping[str, str] | None = None,
    stops_letters: bool = True,
) -> Ending:
    """Close it, or call it won. Pressed once more within the half hour (won after closed), the time
    begins anew, and to undo it leads to where it was before the first.

    `closing_messages` by language; an empty one leaves what is saved. Raises NotReady without any,
    WrongState where it cannot end.
    """
    publishing.lock(campaign, deed)
    first = Ending.objects.filter(campaign=campaign).first()
    if first and first.finishing_since:
        raise WrongState(_("Its end is just being made final. Look again in a minute."))
    ending = first or Ending(
        campaign=campaign, was=campaign.state, was_closed_at=campaign.closed_at
    )
    say_goodbye(ending, closing_messages or {}, author)
    {"close": publishing.close, "win": publishing.win}[deed](campaign, author, note)
    ending.deed, ending.author = deed, author.get_username()
    ending.ended_at = timezone.now()
    ending.due_at = ending.ended_at + UNDO_FOR
    ending.stops_letters = stops_letters
    keep_letters(ending)
    ending.save()
    return ending


@transaction.atomic
def undo(campaign: Campaign, author: Author) -> None:
    """Everything as it was before: its state, its closing message, and its letters go on, with the
    time that they lost. Raises WrongState once its end is being made final.
    """
    list(Campaign.objects.select_for_update(no_key=True).filter(pk=campaign.pk))
    ending = Ending.objects.filter(campaign=campaign, finishing_since=None).first()
    if ending is None:
        raise WrongState(_("There is nothing to undo any more."))
    publishing.go_back(campaign, ending, author)
    for language, (before, typed) in ending.closing_messages.items():
        # What a colleague wrote since stays.
        if campaign.words.filter(language=language, closing_message=typed).exists():
            put_closing_message(campaign, language, before, author, deed="undo")
    if ending.placed_hold:
        holds.lift(Hold.Scope.CAMPAIGN, scope_of(campaign))
    outcome.take_back(campaign)
    # Whoever undoes it now means that it goes on, also past an end that is over.
    over = Schedule.objects.filter(campaign=campaign, closes_at__lte=timezone.now())
    over.update(closes_at=None)
    ending.delete()


def finish_all() -> int:
    """Make every end final whose half hour is over. Returns how many are.

    May run twice, and at once; what a worker that died had begun is gone on with.
    """
    stop_at, done = time.monotonic() + BUDGET_S, 0
    over = Ending.objects.filter(due_at__lte=timezone.now())
    for campaign_id in over.order_by("due_at").values_list("campaign", flat=True):
        try:
            done += finish(campaign_id, stop_at)
        # One that breaks keeps no other waiting.
        except Exception:
            log.exception("The end of campaign %s could not be made final", campaign_id)
    return done


def finish(campaign_id: int, stop_at: float) -> bool:
    """Whether it is final now: not while a letter is still on the wire, since that may come back to
    the queue.
    """
    ending = begin_to_finish(campaign_id)
    if ending is None:
        return False
    last = 0
    while ending.stops_letters and (last := stop_some(campaign_id, after=last)):
        if time.monotonic() > stop_at:
            return False
    return make_final(campaign_id)


@transaction.atomic
def begin_to_finish(campaign_id: int) -> Ending | None:
    """From this commit on it cannot be undone. None where somebody undid it, or began it anew."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    now = timezone.now()
    ending = Ending.objects.filter(campaign=campaign, due_at__lte=now).first()
    if ending and not ending.finishing_since:
        ending.finishing_since = now
        ending.save(update_fields=["finishing_since"])
        if ending.stops_letters:
            campaign.letters_stopped_at = now
            campaign.save(update_fields=["letters_stopped_at"])
    return ending


@transaction.atomic
def stop_some(campaign_id: int, *, after: int) -> int:
    """Cancel the next letters behind this id. Returns the last one's, 0 where there are none."""
    waiting = Delivery.objects.filter(
        scope_key=scope(campaign_id), state__in=STOPPABLE, pk__gt=after
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    stopped = outbox.cancel(ids, reason=ENDED, author=OURSELVES)
    Ending.objects.filter(campaign=campaign_id).update(stopped=F("stopped") + stopped)
    return ids[-1] if ids else 0


@transaction.atomic
def make_final(campaign_id: int) -> bool:
    """Whether nothing of it is open any more; then the row is gone, and what follows begins."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    ending = Ending.objects.filter(campaign=campaign).exclude(finishing_since=None).first()
    if ending is None:
        return False
    if ending.stops_letters:
        open_letters = Delivery.objects.filter(scope_key=scope(campaign_id)).unsettled()
        if open_letters.exists():
            return False
        # Written to nobody yet: they wait for no roster any more.
        unaddressed = Letter.objects.filter(
            action__ask__campaign=campaign, route=Route.NONE, delivery=None
        )
        unaddressed.exclude(awaits_roster_since=None).update(awaits_roster_since=None)
    if ending.stops_letters or ending.was == Campaign.State.PAUSED:
        holds.lift(Hold.Scope.CAMPAIGN, scope(campaign_id))
    ending.delete()
    once_final(campaign, ending)
    return True


def once_final(campaign: Campaign, ending: Ending) -> None:
    """The half hour is over and the end stands: whatever follows from an end begins here, in this
    transaction, and happens once.

    `ending.deed` says which: "close" or "win".
    """
    outcome.let_go(campaign)
    campaign.changes.create(deed="final", author=OURSELVES, after={"stopped": str(ending.stopped)})
    audit.record(OURSELVES, "campaign.final", campaign.slug, stopped=ending.stopped)


def say_goodbye(ending: Ending, typed: Mapping[str, str], author: Author) -> None:
    """Save the closing messages, and remember what stood there before the first press."""
    words = ending.campaign.words
    for row in words.filter(language__in=[language for language, text in typed.items() if text]):
        first_before, _last = ending.closing_messages.get(row.language, (row.closing_message, ""))
        ending.closing_messages[row.language] = [first_before, typed[row.language]]
        put_closing_message(
            ending.campaign, row.language, typed[row.language], author, deed="words"
        )


def put_closing_message(
    campaign: Campaign, language: str, text: str, author: Author, *, deed: str
) -> None:
    """With both versions in the history, if it is another one."""
    row = campaign.words.get(language=language)
    before, row.closing_message = row.closing_message, text
    if text != before:
        row.save(update_fields=["closing_message"])
        campaign.changes.create(
            deed=deed,
            author=author.get_username(),
            note=language,
            thing=f"words:{language}",
            before={"closing_message": before},
            after={"closing_message": text},
        )


def keep_letters(ending: Ending) -> None:
    """A hold of our own where they are to be stopped, unless one stands already; and none where
    they are to go.
    """
    scope_key = scope_of(ending.campaign)
    has_hold = Hold.objects.filter(scope=Hold.Scope.CAMPAIGN, key=scope_key).exists()
    if ending.stops_letters and not has_hold:
        holds.place(Hold.Scope.CAMPAIGN, scope_key, reason=WHY_PAUSED, author=ending.author)
        ending.placed_hold = True
    elif ending.placed_hold and not ending.stops_letters:
        holds.lift(Hold.Scope.CAMPAIGN, scope_key)
        ending.placed_hold = False


def needs_hold(scope_key: str) -> bool:
    """Whether a hold keeps letters for the half hour, this end's own or an older one: it goes with
    an undo, or when the end is final.
    """
    endings = Ending.objects.filter(stops_letters=True).values_list("campaign", flat=True)
    return scope_key in {scope(campaign_id) for campaign_id in endings}


def scope_of(campaign: Campaign) -> str:
    return scope(campaign.pk)


def scope(campaign_id: int) -> str:
    """Under which its letters are sealed (actions.letters.envelopes)."""
    return f"campaign:{campaign_id}"
