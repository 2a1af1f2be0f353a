"""Whom a campaign is carried with: credited on its page, with a consent box of their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language

from campaigns.models import Campaign, Partner, Partnership


def partnerships(campaign: Campaign) -> QuerySet[Partnership]:
    """Of partners that are still active, without their logos' bytes."""
    found = campaign.partnerships.filter(partner__is_active=True)
    return found.select_related("partner").defer("partner__logo")


def boxes(campaign: Campaign) -> dict[str, str]:
    """The wording of each partner's own box in the reader's language, by its purpose of a
    consent. A partner without words in a language has no box there.
    """
    # No fallback to English: a consent to words that its giver could not read is none.
    language = get_language() or "en"
    return {
        row.partner.purpose: row.partner.wording[language]
        for row in partnerships(campaign)
        if row.has_box and row.partner.wording.get(language)
    }


def of_account(user_id: int | None) -> QuerySet[Campaign]:
    """The campaigns that this account's organization carries with us, drafts left out."""
    partners = Partner.objects.of_account(user_id)
    return Campaign.objects.public().filter(partnerships__partner__in=partners).distinct()
