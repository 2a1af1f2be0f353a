"""Pages by key: page 20,000 costs what page 1 does, and what comes meanwhile moves nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from actions.typed_numbers import typed_number

ON_A_PAGE = 50


def page_by_key(rows: QuerySet[Any], before: str) -> dict[str, Any]:
    """The first of these rows, which are in the order of falling keys, below the key `before` of an
    address line; what is no key means from the top.

    For a template: `rows`, `before` for the link to older ones (None on the last page), `is_first`.
    """
    key = typed_number(before)
    if key:
        rows = rows.filter(pk__lt=key)
    # One more than is shown tells whether there is another page.
    found = list(rows[: ON_A_PAGE + 1])
    return {
        "rows": found[:ON_A_PAGE],
        "before": found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None,
        "is_first": not key,
    }
