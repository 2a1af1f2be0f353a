"""What somebody here decides once they have read it. When it is public is decided apart
(desk.publishing).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from actions.heroes import mail
from actions.models import Hero
from supporters import journal
from supporters.journal import Deed


@transaction.atomic
def accept(hero: Hero, *, author: str) -> None:
    """It may be public from now on; one that was public before it was changed is so again. Who it
    is about is told. Twice is once.
    """
    # A second press must not mail them a second time.
    if hero.accepted_at is None:
        hero.accepted_at, hero.declined_at, hero.declined_because = timezone.now(), None, ""
        _keep(hero)
        audit.record(author, "hero.accept", hero.slug)
        mail.tell(hero, "accepted")


@transaction.atomic
def decline(hero: Hero, why: str, *, author: str) -> None:
    """Hidden, and deleted after a while (actions.heroes.forgetting); who it is about is told, and
    may change it until then. `why` is a Hero.Why. Raises journal.CannotNote.
    """
    because = Hero.Why(why).value
    journal.note(Deed.HERO_TAKEN_DOWN, hero=hero.public_id, reason=because)
    hide(hero, because, timezone.now())
    audit.record(author, "hero.decline", hero.slug, why=hero.declined_because)
    mail.tell(hero, "taken_off" if hero.is_taken_off else "declined")


def note_unpublished(hero: Hero) -> None:
    """It is taken down, accepted as it is. Raises journal.CannotNote."""
    journal.note(Deed.HERO_TAKEN_DOWN, hero=hero.public_id)


def hide(hero: Hero, because: str, at: dt.datetime) -> None:
    """Declined at that time."""
    hero.accepted_at, hero.declined_at, hero.declined_because = None, at, because
    _keep(hero)


def _keep(hero: Hero) -> None:
    hero.save(update_fields=["accepted_at", "declined_at", "declined_because"])
