"""A long list leaves only when a second person says so, or, where nobody else may, a day later."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from desk.models import Export
from supporters import purposes

# Rows up to which one person is enough.
ALONE_UP_TO = 10_000
WAIT_ALONE = dt.timedelta(hours=24)
RIGHT = "export_supporters"


def is_needed(export: Export) -> bool:
    purpose = purposes.purpose(export.purpose_key)
    return export.rows_expected > ALONE_UP_TO or purpose.needs_second_person


def others(author: User) -> QuerySet[User]:
    """Who may approve what this person asked for: a demonstration account nothing but its like."""
    of_group = Q(groups__permissions__codename=RIGHT)
    # Asked of the database, since a group may be given the right tomorrow.
    holds = of_group | Q(user_permissions__codename=RIGHT) | Q(is_superuser=True)
    found = User.objects.filter(holds, is_active=True, is_demo=author.is_demo)
    return found.exclude(pk=author.pk).distinct()


def may_approve(export: Export, user: User) -> bool:
    return (
        export.state == Export.State.APPROVAL and others(export.author).filter(pk=user.pk).exists()
    )


def check(export: Export, user: User) -> None:
    """Raises PermissionDenied for whoever asked for it, or may take no list away."""
    if not others(export.author).filter(pk=user.pk).exists():
        raise PermissionDenied


def waits_until(export: Export) -> dt.datetime | None:
    """When it begins by itself; None where a second person has to say so."""
    # Looked at each time: somebody who joins meanwhile may say so, and nobody has to wait.
    if export.begun_at is None or others(export.author).exists():
        return None
    return export.begun_at + WAIT_ALONE


def waited_long_enough() -> list[Export]:
    """Those whose day is over, as long as nobody else may take lists away."""
    waiting = Export.objects.filter(state=Export.State.APPROVAL).select_related("author")
    now = timezone.now()
    return [each for each in waiting if (until := waits_until(each)) and until <= now]
