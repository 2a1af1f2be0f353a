"""Two people look at each story before anybody else does; what one of them would change, its teller
is asked first. Each deed has a line in the audit log, with no word of the story.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.models import Story
from actions.stories import mails
from actions.stories.changing import locked
from supporters import journal
from supporters.journal import Deed

State = Story.State
OPEN = (State.WAITING, State.ASKED, State.APPROVED)


class NotNow(Exception):
    """It stands otherwise meanwhile."""


class SamePerson(Exception):
    """Who looked first cannot be the second."""


@transaction.atomic
def approve(story: Story, notes: Collection[str], *, by: User, read: str) -> Story:
    """The first yes waits for another person's, which publishes what may be public. `read`: the
    fingerprint of what they had before them.

    Raises NotNow, also where it reads otherwise by now; SamePerson; Story.DoesNotExist where it was
    taken back.
    """
    story = locked(story)
    if story.state != State.WAITING or story.fingerprint != read:
        raise NotNow
    # Said to whoever presses twice; two tabs at once the constraint stops.
    if story.first_by == by:
        raise SamePerson
    if story.first_by is None:
        save(story, notes=list(notes), first_by=by)
        audit.record(by.get_username(), "story approved by a first", str(story))
        return story
    save(
        story,
        notes=list(notes),
        second_by=by,
        state=State.APPROVED,
        decided_at=timezone.now(),
    )
    mails.tell(story)
    audit.record(by.get_username(), "story approved by a second", str(story))
    return story


@transaction.atomic
def propose(story: Story, *, title: str, text: str, by: User) -> Story:
    """Other words, which stand once its teller says yes. It is public no more until then, and until
    two have looked anew. Raises NotNow, also where there is no mailbox to ask; journal.CannotNote.
    """
    story = locked(story)
    if story.state not in OPEN or not story.email:
        raise NotNow
    journal.note(Deed.STORY_TAKEN_DOWN, story=story.public_id)
    save(
        story,
        proposed={"title": title, "text": text},
        state=State.ASKED,
        first_by=None,
        second_by=None,
    )
    mails.tell(story)
    audit.record(by.get_username(), "story: other words proposed", str(story))
    return story


@transaction.atomic
def refuse(story: Story, because: str, *, by: User) -> Story:
    """Its teller reads why; it is deleted after thirty days. Raises NotNow, journal.CannotNote."""
    story = locked(story)
    if story.state not in OPEN:
        raise NotNow
    journal.note(Deed.STORY_TAKEN_DOWN, story=story.public_id, reason=because)
    save(
        story,
        state=State.REFUSED,
        refused_because=because,
        decided_at=timezone.now(),
        proposed={},
    )
    mails.tell(story)
    audit.record(by.get_username(), "story refused", str(story), because=because)
    return story


@transaction.atomic
def hand_on(story: Story, to: str, *, by: User) -> Story:
    """To journalists: written down, so that its teller knows where it went. Raises NotNow."""
    story = locked(story)
    is_current = story.until >= timezone.localdate()
    if story.state != State.APPROVED or not story.allows_press or not is_current:
        raise NotNow
    row = {"on": timezone.localdate().isoformat(), "to": to}
    save(story, handed_on=[*story.handed_on, row])
    audit.record(by.get_username(), "story handed on", str(story))
    return story


def save(story: Story, **values: Any) -> None:
    for name, value in values.items():
        setattr(story, name, value)
    story.save(update_fields=list(values))
