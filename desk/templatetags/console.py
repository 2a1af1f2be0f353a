"""`{% navigation "main" %}`: a menu of the console, with the page one is on marked."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from desk.navigation import entry_of, open_entries

register = template.Library()


@register.inclusion_tag("desk/_nav.html", takes_context=True)
def navigation(context: RequestContext, section: str) -> dict[str, Any]:
    """The entries of this section that whoever looks may open. Prints list items only."""
    request = context["request"]
    entries = open_entries(request.user, section)
    here = entry_of(request.path, entries)
    return {"entries": [(entry, entry is here) for entry in entries]}
