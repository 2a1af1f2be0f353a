"""What is done again after a restore, of pages that their persons changed or that people here took
down. One that was taken back is hidden as its consent ends once more.
"""

from __future__ import annotations

from accounts.models import AuditEntry
from actions.heroes import reading
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


def taken_down(line: Line) -> Became:
    """Declined, which the line says why, or no longer published."""
    hero = Hero.objects.filter(public_id=line.id("hero")).first()
    if hero is None:
        return Became.UNKNOWN
    because = line.facts.get("reason", "")
    if hero.declined_at if because else hero.unpublished_at:
        return Became.STANDS
    # Read anew since, or sent anew and hidden until it is.
    if hero.sent_at > line.at or (hero.accepted_at and hero.accepted_at > line.at):
        return Became.NEWER
    if because:
        reading.hide(hero, because, line.at)
        return Became.DONE
    if _published_since(hero, line):
        return Became.NEWER
    hero.unpublished_at = line.at
    hero.save(update_fields=["unpublished_at"])
    return Became.DONE


def _published_since(hero: Hero, line: Line) -> bool:
    """Its day stays whenever it was there again, so that only the log knows."""
    again = AuditEntry.objects.filter(deed="hero.publish", subject=hero.slug)
    return again.filter(at__gt=line.at).exists()
