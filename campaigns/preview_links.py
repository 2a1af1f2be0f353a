"""Links by which a colleague without an account sees a draft as its page, for a week.

They are handed around among people, so one of them can be taken back: each is a row, unlike the
signed links in mail (docs/decisions/0026-preview-links.md). What stands in the link is kept
nowhere: the row has its hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from campaigns.models import Campaign, PreviewLink

LASTS = dt.timedelta(days=7)
# Of one campaign at a time: more could not be looked through.
MOST = 20


class BadLink(Exception):
    """Not a link of ours; or past its end, taken back, or of somebody who may no longer give it."""


class TooMany(Exception):
    """This draft has as many links as it may."""


@transaction.atomic
def make(campaign: Campaign, author: User, note: str = "") -> tuple[PreviewLink, str]:
    """A new link and what stands in it, which nobody can look up later.

    Raises TooMany. What has ended meanwhile is deleted: the audit log has it.
    """
    # In turn, so that two at once do not make one too many.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.preview_links.filter(expires_at__lte=timezone.now()).delete()
    if campaign.preview_links.count() >= MOST:
        raise TooMany(campaign.slug)
    token = secrets.token_urlsafe(32)
    link = campaign.preview_links.create(
        token_hash=_hash(token),
        note=note,
        made_by=author,
        expires_at=timezone.now() + LASTS,
    )
    audit.record(author.email, "campaign.preview link", campaign.slug, link=link.pk, note=note)
    return link, token


@transaction.atomic
def take_back(link: PreviewLink, author: User) -> None:
    """It opens nothing any more."""
    number = link.pk
    link.delete()
    deed = "campaign.preview link taken back"
    audit.record(author.email, deed, link.campaign.slug, link=number, note=link.note)


def open_links(campaign: Campaign) -> QuerySet[PreviewLink]:
    """Those that have not ended, the newest first."""
    links = campaign.preview_links.filter(expires_at__gt=timezone.now())
    return links.select_related("made_by")


def find(token: str) -> PreviewLink:
    """The link that this token opens, with its campaign in whatever state it is by now.

    Raises BadLink.
    """
    rows = PreviewLink.objects.select_related("campaign", "made_by")
    link = rows.filter(token_hash=_hash(token), expires_at__gt=timezone.now()).first()
    # Whoever made it may have left since, or lost what they showed.
    if link is None or not link.made_by.holds("run_campaigns"):
        raise BadLink
    return link


def _hash(token: str) -> str:
    # As random as a key, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
