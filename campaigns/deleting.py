"""Deleting a draft that the public never saw."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from campaigns import words
from campaigns.models import Campaign, TargetRule
from campaigns.pictures import keeping


class NotDeletable(Exception):
    """It was live once, or somebody has acted on it: that record stays."""


@dataclass(frozen=True)
class Contents:
    """What goes with a draft."""

    languages: list[str]
    asks: list[str]
    groups: int
    pictures: int
    changes: int


def contents(campaign: Campaign) -> Contents:
    asks = campaign.asks.prefetch_related("words")
    return Contents(
        languages=[str(row.get_language_display()) for row in campaign.words.order_by("language")],
        asks=[f"{ask.get_kind_display()}: {words.of(ask).heading}" for ask in asks],
        groups=TargetRule.objects.filter(ask__campaign=campaign).count(),
        pictures=campaign.pictures.count(),
        changes=campaign.changes.count(),
    )


def may_be_deleted(campaign: Campaign) -> bool:
    """Unless somebody has acted on it, which only deleting it finds."""
    return campaign.state == Campaign.State.DRAFT and campaign.launched_at is None


def delete_draft(campaign: Campaign, author: User) -> None:
    """With its words, asks, targets and history; the audit log keeps its name. Raises NotDeletable
    for any campaign that is no draft, was live once, or that somebody has acted on.
    """
    try:
        with transaction.atomic():
            fresh = Campaign.objects.select_for_update().get(pk=campaign.pk)
            if not may_be_deleted(fresh):
                raise NotDeletable(_("It is no draft any more, or was live once: that stays."))
            title = words.of(fresh).title
            fresh.delete()
            keeping.forget_unused()
            audit.record(author.get_username(), "campaign.delete", fresh.slug, title=title)
    # Actions, submissions and young voices hold on to their ask, updates to their campaign.
    except ProtectedError as error:
        raise NotDeletable(
            _("Somebody has acted on it, or is to be told of it: that stays.")
        ) from error
