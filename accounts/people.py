"""What administrators do with accounts: invite, give roles, deactivate. Each is written down.

Some administrator always stays, and nobody shuts themselves out.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, one_use_links, roles, second_factor, sessions
from accounts.models import OneUseLink, User
from accounts.one_use_links import BadLink


class Refused(Exception):
    """May not be done; its words say why, to the person who wanted it."""


@transaction.atomic
def invite(
    email: str, given: Collection[str], *, author: User, is_mailed: bool = False
) -> OneUseLink:
    """The invitation to hand over, still without a token. Raises Refused.

    `is_mailed`: another like it waits to be mailed. What is handed over and what is mailed are
    made up apart, so that no token has to be kept for either.
    """
    if author.is_demo:
        raise Refused(_("A demonstration account invites nobody."))
    if not roles.may_give(author, given):
        raise Refused(_("You can give no right that you do not have yourself."))
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this address already."))
    link = one_use_links.invitation(email, given, author=author)
    if is_mailed:
        one_use_links.invitation(email, given, author=author, is_mailed=True)
    audit.record(author.email, "person invited", link.email, roles=link.roles, mailed=is_mailed)
    return link


@transaction.atomic
def accept(token: str, *, name: str, password: str) -> User:
    """Make the account that somebody was invited to. Raises BadLink, and of two presses at once
    for the later one.
    """
    link = one_use_links.find(OneUseLink.Purpose.INVITATION, token, locked=True)
    if User.objects.filter(email__iexact=link.email).exists():
        raise BadLink
    user = User.objects.create_user(link.email, password, name=name)
    user.groups.set(Group.objects.filter(name__in=link.roles))
    one_use_links.use_up(link)
    invited_by = link.made_by.email if link.made_by else ""
    audit.record(user.email, "account made", "self", roles=link.roles, invited_by=invited_by)
    return user


@transaction.atomic
def make_password_link(user: User, *, author: User) -> OneUseLink:
    """For an administrator to hand over. Raises Refused."""
    _insist(author, user)
    link = one_use_links.new_password(user, author=author)
    audit.record(author.email, "link for a new password made", user.email)
    return link


@transaction.atomic
def choose_password(token: str, password: str) -> User:
    """By a link; it ends every session of that account. Raises BadLink."""
    link = one_use_links.find(OneUseLink.Purpose.PASSWORD, token, locked=True)
    user = link.user
    if user is None or not user.is_active or user.is_demo:
        raise BadLink
    user.set_password(password)
    user.save(update_fields=["password"])
    one_use_links.use_up(link)
    sessions.end_all(user)
    made_by = link.made_by.email if link.made_by else ""
    audit.record(user.email, "password chosen by a link", "self", made_by=made_by)
    return user


@transaction.atomic
def set_roles(user: User, given: Collection[str], *, author: User) -> None:
    """These instead of those it has. Raises Refused."""
    _insist(author, user)
    before = roles.roles_of(user)
    if set(given) == set(before):
        return
    if not roles.may_give(author, given):
        raise Refused(_("You can give no right that you do not have yourself."))
    if roles.ADMINISTRATOR in before and roles.ADMINISTRATOR not in given:
        if user.pk == author.pk:
            raise Refused(_("Another administrator has to take this role from you."))
        _insist_on_another_administrator(user)
    user.groups.set(Group.objects.filter(name__in=given))
    audit.record(author.email, "roles changed", user.email, before=before, after=sorted(given))


@transaction.atomic
def deactivate(user: User, *, author: User) -> None:
    """No signing in any more, and every session ends now. Twice is once. Raises Refused."""
    _insist(author, user)
    if user.pk == author.pk:
        raise Refused(_("This is your own account: another administrator has to deactivate it."))
    _insist_on_another_administrator(user)
    sessions.end_all(user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        audit.record(author.email, "person deactivated", user.email, roles=roles.roles_of(user))


@transaction.atomic
def reactivate(user: User, *, author: User) -> None:
    """They may sign in again, with the roles they had. Twice is once. Raises Refused."""
    _insist(author, user)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        audit.record(author.email, "person reactivated", user.email, roles=roles.roles_of(user))


@transaction.atomic
def remove_factors(user: User, *, author: User) -> None:
    """All second factors of somebody who lost theirs. Raises Refused."""
    _insist(author, user)
    if user.pk == author.pk:
        raise Refused(_("Remove your own under your account."))
    second_factor.remove_all(user, author=author.email)
    sessions.end_all(user)


def _insist(author: User, user: User) -> None:
    if not roles.may_change(author, user):
        raise Refused(_("This account may do more than yours: you cannot change it."))


def _insist_on_another_administrator(user: User) -> None:
    """Of two who take each other's role at once, the second finds nobody left."""
    if user.is_demo:
        return
    # The rows of all of them, locked in one order.
    others = list(User.objects.select_for_update().filter(pk__in=roles.administrators()))
    if not any(other.pk != user.pk and other.is_active for other in others):
        raise Refused(_("This is the last active administrator."))
