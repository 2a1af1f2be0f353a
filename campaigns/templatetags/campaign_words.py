"""Words of a campaign, issue or ask, for templates that are handed the thing itself."""

from __future__ import annotations

from typing import Any

from django import template

from campaigns import words
from campaigns.models import Ask, Campaign, Issue

register = template.Library()


@register.filter(name="words")
def words_of(thing: Issue | Campaign | Ask) -> Any:
    """`{% with w=campaign|words %}{{ w.title }}{% endwith %}`"""
    return words.of(thing)
