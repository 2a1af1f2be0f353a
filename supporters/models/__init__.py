"""Who they are and what they allowed."""

from supporters.models.consent import Consent
from supporters.models.supporter import Supporter, SupporterQuerySet
from supporters.models.suppression import NotMe, Suppression, SuppressionQuerySet

__all__ = [
    "Consent",
    "NotMe",
    "Supporter",
    "SupporterQuerySet",
    "Suppression",
    "SuppressionQuerySet",
]
