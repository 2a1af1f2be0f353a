"""Words of a campaign, issue or ask, for templates that are handed the thing itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from campaigns import words, zones
from campaigns.models import Ask, Campaign, Issue

register = template.Library()


@register.filter(name="words")
def words_of(thing: Issue | Campaign | Ask) -> Any:
    """`{% with w=campaign|words %}{{ w.title }}{% endwith %}`"""
    return words.of(thing)


@register.simple_tag
def lang_of(row: Any) -> str:
    """`<h1{% lang_of words %}>`: says so where words are not in the page's language, because nobody
    has written them in it yet.
    """
    return format_html(' lang="{}"', row.language) if row and row.language != get_language() else ""


@register.simple_tag
def in_zone(at: dt.datetime, zone: str) -> str:
    """`{% in_zone times.opens_at times.zone %}`: "Dec. 3, 2026, 9:00 a.m. Eastern Time"."""
    return zones.in_words(at, zone)
