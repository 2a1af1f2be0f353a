"""Roles are groups; who may give which, and to whom.

Nobody gives a right that they do not have, and nobody changes an account that may do more than
theirs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User

ADMINISTRATOR = "administrator"
# In the order of the forms that give them.
ABOUT: dict[str, Any] = {
    ADMINISTRATOR: _("Everything here, and who works here."),
    "organizer": _("Makes, launches and watches campaigns."),
    "staff": _("Sees supporters, and looks after letters on their way. Takes no lists away."),
    "officials": _("Says who holds an office and how it is reached."),
    "exporter": _("Takes lists of supporters away. Given beside another role."),
    "story reviewer": _("Reads and reviews what people who were harmed tell us."),
    "partner": _("For another organization: its own campaigns' numbers and its own opt-ins."),
    "read-only": _("Sees campaigns and their numbers, and changes nothing."),
}


def roles_of(user: User) -> list[str]:
    """In the order of ABOUT; a group that somebody made by hand comes last."""
    order = list(ABOUT)
    names = {group.name for group in user.groups.all()}
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def rights_of(roles: Collection[str]) -> set[str]:
    """What these roles together allow, as Django names it ("accounts.see_supporters")."""
    found = Permission.objects.filter(group__name__in=roles).select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in found}


def may_give(author: User, roles: Collection[str]) -> bool:
    """Whether each of their rights is the author's too."""
    return rights_of(roles) <= author.get_all_permissions()


def may_change(author: User, other: User) -> bool:
    """Whether this account may do nothing that the author may not. One of the demonstration, which
    anybody opens, touches no other kind.
    """
    if author.is_demo and not other.is_demo:
        return False
    # An inactive account has no rights: what it would have again is what counts.
    rights = rights_of([group.name for group in other.groups.all()]) | {
        f"{right.content_type.app_label}.{right.codename}"
        for right in other.user_permissions.select_related("content_type")
    }
    if other.is_superuser and not author.is_superuser:
        return False
    return rights <= author.get_all_permissions()


def administrators() -> QuerySet[User]:
    """Active ones that are somebody's own: nobody of the demonstration."""
    chosen = Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True)
    return User.objects.filter(chosen, is_active=True, is_demo=False).order_by("pk").distinct()


def holding(right: str, *, is_demo: bool = False) -> QuerySet[User]:
    """Active ones with this right of accounts.User. About what is only the demonstration's its own
    accounts too.
    """
    chosen = Q(groups__permissions__codename=right) | Q(user_permissions__codename=right)
    found = User.objects.filter(chosen | Q(is_superuser=True), is_active=True)
    return (found if is_demo else found.filter(is_demo=False)).order_by("pk").distinct()
