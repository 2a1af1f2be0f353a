"""What we say of a bill on its page: which issues it is about, what it would do, why we stand where
we do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from campaigns.bills import public
from campaigns.models import Bill, Issue


@transaction.atomic
def tell(bill: Bill, *, issues: Iterable[Issue], words: Mapping[str, Mapping[str, str]]) -> None:
    """`words` by language: `summary` and `reason`; a language without either has no row. The issues
    of its public campaigns stay its own.
    """
    bill.issues.set(issues)
    for language, texts in words.items():
        if any(texts.values()):
            bill.words.update_or_create(language=language, defaults=dict(texts))
        else:
            bill.words.filter(language=language).delete()
    public.look_again([bill.pk])
