"""How one letter stands: a word, a sentence and a shape, none of which claims more than the
evidence.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from actions.models import Action, Letter, Route
from worker.engine.office_hours import OfficeHours
from worker.inbound.record import BOUNCE, PROOF
from worker.models import PAPER, Attempt, Delivery, State, WaitsFor

# After this long without a bounce the words change; never to "delivered".
BOUNCES_WITHIN = dt.timedelta(hours=48)
# A letter that waits for a person longer than this is late; and one in doubt, that nobody could
# settle.
REVIEWED_WITHIN = dt.timedelta(hours=24)
SETTLED_WITHIN = dt.timedelta(hours=72)
SOON = dt.timedelta(minutes=5)
# Who stopped a letter when no person did.
OURSELVES, THE_WRITER = "take-action", "supporter"


class LetterStatus(NamedTuple):
    """`shape` is "done", "waiting", "trouble" or "you": never told by colour alone."""

    word: str
    sentence: str
    shape: str


def letter_status(action: Action, letter: Letter, *, is_paused: bool = False) -> LetterStatus:
    """`is_paused`: a hold keeps its delivery back. Wants `delivery` and its attempts loaded."""
    delivery = letter.delivery
    if letter.route == Route.NONE:
        return nobody_there(letter)
    if letter.reported_at and (delivery is None or has_ended(delivery)):
        return by_their_word(letter)
    if action.state == Action.State.WITHDRAWN and (
        delivery is None or delivery.state == State.CANCELLED
    ):
        return LetterStatus(_("Withdrawn"), _("You took it back before it left."), "waiting")
    if letter.route in Letter.BY_HAND and (delivery is None or delivery.state == State.CANCELLED):
        return by_hand(letter)
    if delivery is None:
        return LetterStatus(_("On its way"), _("It is in line and leaves soon."), "waiting")
    return STATES[State(delivery.state)](action, delivery, is_paused)


def has_ended(delivery: Delivery) -> bool:
    """We bring it there no more."""
    return delivery.state in (State.FAILED, State.CANCELLED)


def is_late(delivery: Delivery) -> bool:
    """It waits for a person, and too long for its writer to go on waiting."""
    if delivery.state == State.WAITING and delivery.waits_for:
        return any(line.at < timezone.now() - REVIEWED_WITHIN for line in lines_of(delivery)[-1:])
    if delivery.state == State.CLAIMED and delivery.channel == PAPER:
        return delivery.expires_at < timezone.now()
    return delivery.state == State.UNCERTAIN and bool(
        delivery.settled_at and delivery.settled_at < timezone.now() - SETTLED_WITHIN
    )


def nobody_there(letter: Letter) -> LetterStatus:
    return LetterStatus(
        _("Nobody to write to"),
        _("We knew of nobody in this seat when you wrote, so nothing was sent there."),
        "waiting",
    )


def by_their_word(letter: Letter) -> LetterStatus:
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


def by_hand(letter: Letter) -> LetterStatus:
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


def waiting(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    if delivery.waits_for == WaitsFor.REVIEW:
        changed = _(
            "Something about this office has changed since you wrote. A person here looks at your"
            " letter before it leaves."
        )
        return LetterStatus(_("Being looked at"), changed, "waiting")
    if delivery.waits_for == WaitsFor.ADDRESS:
        dead = _(
            "This office's address takes no mail any more. A person here is looking for one that"
            " does."
        )
        return LetterStatus(_("Being looked at"), dead, "waiting")
    if action.state == Action.State.QUARANTINED:
        return LetterStatus(
            _("Held for a look"),
            _("A person here looks at it first. It leaves when they have found it fair."),
            "waiting",
        )
    return LetterStatus(
        _("Waiting for you"),
        _("It leaves when you press the button in the mail that we sent you."),
        "you",
    )


def queued(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    if is_paused:
        return LetterStatus(
            _("On hold"),
            _(
                "We have stopped letters here for now. Yours keeps its place, and leaves when they"
                " go again."
            ),
            "waiting",
        )
    if not (delivery.rehearsal or settings.DELIVERY_ENABLED):
        return LetterStatus(
            _("On hold"),
            _("This site sends no letters just now. Yours keeps its place in line."),
            "waiting",
        )
    if delivery.channel == "paper" and delivery.rehearsal:
        return LetterStatus(
            _("To be printed"),
            _("Practice mode: it is printed with the next practice letters, and not mailed."),
            "waiting",
        )
    if delivery.channel == "paper":
        return LetterStatus(
            _("To be printed"),
            _("It goes as a printed letter, with the next ones that we print and mail."),
            "waiting",
        )
    if delivery.attempts_made:
        again = _(
            "It could not be handed over yet. We try again %(when)s, for three days in all, and"
            " write to you if it fails."
        )
        return LetterStatus(
            _("Not yet"), again % {"when": spoken(delivery.due_at, zone_of(delivery))}, "waiting"
        )
    if delivery.due_at > timezone.now() + SOON:
        return LetterStatus(_("In line"), when_it_leaves(delivery), "waiting")
    return LetterStatus(_("On its way"), _("It is in line and leaves soon."), "waiting")


def leaving(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    if delivery.channel == "paper" and delivery.rehearsal:
        return LetterStatus(
            _("Being printed"),
            _("Practice mode: it is among the letters that are being printed, and is not mailed."),
            "waiting",
        )
    if delivery.channel == "paper":
        return LetterStatus(
            _("Being printed"),
            _(
                "It is among the letters that are being printed. This page says so when it is"
                " mailed."
            ),
            "waiting",
        )
    return LetterStatus(_("On its way"), _("It is being handed over now."), "waiting")


def when_it_leaves(delivery: Delivery) -> str:
    """By the clock on the office's own wall (worker.engine.office_hours)."""
    hours = OfficeHours.parse(delivery.hours) if delivery.hours else None
    when = {"when": spoken(delivery.due_at, zone_of(delivery))}
    if hours and hours.first_open(timezone.now()) > timezone.now():
        return _("The office is closed now. It leaves %(when)s.") % when
    return (
        _(
            "It leaves %(when)s: an office gets its letters one after the other, in the hours in"
            " which it works."
        )
        % when
    )


def sent(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    if delivery.rehearsal:
        return rehearsed(delivery)
    if delivery.channel == "paper":
        return LetterStatus(
            _("Mailed"),
            _("A person here printed it and put it in the mail. We can't see when it arrives."),
            "done",
        )
    if delivery.channel == "lob":
        return LetterStatus(
            _("Handed to the printers"),
            _("A printing service took it over, to print and mail it. We can't see who reads it."),
            "done",
        )
    if proved_later(delivery):
        return LetterStatus(
            _("Accepted"),
            _("It was in doubt. What we heard since shows that it left for the office."),
            "done",
        )
    if ended_silently(delivery):
        return LetterStatus(
            _("Accepted"),
            _("It was in doubt. A person here looked into it and found that it arrived."),
            "done",
        )
    if delivery.channel == "cwc":
        by_senate = _(
            "The Senate’s own message system took it for this office. We can't see whether anyone"
            " read it."
        )
        by_house = _(
            "The House’s own message system took it for this office. We can't see whether anyone"
            " read it."
        )
        return LetterStatus(_("Accepted"), by_senate if is_senate(delivery) else by_house, "done")
    if delivery.settled_at and timezone.now() - delivery.settled_at > BOUNCES_WITHIN:
        quiet = _(
            "The office's mail server accepted it and did not send it back. We can't see whether"
            " anyone read it."
        )
        return LetterStatus(_("Accepted, no bounce"), quiet, "done")
    return LetterStatus(
        _("Accepted"),
        _("The office's mail server accepted it. We can't see whether anyone read it."),
        "done",
    )


def rehearsed(delivery: Delivery) -> LetterStatus:
    if delivery.channel in ("paper", "lob"):
        return LetterStatus(
            _("Rehearsed"), _("Practice mode: nothing was put in the mail."), "done"
        )
    return LetterStatus(
        _("Rehearsed"),
        _("Practice mode: it went to this machine's own mail catcher and to nobody else."),
        "done",
    )


def failed(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    another_way = _("You can still call, or use their own form.")
    if came_back(delivery):
        return LetterStatus(
            _("Bounced"),
            " ".join(
                [_("The office's mail server accepted it, and later it came back."), another_way]
            ),
            "trouble",
        )
    if ran_out(delivery):
        return LetterStatus(
            _("Not accepted"),
            " ".join([_("We tried for three days, and nobody took it."), another_way]),
            "trouble",
        )
    if ended_silently(delivery):
        return LetterStatus(
            _("Not accepted"), " ".join([_("We could not hand it over."), another_way]), "trouble"
        )
    if delivery.channel == "cwc":
        who = (
            _("The Senate’s message system refused it.")
            if is_senate(delivery)
            else _("The House’s message system refused it.")
        )
        return LetterStatus(_("Not accepted"), f"{who} {another_way}", "trouble")
    if delivery.channel in ("paper", "lob"):
        return LetterStatus(
            _("Not mailed"),
            " ".join([_("The printed letter could not be mailed."), another_way]),
            "trouble",
        )
    return LetterStatus(
        _("Not accepted"),
        " ".join([_("The office's mail server refused it."), another_way]),
        "trouble",
    )


def uncertain(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    doubt = _(
        "The line broke while we handed it over. We don't send it twice; a person is finding out."
    )
    if is_late(delivery):
        doubt = _(
            "The line broke while we handed it over, and nobody could find out whether it arrived."
            " To be sure, call the office."
        )
    return LetterStatus(_("Not sure"), doubt, "trouble")


def cancelled(action: Action, delivery: Delivery, is_paused: bool) -> LetterStatus:
    last = next(iter(lines_of(delivery)[-1:]), None)
    if action.state in (Action.State.PENDING, Action.State.QUARANTINED):
        return LetterStatus(
            _("Not sent"), _("It was not confirmed in time, so it did not leave."), "waiting"
        )
    if last and last.author == OURSELVES:
        return LetterStatus(
            _("Not sent"),
            _("The campaign ended before it left. You can still bring it there yourself."),
            "trouble",
        )
    if last and last.author == THE_WRITER:
        return LetterStatus(
            _("Not sent"),
            _(
                "We stopped it when you told us that you had sent it yourself. You can still bring"
                " it there."
            ),
            "trouble",
        )
    return LetterStatus(
        _("Not sent"),
        _("A person here stopped it before it left. You can still bring it there yourself."),
        "trouble",
    )


STATES = {
    State.WAITING: waiting,
    State.QUEUED: queued,
    State.CLAIMED: leaving,
    State.DATA: leaving,
    State.SENT: sent,
    State.FAILED: failed,
    State.UNCERTAIN: uncertain,
    State.CANCELLED: cancelled,
}


def lines_of(delivery: Delivery) -> list[Attempt]:
    return list(delivery.attempts.all())


def ended_silently(delivery: Delivery) -> bool:
    """No peer said the last word: a person did, or the time ran out."""
    lines = lines_of(delivery)
    return bool(lines and lines[-1].state == delivery.state and lines[-1].code is None)


def came_back(delivery: Delivery) -> bool:
    lines = lines_of(delivery)
    return (
        delivery.channel == "email"
        and bool(lines)
        and (lines[-1].author == BOUNCE or any(line.state == State.SENT for line in lines))
    )


def proved_later(delivery: Delivery) -> bool:
    lines = lines_of(delivery)
    return bool(lines) and lines[-1].author == PROOF and delivery.state == State.SENT


def ran_out(delivery: Delivery) -> bool:
    """The last peer to speak said "not now", or nobody spoke, until the time was over."""
    last = next(iter(lines_of(delivery)[-1:]), None)
    if last is None or last.state != State.FAILED:
        return False
    if last.code is None:
        return last.author == "sweep" and delivery.attempts_made > 0 and not delivery.crashes
    return 400 <= last.code < 500 if delivery.channel == "email" else last.code in (408, 429, 503)


def is_senate(delivery: Delivery) -> bool:
    return delivery.recipient.startswith("S")


def zone_of(delivery: Delivery) -> dt.tzinfo | None:
    return OfficeHours.parse(delivery.hours).zone if delivery.hours else None


def spoken(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """A time as people say it, there or by the clock of this site: "on Monday, Nov.

    23, at 8 a.m. (EST)".
    """
    there = timezone.localtime(at, zone)
    day = formats.date_format(there, _("l, N j"))
    return _("on %(day)s, at %(time)s (%(zone)s)") % {
        "day": day,
        "time": formats.date_format(there, "TIME_FORMAT"),
        "zone": there.tzname(),
    }


def evidence(delivery: Delivery | None) -> str:
    """The peer's own words at the last step, if a peer spoke."""
    spoke = (
        [
            line.answer
            for line in lines_of(delivery)
            if line.answer and (line.code or line.author == BOUNCE)
        ]
        if delivery
        else []
    )
    return spoke[-1] if spoke else ""
