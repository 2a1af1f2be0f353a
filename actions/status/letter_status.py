"""What a writer reads about one letter: a word, a sentence and a shape, none of which claims more
than the evidence.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from actions.letters.congress import wants_street
from actions.letters.fates import will_wait_for
from actions.letters.text import is_young
from actions.models import Action, Letter, Route
from actions.status import ended, on_its_way
from actions.status.evidence import has_ended
from actions.status.wording import LetterStatus
from campaigns.models import Ending
from legislators.lookup import Place
from worker.models import Delivery, State


def letter_status(
    action: Action,
    letter: Letter,
    place: Place,
    *,
    is_paused: bool = False,
    ending: Ending | None = None,
) -> LetterStatus:
    """`place`: whoever sits there today. `is_paused`: a Hold keeps its delivery back; `ending`:
    because its campaign ended, which may still be undone. Wants `delivery` and its attempts loaded.
    """
    # The first that is true is what its writer reads: who it is up to, before what became of it.
    delivery = letter.delivery
    if letter.route == Route.NONE:
        return no_holder(letter)
    if letter.reported_at and (delivery is None or has_ended(delivery)):
        return by_their_word(letter)
    if action.state == Action.State.WITHDRAWN and (
        delivery is None or delivery.state == State.CANCELLED
    ):
        return LetterStatus(_("Withdrawn"), _("You took it back before it left."), "waiting")
    if letter.route in Letter.BY_HAND and (delivery is None or delivery.state == State.CANCELLED):
        return needs_writer(action, letter)
    if delivery is None:
        return LetterStatus(_("On its way"), _("It is in line and leaves soon."), "waiting")
    # It stands in line, and the last look will keep it.
    if delivery.state == State.QUEUED and (reason := will_wait_for(letter, place)):
        return on_its_way.kept_for(reason)
    return status_of_delivery(action, delivery, is_paused=is_paused, ending=ending)


def status_of_delivery(
    action: Action, delivery: Delivery, *, is_paused: bool, ending: Ending | None
) -> LetterStatus:
    """Where it is ours to bring: by the state of its delivery."""
    match State(delivery.state):
        case State.WAITING:
            return on_its_way.waiting(action, delivery)
        case State.QUEUED:
            return on_its_way.in_line(delivery, is_paused=is_paused, ending=ending)
        case State.CLAIMED | State.DATA:
            return on_its_way.leaving(delivery)
        case State.SENT:
            return ended.sent(delivery)
        case State.FAILED:
            return ended.failed(delivery)
        case State.UNCERTAIN:
            return ended.uncertain(delivery)
        case State.CANCELLED:
            return ended.cancelled(action, delivery)


def no_holder(letter: Letter) -> LetterStatus:
    """There was nobody to write to, or nobody knows yet who that is."""
    if letter.awaits_roster_since:
        return on_its_way.for_a_roster()
    return LetterStatus(
        _("Nobody to write to"),
        _("We knew of nobody in this seat when you wrote, so nothing was sent there."),
        "waiting",
    )


def by_their_word(letter: Letter) -> LetterStatus:
    """Its writer says that they sent it."""
    if letter.reported_as == Letter.Report.MAILED:
        return LetterStatus(
            _("Mailed by you"),
            _("You told us that you put it in the mail yourself. We count that as your word."),
            "done",
        )
    return LetterStatus(
        _("Sent by you"),
        _("You told us that you sent it yourself. We count that as your word."),
        "done",
    )


def needs_writer(action: Action, letter: Letter) -> LetterStatus:
    """Only they can bring it there."""
    if is_young(action) and wants_street(letter.seat):
        kept = _(
            "This office asks every writer for a street, and we send nobody’s who is under 18."
            " Here is your text, and the way to their door: talk with a grown-up you trust before"
            " you type where you live."
        )
        return LetterStatus(_("Needs you"), kept, "you")
    if letter.bad_address:
        gone = _(
            "The address that we had for this office takes no mail. Here is your text, and other"
            " ways to their door."
        )
        return LetterStatus(_("Needs you"), gone, "you")
    if letter.route == Route.CALL:
        return LetterStatus(
            _("Needs you"),
            _("This office takes no letters from us. Here are its numbers, and what to say."),
            "you",
        )
    return LetterStatus(
        _("Needs you"),
        _("This office takes no letters from us. Here is your text, and the way to their door."),
        "you",
    )
