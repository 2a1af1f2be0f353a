"""Which stories are somebody's, who is no supporter by them: by mailbox, or mailbox and name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from actions.erasing.person import Person
from actions.models import Story
from actions.stories.taking_back import forget
from supporters import journal
from supporters.journal import Deed
from supporters.models import FormerKey, Supporter


def let_go(person: Person) -> int:
    """With them goes what they told (settings.HOLDERS_OF_PEOPLE).

    Also what carries no name, where others share the mailbox: which of them told it nobody here
    knows, and one story too few does less harm than one too many.
    """
    former = FormerKey.objects.filter(supporter=person.pk).values_list("key", flat=True)
    theirs = Q(key__in=[person.key, *former])
    theirs |= Q(mailbox=person.mailbox, **({"given_name": ""} if person.shares_mailbox else {}))
    found = list(Story.objects.select_for_update(of=("self",)).filter(theirs))
    journal.note_all(Deed.STORY_WITHDRAWN, [{"story": story.public_id} for story in found])
    return forget(found)


def told_by(supporter: Supporter) -> QuerySet[Story]:
    """For their own page; of a mailbox that others share, what was told in their name. What its
    mailbox has not answered for is nobody's yet.
    """
    records = [supporter, *supporter.others.all()]
    keys = [record.key for record in records]
    former = FormerKey.objects.filter(supporter__in=records).values_list("key", flat=True)
    theirs = Q(key__in=[*keys, *former])
    for mailbox in {record.mailbox for record in records}:
        others = Supporter.objects.filter(mailbox=mailbox).exclude(pk__in=[r.pk for r in records])
        if not others.exists():
            theirs |= Q(mailbox=mailbox)
    found: QuerySet[Story] = Story.objects.filter(theirs).exclude(state=Story.State.SENT)
    return found


def own_data(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """For settings.DATA_OF_PEOPLE."""
    rows = [
        {
            "title": story.title,
            "text": story.text,
            "named": str(story.get_named_display()),
            "given_name": story.given_name,
            "family_name": story.family_name,
            "email": story.email,
            "state": str(story.get_state_display()),
            "until": story.until,
            "sent_at": story.sent_at,
            "allowed": [
                {"purpose": str(line.get_purpose_display()), "granted": line.granted, "at": line.at}
                for line in story.consents.all()
            ],
            "handed_on": story.handed_on,
        }
        for story in told_by(supporter).prefetch_related("consents")
    ]
    return "stories", _("What you told us"), rows
