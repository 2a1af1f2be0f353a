"""What is done again after a restore, of pages that their persons changed. One that was taken back
is hidden as its consent ends once more.
"""

from __future__ import annotations

from actions.heroes.telling import hide
from actions.models import Hero
from actions.replaying import Became
from supporters.journal import Line


def changed(line: Line) -> Became:
    """What stood there before is hidden until somebody here has read it again
    (settings.REPLAYED_BY).
    """
    hero = Hero.objects.filter(public_id=line.id("hero")).first()
    if hero is None:
        return Became.UNKNOWN
    if hero.sent_at > line.at:
        return Became.NEWER
    hide(hero)
    return Became.DONE
