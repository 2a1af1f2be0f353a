"""A letter that left, failed or was stopped: in words that claim no more than the evidence."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.followup.recheck import ENDED
from actions.models import Action
from actions.status.evidence import (
    BOUNCES_WITHIN,
    OURSELVES,
    THE_WRITER,
    came_back,
    ended_silently,
    is_late,
    is_senate,
    last_attempt,
    proved_later,
    ran_out,
)
from actions.status.wording import LetterStatus
from worker.models import PAPER, Delivery

ON_PAPER = (PAPER, "lob")


def sent(delivery: Delivery) -> LetterStatus:
    """An office, or whoever carries letters to it, took it over: never more than that."""
    # Before all others: whatever its channel, no office got it.
    if delivery.rehearsal:
        return rehearsed(delivery)
    if delivery.channel in ON_PAPER:
        return mailed(delivery)
    if proved_later(delivery) or ended_silently(delivery):
        return out_of_doubt(delivery)
    if delivery.channel == "cwc":
        return taken_by_congress(delivery)
    return taken_by_mail_server(delivery)


def mailed(delivery: Delivery) -> LetterStatus:
    if delivery.channel == PAPER:
        return LetterStatus(
            _("Mailed"),
            _("A person here printed it and put it in the mail. We can't see when it arrives."),
            "done",
        )
    return LetterStatus(
        _("Handed to the printers"),
        _("A printing service took it over, to print and mail it. We can't see who reads it."),
        "done",
    )


def out_of_doubt(delivery: Delivery) -> LetterStatus:
    if proved_later(delivery):
        return LetterStatus(
            _("Accepted"),
            _("It was in doubt. What we heard since shows that it left for the office."),
            "done",
        )
    return LetterStatus(
        _("Accepted"),
        _("It was in doubt. A person here looked into it and found that it arrived."),
        "done",
    )


def taken_by_congress(delivery: Delivery) -> LetterStatus:
    # Whole sentences, not one with a gap for the chamber: a translation bends the words around it.
    by_senate = _(
        "The Senate’s own message system took it for this office. We can't see whether anyone"
        " read it."
    )
    by_house = _(
        "The House’s own message system took it for this office. We can't see whether anyone"
        " read it."
    )
    return LetterStatus(_("Accepted"), by_senate if is_senate(delivery) else by_house, "done")


def taken_by_mail_server(delivery: Delivery) -> LetterStatus:
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
    if delivery.channel in ON_PAPER:
        return LetterStatus(
            _("Rehearsed"), _("Practice mode: nothing was put in the mail."), "done"
        )
    return LetterStatus(
        _("Rehearsed"),
        _("Practice mode: it went to this machine's own mail catcher and to nobody else."),
        "done",
    )


def failed(delivery: Delivery) -> LetterStatus:
    """Nobody took it, or it came back: each sentence ends in what its writer can still do."""
    word, what_happened = failure(delivery)
    another_way = _("You can still call, or use their own form.")
    return LetterStatus(word, f"{what_happened} {another_way}", "trouble")


def failure(delivery: Delivery) -> tuple[str, str]:
    # First: it was taken once, so none of the sentences about a refusal would be true.
    if came_back(delivery):
        return _("Bounced"), _("The office's mail server accepted it, and later it came back.")
    if ran_out(delivery):
        return _("Not accepted"), _("We tried for three days, and nobody took it.")
    if ended_silently(delivery):
        return _("Not accepted"), _("We could not hand it over.")
    if delivery.channel == "cwc":
        by_senate = _("The Senate’s message system refused it.")
        by_house = _("The House’s message system refused it.")
        return _("Not accepted"), by_senate if is_senate(delivery) else by_house
    if delivery.channel in ON_PAPER:
        return _("Not mailed"), _("The printed letter could not be mailed.")
    return _("Not accepted"), _("The office's mail server refused it.")


def uncertain(delivery: Delivery) -> LetterStatus:
    """It may have arrived. It is not sent twice."""
    doubt = _(
        "The line broke while we handed it over. We don't send it twice; a person is finding out."
    )
    if is_late(delivery):
        doubt = _(
            "The line broke while we handed it over, and nobody could find out whether it arrived."
            " To be sure, call the office."
        )
    return LetterStatus(_("Not sure"), doubt, "trouble")


def cancelled(action: Action, delivery: Delivery) -> LetterStatus:
    """Stopped before it left: by nobody's answer, by us, by its writer or by a person here."""
    last = last_attempt(delivery)
    if action.state == Action.State.QUARANTINED and action.confirmed_at:
        return LetterStatus(
            _("Set aside for a look"),
            _("A person here looks at it first. It leaves when they have found it fair."),
            "waiting",
        )
    if action.state in (Action.State.PENDING, Action.State.QUARANTINED):
        return LetterStatus(
            _("Not sent"), _("It was not confirmed in time, so it did not leave."), "waiting"
        )
    if last and (last.author == OURSELVES or last.answer.endswith(ENDED)):
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
