"""Who they are and what they allowed."""

from supporters.models.consent import Consent
from supporters.models.erasure import Erasure
from supporters.models.former_key import FormerKey
from supporters.models.merge import Merge
from supporters.models.note import LONGEST_NOTE, Note
from supporters.models.prefill import Prefill
from supporters.models.supporter import Supporter, SupporterQuerySet
from supporters.models.suppression import NotMe, Suppression, SuppressionQuerySet
from supporters.models.tag import Tag, Tagged

__all__ = [
    "LONGEST_NOTE",
    "Consent",
    "Erasure",
    "FormerKey",
    "Merge",
    "NotMe",
    "Note",
    "Prefill",
    "Supporter",
    "SupporterQuerySet",
    "Suppression",
    "SuppressionQuerySet",
    "Tag",
    "Tagged",
]
