"""What a teller changes on their own page: whom it is for, how they are named, until when; and
their answer to other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from actions.models import Story, StoryConsent
from actions.stories.wording import BOXES, wording
from supporters import journal
from supporters.journal import Deed

FEWER_NAMES: dict[str, dict[str, str]] = {
    Story.Named.WHOLE: {},
    Story.Named.FIRST: {"family_name": ""},
    Story.Named.NONE: {"given_name": "", "family_name": ""},
}
# What is made less, as the journal writes it beside the purposes.
NAMED, UNTIL = "named-", "until:"


@transaction.atomic
def choose(story: Story, data: Mapping[str, Any], *, language: str) -> None:
    """What is allowed less is noted in the journal, so that no restore allows it again. Raises
    journal.CannotNote.
    """
    story = locked(story)
    journal.note_all(
        Deed.STORY_LESS,
        [{"story": story.public_id, "purpose": purpose} for purpose in less(story, data)],
    )
    for column, purpose in BOXES.items():
        if getattr(story, column) != data[column]:
            StoryConsent.objects.create(
                story=story,
                purpose=purpose,
                granted=data[column],
                wording=wording(purpose) if data[column] else "",
                language=language,
                channel="own-page",
            )
    keep(story, **{name: data[name] for name in (*BOXES, "named", "until")})


def less(story: Story, data: Mapping[str, Any]) -> list[str]:
    """As `again` reads it."""
    ended = [str(BOXES[name]) for name in BOXES if getattr(story, name) and not data[name]]
    if data["named"] != story.named:
        ended.append(f"{NAMED}{data['named']}")
    if data["until"] < story.until:
        ended.append(f"{UNTIL}{data['until']:%Y%m%d}")
    return ended


def keep(story: Story, **values: Any) -> None:
    """A name that is not to be shown is not kept."""
    values |= FEWER_NAMES[values.get("named", story.named)]
    for name, value in values.items():
        setattr(story, name, value)
    story.save(update_fields=list(values))


@transaction.atomic
def answer(story: Story, *, is_yes: bool, read: str) -> bool:
    """To the other words that a reviewer proposed; it is looked at anew, by two. `read`: the
    fingerprint of the page on which they were read. False, and nothing changes, where no words
    wait, or others by now.
    """
    story = locked(story)
    if story.state != Story.State.ASKED or story.fingerprint != read:
        return False
    words = story.proposed if is_yes else {}
    # Whoever looked before looked at other words, or at an answer that was still open.
    keep(
        story,
        title=words.get("title", story.title),
        text=words.get("text", story.text),
        proposed={},
        state=Story.State.WAITING,
        first_by=None,
        second_by=None,
    )
    return True


def locked(story: Story) -> Story:
    """Raises Story.DoesNotExist where it was taken back meanwhile."""
    found: Story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    return found
