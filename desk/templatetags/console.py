"""`{% menu %}` and `{% tabs "outbox" %}`, with the page one is on marked; `{% page_help %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext

from accounts.models import User
from desk.help.pages import help_for, pages_then
from desk.navigation import TABS, entry_of, open_menu, open_to

register = template.Library()


@register.inclusion_tag("desk/_menu.html", takes_context=True)
def menu(context: RequestContext) -> dict[str, Any]:
    """The pages that whoever looks may open, in their groups, and what the button on a phone says
    of where one is.
    """
    request = context["request"]
    groups = open_menu(request.user)
    here = entry_of(request.path, [entry for _heading, entries in groups for entry in entries])
    return {
        "request": request,
        "here": here,
        "groups": [
            (heading, [(entry, entry is here) for entry in entries]) for heading, entries in groups
        ],
    }


@register.inclusion_tag("desk/_tabs.html", takes_context=True)
def tabs(context: RequestContext, section: str) -> dict[str, Any]:
    """The pages beside this one; `section` is one of desk.navigation.TABS."""
    request = context["request"]
    entries = open_to(request.user, TABS[section])
    here = entry_of(request.path, entries)
    return {"entries": [(entry, entry is here) for entry in entries]}


@register.filter
def holds(user: User | AnonymousUser, right: str) -> bool:
    """`{% if request.user|holds:"see_supporters" %}`: one of accounts.User, proven or not."""
    return isinstance(user, User) and user.holds(right)


@register.inclusion_tag("desk/_help.html", takes_context=True)
def page_help(context: RequestContext) -> dict[str, Any]:
    """What stands behind the question mark of the page one is on; nothing where there is none."""
    request = context["request"]
    found = help_for(request.path)
    return {"help": found, "then": pages_then(found, request.user) if found else []}
