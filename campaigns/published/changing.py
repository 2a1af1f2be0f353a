"""Publishing, scheduling, taking down and correcting: each with a line in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from campaigns.models import Published, PublishedWords, Standing


class NotDeletable(Exception):
    """With the reason, in words."""


@transaction.atomic
def publish(thing: Published, *, author: str) -> None:
    """Now; what was taken down is there again. What is public already keeps its day."""
    if not thing.is_public:
        _keep(thing, publish_at=thing.publish_at if _was_public(thing) else timezone.now())
        _note(thing, "publish", author)


@transaction.atomic
def schedule(thing: Published, at: dt.datetime, zone: str, *, author: str) -> None:
    """At that instant, which is shown in the clock of that zone."""
    _keep(thing, publish_at=at, zone=zone)
    _note(thing, "schedule", author, at=at.isoformat(), zone=zone)


@transaction.atomic
def keep_as_draft(thing: Published, *, author: str) -> None:
    """What was to come does not come by itself. What was public is taken down, not this."""
    _keep(thing, publish_at=None)
    _note(thing, "draft", author)


@transaction.atomic
def unpublish(thing: Published, to: str = "", *, author: str) -> None:
    """Its address leads to `to` from now on, or says that it is gone."""
    _keep(thing, publish_at=thing.publish_at, unpublished_at=timezone.now(), unpublished_to=to)
    _note(thing, "unpublish", author, to=to)


@transaction.atomic
def delete(
    thing: Published,
    forget: Callable[[Any], object] = lambda thing: thing.delete(),
    *,
    author: str,
) -> None:
    """A draft, or what is yet to come; `forget` takes its row away. Raises NotDeletable for what
    was public, or is still used.
    """
    if thing.standing not in (Standing.DRAFT, Standing.SCHEDULED):
        raise NotDeletable(_("It was public: people may look for it. Take it down instead."))
    slug = thing.slug
    try:
        forget(thing)
    except ProtectedError:
        raise NotDeletable(_("Something that is kept belongs to it.")) from None
    audit.record(author, f"{thing._meta.model_name}.delete", slug)


def correct(words: PublishedWords, said: str) -> None:
    """The page says from now on what was put right, and when. Whoever saves the words has noted it
    in the log.
    """
    row = {"at": timezone.now().isoformat(), "said": said}
    words.corrections = [*words.corrections, row]
    words.save(update_fields=["corrections"])


def strike_correction(words: PublishedWords, at: str) -> None:
    """One that was itself a mistake."""
    words.corrections = [row for row in words.corrections if row["at"] != at]
    words.save(update_fields=["corrections"])


def _was_public(thing: Published) -> bool:
    return thing.publish_at is not None and thing.publish_at <= timezone.now()


def _keep(thing: Published, **values: Any) -> None:
    values = {"unpublished_at": None, "unpublished_to": ""} | values
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(values))


def _note(thing: Published, deed: str, author: str, **detail: str) -> None:
    audit.record(author, f"{thing._meta.model_name}.{deed}", thing.slug, **detail)
