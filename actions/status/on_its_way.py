"""A letter that has not left yet, or is leaving: what it waits for, and until when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.models import Action
from actions.status.wording import (
    LetterStatus,
    half_hour_in_words,
    time_in_words,
    zone_of,
)
from campaigns.models import Ending
from worker.engine.office_hours import OfficeHours
from worker.models import PAPER, Delivery, WaitsFor

SOON = dt.timedelta(minutes=5)


def waiting(action: Action, delivery: Delivery) -> LetterStatus:
    """For its writer, or for a person here."""
    if delivery.waits_for == WaitsFor.REVIEW:
        changed = _(
            "Something about this office has changed since you wrote. A person here looks at your"
            " letter before it leaves."
        )
        return LetterStatus(_("Being looked at"), changed, "waiting")
    if delivery.waits_for in (WaitsFor.ROSTER, WaitsFor.APPROVAL):
        return kept_for(delivery.waits_for)
    if delivery.waits_for == WaitsFor.ADDRESS:
        dead = _(
            "This office's address takes no mail any more. A person here is looking for one that"
            " does."
        )
        return LetterStatus(_("Being looked at"), dead, "waiting")
    if action.state == Action.State.QUARANTINED:
        return LetterStatus(
            _("Set aside for a look"),
            _("A person here looks at it first. It leaves when they have found it fair."),
            "waiting",
        )
    return LetterStatus(
        _("Waiting for you"),
        _("It leaves when you press the button in the mail that we sent you."),
        "you",
    )


def kept_for(reason: str) -> LetterStatus:
    """`reason`: WaitsFor.ROSTER or WaitsFor.APPROVAL."""
    if reason == WaitsFor.ROSTER:
        return for_a_roster()
    new = _(
        "This office has a new address. A second person here looks at it before your letter goes"
        " there."
    )
    return LetterStatus(_("Being looked at"), new, "waiting")


def for_a_roster() -> LetterStatus:
    """A new term of its seat has begun."""
    return LetterStatus(
        _("Waiting to know who sits there"),
        _(
            "A new term has begun and this seat may have changed hands. Your letter waits, for two"
            " weeks at most, until we know who sits there; then it goes, or a person here looks at"
            " it."
        ),
        "waiting",
    )


def in_line(delivery: Delivery, *, is_paused: bool, ending: Ending | None = None) -> LetterStatus:
    """Nobody has tried yet, or a try is to come. `is_paused`: a Hold keeps it back; `ending`: since
    its campaign ended, which may still be undone.
    """
    if is_paused and ending and ending.stops_letters:
        return after_the_end(ending)
    if is_paused:
        return LetterStatus(
            _("Paused"),
            _(
                "We have stopped letters here for now. Yours keeps its place, and leaves when they"
                " go again."
            ),
            "waiting",
        )
    # Sealed to be sent, and delivery was switched off since; practice letters go on meanwhile.
    if not (delivery.rehearsal or settings.DELIVERY_ENABLED):
        return LetterStatus(
            _("Paused"),
            _("This site sends no letters just now. Yours keeps its place in line."),
            "waiting",
        )
    if delivery.channel == PAPER:
        return to_be_printed(delivery)
    if delivery.attempts_made:
        not_yet = _(
            "It could not be handed over yet. We try again %(when)s, for three days in all, and"
            " write to you if it fails."
        )
        when = time_in_words(delivery.due_at, zone_of(delivery))
        return LetterStatus(_("Not yet"), not_yet % {"when": when}, "waiting")
    if delivery.due_at > timezone.now() + SOON:
        return LetterStatus(_("In line"), when_it_leaves(delivery), "waiting")
    return LetterStatus(_("On its way"), _("It is in line and leaves soon."), "waiting")


def after_the_end(ending: Ending) -> LetterStatus:
    """For half an hour nobody knows whether the end stands."""
    ended = _(
        "The campaign ended %(ended)s, before your letter left. It waits here until %(due)s: if"
        " the end stands it is not sent, and this page has its text for you to bring there"
        " yourself."
    )
    return LetterStatus(_("Paused"), ended % half_hour_in_words(ending), "waiting")


def to_be_printed(delivery: Delivery) -> LetterStatus:
    if delivery.rehearsal:
        return LetterStatus(
            _("To be printed"),
            _("Practice mode: it is printed with the next practice letters, and not mailed."),
            "waiting",
        )
    return LetterStatus(
        _("To be printed"),
        _("It goes as a printed letter, with the next ones that we print and mail."),
        "waiting",
    )


def leaving(delivery: Delivery) -> LetterStatus:
    """It is being handed over, or printed."""
    if delivery.channel == PAPER and delivery.rehearsal:
        return LetterStatus(
            _("Being printed"),
            _("Practice mode: it is among the letters that are being printed, and is not mailed."),
            "waiting",
        )
    if delivery.channel == PAPER:
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
    when = {"when": time_in_words(delivery.due_at, zone_of(delivery))}
    # Not due may also mean that others to this office go first.
    if hours and hours.first_open(timezone.now()) > timezone.now():
        return _("The office is closed now. It leaves %(when)s.") % when
    return (
        _(
            "It leaves %(when)s: an office gets its letters one after the other, in the hours in"
            " which it works."
        )
        % when
    )
