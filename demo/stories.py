"""Two made-up stories, from words/stories.toml: told, proven and looked at by two as anybody's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone, translation

from accounts.models import User
from accounts.roles import holding
from actions.models import Story
from actions.stories import telling
from actions.stories.forms import years_from_now
from campaigns.models import Brand, Issue
from demo.publish import days_ago, read


def stories() -> None:
    """After the issues and the people who review them; the form is open from then on."""
    Brand.objects.filter(is_demo=True).update(takes_stories=True)
    first, second = holding("review_stories", is_demo=True).filter(is_demo=True)[:2]
    for row in read("stories")["stories"]:
        tell(row, first, second)


def tell(row: dict[str, Any], first: User, second: User) -> None:
    """Nobody's mailbox: it is changed and ended at the desk."""
    at = days_ago(row["days"])
    story = Story.objects.create(
        state=Story.State.APPROVED,
        language=row["language"],
        title=row["title"],
        text=row["text"].strip(),
        notes=row["notes"],
        issue=Issue.objects.get(slug=row["issue"], is_demo=True),
        named=row["named"],
        given_name=row.get("given_name", ""),
        until=years_from_now(2),
        allows_page=True,
        how_given=Story.How.IN_PERSON,
        entered_by=first,
        first_by=first,
        second_by=second,
        sent_at=at - dt.timedelta(days=3),
        proven_at=timezone.now(),
        decided_at=at,
        is_demo=True,
    )
    with translation.override(story.language):
        telling.keep_consents(story, channel=story.how_given)
