"""A story arrives: by the public form, or told to somebody here; its mailbox answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import holding
from actions.models import Story, StoryConsent
from actions.stories import mails
from actions.stories.forms import years_from_now
from actions.stories.wording import BOXES, wording
from campaigns import brand
from supporters.models import Supporter
from supporters.people import key_of, mailbox_of

REVIEWERS = 2
COLUMNS = ("title", "text", "notes", "issue", "named", "given_name", "family_name")


def is_open() -> bool:
    """Whether stories are taken: somebody here said so, and two can look at them."""
    row = brand.current()
    if not row.takes_stories:
        return False
    return holding("review_stories", is_demo=row.is_demo).count() >= REVIEWERS


@transaction.atomic
def send(data: Mapping[str, Any], *, language: str) -> None:
    """Keep it until its mailbox answers, and ask that one. Nothing where no mail can leave, and of
    a mailbox that is a child's as far as we know; the web answers the same.
    """
    new = written(data, language=language)
    new.is_demo = brand.current().is_demo
    if is_of_young(new.mailbox) or not keep_key(new, data["form_key"]):
        return
    new.save()
    keep_consents(new, channel="web")
    # What nobody can ever confirm would only lie here.
    if not mails.ask_to_confirm(new):
        new.delete()


def keep_key(new: Story, form_key: uuid.UUID | None) -> Story | None:
    """None where the same form was sent before with the same words, from the same mailbox. What was
    put right since is another story: its mailbox is asked, too.
    """
    sent = Story.objects.filter(form_key=form_key) if form_key else Story.objects.none()
    if sent.filter(text=new.text, title=new.title, mailbox=new.mailbox).exists():
        return None
    if form_key and not sent.exists():
        new.form_key = form_key
    return new


def is_of_young(mailbox: str) -> bool:
    """Known as somebody's under 18, and as nobody else's."""
    people = Supporter.objects.filter(mailbox=mailbox)
    return people.filter(is_minor=True).exists() and not people.filter(is_minor=False).exists()


@transaction.atomic
def prove(story: Story) -> None:
    """Its mailbox answered: now, and not before, reviewers may read it, and the page behind its
    link shows it. Twice is once.
    """
    # Of two presses at once, or of one that comes late, only the first changes anything.
    unproven = Story.objects.filter(pk=story.pk, proven_at=None)
    unproven.update(proven_at=timezone.now())
    Story.objects.filter(pk=story.pk, state=Story.State.SENT).update(state=Story.State.WAITING)
    story.refresh_from_db()


@transaction.atomic
def enter(data: Mapping[str, Any], *, language: str, by: User) -> Story:
    """As it was told to somebody here, with how they were told that it may be shown. Where a
    mailbox is known, its link is mailed.
    """
    story = written(data, language=language)
    story.state, story.how_given, story.entered_by = Story.State.WAITING, data["how_given"], by
    story.is_demo = by.is_demo
    form_key = data["form_key"]
    if keep_key(story, form_key) is None:
        return Story.objects.get(form_key=form_key)
    story.save()
    keep_consents(story, channel=story.how_given)
    if story.email:
        mails.tell(story)
    audit.record(by.get_username(), "story entered", str(story), how=story.how_given)
    return story


def written(data: Mapping[str, Any], *, language: str) -> Story:
    """Unsaved."""
    email = data["email"]
    told = {name: data[name] for name in (*COLUMNS, *BOXES)}
    return Story(
        **told,
        email=email,
        mailbox=mailbox_of(email) if email else "",
        key=key_of(email, data["given_name"], data["family_name"]) if email else "",
        language=language,
        until=years_from_now(int(data["years"])),
    )


def keep_consents(story: Story, *, channel: str) -> None:
    """Each yes with its words, and nothing for a box that was left open."""
    StoryConsent.objects.bulk_create(
        StoryConsent(
            story=story,
            purpose=purpose,
            granted=True,
            wording=wording(purpose),
            language=story.language,
            channel=channel,
        )
        for column, purpose in BOXES.items()
        if getattr(story, column)
    )
