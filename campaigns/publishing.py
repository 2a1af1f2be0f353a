"""A campaign's life: draft, live, paused, closed, won, archived.

Checks first, then who and when.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from campaigns.bills import public
from campaigns.findings import Finding
from campaigns.models import Campaign, Ending, Schedule
from campaigns.preflight import preflight

__all__ = [
    "DEEDS",
    "Finding",
    "NotReady",
    "WrongState",
    "archive",
    "close",
    "go_back",
    "launch",
    "open_deeds",
    "pause",
    "preflight",
    "resume",
    "win",
]

State = Campaign.State
# Deed -> the states it starts from, and the one it leads to.
DEEDS: dict[str, tuple[tuple[str, ...], str]] = {
    "launch": ((State.DRAFT,), State.LIVE),
    "pause": ((State.LIVE,), State.PAUSED),
    "resume": ((State.PAUSED,), State.LIVE),
    "close": ((State.LIVE, State.PAUSED), State.CLOSED),
    "win": ((State.LIVE, State.PAUSED, State.CLOSED), State.WON),
    "archive": ((State.CLOSED, State.WON), State.ARCHIVED),
}


class Author(Protocol):
    """Who does it: somebody who works here, or the clock (actions.followup.schedule)."""

    @property
    def email(self) -> str: ...

    def get_username(self) -> str: ...


class WrongState(Exception):
    """This deed cannot be done to a campaign in its present state."""


class NotReady(Exception):
    """Something must be mended first; `findings` says what."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(finding.label for finding in findings))
        self.findings = findings


def open_deeds(campaign: Campaign) -> list[str]:
    """What may be done to it now."""
    found = [deed for deed, (before, _after) in DEEDS.items() if campaign.state in before]
    return [deed for deed in found if deed != "archive" or campaign.undoable is None]


@transaction.atomic
def launch(campaign: Campaign, author: Author, note: str = "") -> None:
    """Put a draft before the public.

    Raises NotReady with every blocking finding, WrongState when it is no draft.
    """
    lock(campaign, "launch")
    insist_on_preflight(campaign)
    campaign.launched_at = timezone.now()
    # By hand before its time: the clock has no start to bring any more.
    Schedule.objects.filter(campaign=campaign).update(opens_at=None, missed="")
    move(campaign, "launch", author, note)
    public.look_again(campaign.bill_links.values_list("bill", flat=True))


@transaction.atomic
def pause(campaign: Campaign, author: Author, note: str = "") -> None:
    """Take no more actions for now. The page stays up and says so."""
    lock(campaign, "pause")
    move(campaign, "pause", author, note)


@transaction.atomic
def resume(campaign: Campaign, author: Author, note: str = "") -> None:
    """Go on after a pause.

    The checks of the launch count here too: words and targets may have been changed meanwhile.
    """
    lock(campaign, "resume")
    insist_on_preflight(campaign)
    move(campaign, "resume", author, note)


@transaction.atomic
def close(campaign: Campaign, author: Author, note: str = "") -> None:
    """End it. Needs a closing message: people who acted want to know what came of it."""
    end(campaign, "close", author, note)


@transaction.atomic
def win(campaign: Campaign, author: Author, note: str = "") -> None:
    """End it with a win, or call a closed one won. Needs a closing message."""
    end(campaign, "win", author, note)


@transaction.atomic
def archive(campaign: Campaign, author: Author, note: str = "") -> None:
    """Put an ended campaign away. Its page stays, with the result and its successor."""
    lock(campaign, "archive")
    move(campaign, "archive", author, note)


def go_back(campaign: Campaign, ending: Ending, author: Author) -> None:
    """To what it was before it ended. Hold its lock (actions.followup.campaign_end.undo)."""
    campaign.state, campaign.closed_at = ending.was, ending.was_closed_at
    campaign.save(update_fields=["state", "closed_at"])
    note_deed(campaign, "undo", author, ending.deed)


def insist_on_preflight(campaign: Campaign) -> None:
    """Raise NotReady with every finding that stops a launch."""
    blocking = [finding for finding in preflight(campaign) if finding.blocking and not finding.ok]
    if blocking:
        raise NotReady(blocking)


def end(campaign: Campaign, deed: str, author: Author, note: str) -> None:
    """Close or win: what both ask for, and the time."""
    lock(campaign, deed)
    in_first_language = campaign.words.filter(language=settings.LANGUAGE_CODE)
    if not in_first_language.exclude(closing_message="").exists():
        label = _("Write a closing message: what came of it?")
        its_words = ("desk:campaign_words", (campaign.slug, settings.LANGUAGE_CODE))
        raise NotReady([Finding(False, True, label, *its_words)])
    # Called won later, it closed when it closed.
    campaign.closed_at = campaign.closed_at or timezone.now()
    Schedule.objects.filter(campaign=campaign).update(missed="")
    move(campaign, deed, author, note)


def lock(campaign: Campaign, deed: str) -> None:
    """Lock the row and read its state afresh, so that of two clicks at once the second meets
    WrongState.
    """
    fresh = Campaign.objects.select_for_update().get(pk=campaign.pk)
    # Into the caller's own object, which `move` saves: exactly these three.
    for name in ("state", "launched_at", "closed_at"):
        setattr(campaign, name, getattr(fresh, name))
    if deed == "archive" and fresh.undoable:
        raise WrongState(_("It ended a moment ago, and that can still be undone: wait for it."))
    before, _after = DEEDS[deed]
    if campaign.state not in before:
        refusal = _("A campaign that is “%(state)s” cannot do this.")
        raise WrongState(refusal % {"state": campaign.get_state_display()})


def move(campaign: Campaign, deed: str, author: Author, note: str) -> None:
    """The new state, a line of history for the console, and one in the audit log."""
    campaign.state = DEEDS[deed][1]
    campaign.save(update_fields=["state", "launched_at", "closed_at"])
    note_deed(campaign, deed, author, note)


def note_deed(campaign: Campaign, deed: str, author: Author, note: str) -> None:
    campaign.changes.create(deed=deed, author=author.email, note=note)
    audit.record(author.email, f"campaign.{deed}", campaign.slug, note=note)
