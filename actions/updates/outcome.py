"""The update that tells what came of a campaign: part of closing and winning it, and waiting with
that for its half hour (actions.followup.campaign_end).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import audit
from actions.models import Update
from actions.updates.audience import mailboxes
from campaigns.models import Campaign


@transaction.atomic
def prepare(campaign: Campaign, *, author: str) -> Update:
    """Of the closing messages, in each language that has one; it waits until the end is final.
    Pressed once more (won after closed), it says what the second press said.
    """
    # One that an undone end left as a draft is this one: nobody is told twice of one campaign.
    drafts = Update.objects.filter(campaign=campaign, is_outcome=True, state=Update.State.DRAFT)
    new = Update(campaign=campaign, is_outcome=True, author=author)
    update = of_its_end(campaign).first() or drafts.first() or new
    update.state, update.approved_by = Update.State.WAITING, author
    update.addressed = mailboxes(campaign)
    update.save()
    for row in campaign.words.exclude(closing_message=""):
        # The subject too in the language of its words, whatever whoever presses reads.
        with translation.override(row.language):
            subject = _("What came of it: %(campaign)s") % {"campaign": row.title}
        update.words.update_or_create(
            language=row.language,
            defaults={"subject": subject[:120], "text": row.closing_message},
        )
    audit.record(author, "update approved", str(update.public_id), mailboxes=update.addressed)
    return update


def let_go(campaign: Campaign) -> None:
    """The end is final: its mail may be written."""
    of_its_end(campaign).update(goes_at=timezone.now())


def take_back(campaign: Campaign) -> None:
    """The end was undone: nobody is told, and its words are kept as a draft."""
    of_its_end(campaign).update(state=Update.State.DRAFT, approved_by="")


def of_its_end(campaign: Campaign) -> QuerySet[Update]:
    """The one that waits for the end to be final, if any."""
    return Update.objects.filter(
        campaign=campaign, is_outcome=True, state=Update.State.WAITING, goes_at=None
    )
