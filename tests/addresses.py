"""Every address of the site, read from the list of addresses."""

import re

from django.urls import get_resolver


def patterns(resolver=None, before="/"):
    """(path, view); gaps stand as "<slug:slug>"."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry, path)
        elif "(?P" not in path:
            yield path, entry.callback


def filled(pattern, places, number=None):
    """With what `places` has for a gap's name or its kind."""

    def fill(gap):
        kind, _, name = gap[1].rpartition(":")
        if kind == "number" and number:
            return number
        return str(places.get(name, places.get(kind, 1 if kind == "number" else "en")))

    return re.sub(r"<([\w:]+)>", fill, pattern)
