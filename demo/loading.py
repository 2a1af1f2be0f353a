"""Puts the demonstration into an empty installation."""

from __future__ import annotations

import random

from django.db import transaction

from accounts import audit
from accounts.models import AuditEntry
from actions import recount
from actions.models import Action, Ladder, Letter, Route, Submission
from campaigns.models import Brand, Campaign
from demo import colleagues, crowd, executives, history, publish, visits
from demo.heroes import heroes
from demo.impact import impact
from demo.publications import publications
from demo.sign_ons import sign_ons
from demo.stories import stories
from legislators import franklin
from legislators.analyze import count_for_the_planner
from legislators.models import Chamber, Seat
from supporters.models import Supporter

SEED = 20


class NotEmpty(Exception):
    """Somebody's own brand, campaigns or supporters are here already."""


def is_loaded() -> bool:
    """Also when somebody has made its brand their own already."""
    return (
        Campaign.objects.filter(is_demo=True).exists()
        or Brand.objects.filter(is_demo=True).exists()
    )


def is_wanted() -> bool:
    """Whether nobody has ever used this installation.

    One from which the demonstration was removed does not get it back by itself.
    """
    return not (Brand.objects.exists() or Campaign.objects.exists() or AuditEntry.objects.exists())


@transaction.atomic
def load() -> bool:
    """All of it or nothing; False when it is here already.

    Raises NotEmpty beside anything of one's own.

    The same people and numbers each time; their days are counted back from today.
    """
    if is_loaded():
        return False
    if Brand.objects.exists() or Campaign.objects.exists() or Supporter.objects.exists():
        raise NotEmpty
    franklin.build()
    executives.offices()
    organizer = colleagues.make()
    publish.organization()
    asks = publish.campaigns(author=organizer)
    publications()
    stories()
    impact(organizer)
    dice = random.Random(SEED)  # noqa: S311 (the same every time, which is the point)
    history.make(asks, crowd.gather(dice), dice)
    # After everybody who acted: representatives are people too, and are not of that crowd.
    sign_ons()
    # They have signed nothing: the history would have no day for them.
    heroes()
    one_office_takes_paper()
    count_for_the_planner(Supporter, Submission, Action, Letter)
    # Now and not with the next window: the first page that somebody opens shows numbers.
    recount.recount(everything=True)
    visits.make(asks, dice)
    audit.record("take-action", "demonstration loaded", "everything")
    return True


def one_office_takes_paper() -> None:
    """From now on, so that printing can be practised; nobody ever printed the letters of the
    past.
    """
    seat = Seat.objects.get(is_demo=True, chamber=Chamber.US_SENATE, position=1)
    note = "This office reads what comes on paper. Made up, to practise printing."
    Ladder.objects.create(
        chamber=seat.chamber, seat=seat, routes=[Route.PAPER, Route.ASSISTED, Route.CALL], note=note
    )
