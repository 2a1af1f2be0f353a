"""Whom a campaign is carried with: credited on its page, with a consent box of their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language

from campaigns import kept
from campaigns.models import Campaign, Partner, Partnership


def partnerships(campaign: Campaign) -> QuerySet[Partnership]:
    """Of partners that are still active, without their logos' bytes."""
    found = campaign.partnerships.filter(partner__is_active=True)
    return found.select_related("partner").defer("partner__logo")


def boxes(campaign: Campaign) -> dict[str, str]:
    """The wording of each partner's own box in the reader's language, by its purpose of a
    consent, as it was a moment ago. A partner without words in a language has no box there.
    """
    # No fallback to English: a consent to words that its giver could not read is none.
    language = get_language() or "en"
    found: dict[str, str] = kept.of(
        ("boxes", campaign.pk, language), lambda: boxes_in(language, campaign)
    )
    return found


def boxes_in(language: str, campaign: Campaign) -> dict[str, str]:
    return {
        row.partner.purpose: row.partner.wording[language]
        for row in partnerships(campaign)
        if row.has_box and row.partner.wording.get(language)
    }


def of_account(user_id: int | None) -> QuerySet[Campaign]:
    """The campaigns that this account's organization carries with us, drafts left out."""
    partners = Partner.objects.of_account(user_id)
    return Campaign.objects.public().filter(partnerships__partner__in=partners).distinct()
