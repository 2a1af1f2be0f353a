"""What is not kept, in the settings' days: what no mailbox confirmed (UNCONFIRMED_KEPT_DAYS), what
was declined (REFUSED_KEPT_DAYS), what nobody here read in time (QUARANTINED_KEPT_DAYS). And whose
yes has ended elsewhere: hidden since then.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actions.erasing import How
from actions.heroes import mail
from actions.heroes.telling import withdraw
from actions.models import Hero

AUTHOR = "take-action"


def forget_old() -> int:
    """Nightly; may run twice, and at once. How many. Raises journal.CannotNote."""
    forgotten = 0
    made = Hero.objects.filter(is_demo=False)
    answered = made.exclude(confirmed_at=None)
    unread = answered.filter(accepted_at=None, declined_at=None)
    for hero in unread.filter(sent_at__lt=_before(settings.QUARANTINED_KEPT_DAYS)):
        # Before it goes: afterwards nobody knows to whom.
        mail.tell(hero, "unread")
        forgotten += _forget(hero)
    unconfirmed = made.filter(confirmed_at=None)
    old = unconfirmed.filter(sent_at__lt=_before(settings.UNCONFIRMED_KEPT_DAYS))
    declined = answered.filter(declined_at__lt=_before(settings.REFUSED_KEPT_DAYS))
    ended = answered.exclude(pk__in=answered.allowed().values("pk"))
    for found in (old, declined, ended):
        forgotten += sum(map(_forget, found))
    return forgotten


@transaction.atomic
def _forget(hero: Hero) -> int:
    """0 where somebody was faster."""
    locked = Hero.objects.select_for_update(of=("self",)).filter(pk=hero.pk).first()
    if locked is None:
        return 0
    withdraw(locked, author=AUTHOR, how=How.RETENTION)
    return 1


def _before(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)
