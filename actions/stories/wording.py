"""What a teller is asked to allow; the same words are kept with each yes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from actions.models.story import ALLOWS, Purpose

# In the order of the form: the box's name, which is the story's column, and its purpose.
BOXES = {column: purpose for purpose, column in ALLOWS.items()}


def wording(purpose: str) -> str:
    """In the language of whoever reads."""
    return {
        Purpose.STORY_PAGE: _(
            "Show my story on your own web pages, with the name that I chose, until the day that"
            " I chose."
        ),
        Purpose.STORY_PRESS: _(
            "Hand my story to journalists whom you know, with the name that I chose. I know that"
            " nobody can call back what they publish."
        ),
    }[Purpose(purpose)]
