"""After a restore: what tellers took back since, and reviewers took down, is so again
(actions.replaying).
"""

from __future__ import annotations

import datetime as dt

from actions.models import Story, StoryConsent
from actions.replaying import Became
from actions.stories.changing import NAMED, UNTIL, keep
from actions.stories.taking_back import withdraw
from actions.stories.wording import BOXES
from supporters.journal import Line

AUTHOR = "replay"


def withdrawn(line: Line) -> Became:
    story = Story.objects.filter(public_id=line.id("story")).first()
    # Its row would be deleted: where there is none, that is what was wanted.
    if story is None:
        return Became.STANDS
    withdraw(story, by=AUTHOR)
    return Became.DONE


def allowed_less(line: Line) -> Became:
    """One purpose, a name, or an end, unless its teller said something newer since."""
    story = Story.objects.filter(public_id=line.id("story")).first()
    if story is None:
        return Became.UNKNOWN
    what = line.facts["purpose"]
    if what.startswith(NAMED):
        return done(story, named=what.removeprefix(NAMED))
    if what.startswith(UNTIL):
        day = dt.datetime.strptime(what.removeprefix(UNTIL), "%Y%m%d").date()  # noqa: DTZ007
        # Never longer than it stands: they may have ended it earlier since.
        return done(story, until=min(day, story.until))
    said = StoryConsent.objects.filter(story=story, purpose=what)
    if said.filter(granted=True, at__gt=line.at).exists():
        return Became.NEWER
    column = next(name for name, purpose in BOXES.items() if purpose == what)
    if getattr(story, column):
        StoryConsent.objects.create(story=story, purpose=what, granted=False, channel=AUTHOR)
    return done(story, **{column: False})


def taken_down(line: Line) -> Became:
    """Refused, which the line says why; or shown no more until two have looked anew."""
    story = Story.objects.filter(public_id=line.id("story")).first()
    if story is None:
        return Became.UNKNOWN
    is_approved, because = story.state == Story.State.APPROVED, line.facts.get("reason", "")
    if story.state == Story.State.REFUSED or not (because or is_approved):
        return Became.STANDS
    if is_approved and story.decided_at and story.decided_at > line.at:
        return Became.NEWER
    if because:
        # Thirty days from when it was refused.
        decided = {"refused_because": because, "decided_at": line.at}
        return done(story, state=Story.State.REFUSED, proposed={}, **decided)
    waits = {"first_by": None, "second_by": None, "decided_at": None}
    return done(story, state=Story.State.WAITING, **waits)


def done(story: Story, **values: object) -> Became:
    if all(getattr(story, name) == value for name, value in values.items()):
        return Became.STANDS
    keep(story, **values)
    return Became.DONE
