"""Pages by key: page 20,000 costs what page 1 does, and what comes meanwhile moves nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from actions.typed_numbers import typed_number

ON_A_PAGE = 50


def page_by_key(
    rows: QuerySet[Any], before: str, *, by: str = "pk", falls: bool = True
) -> dict[str, Any]:
    """The first of these rows behind the one with the key `before` of an address line, the newest
    first (`falls`) or the oldest; what is no key means from the top. `by` is a column with an
    index.

    For a template: `rows`, `before` for the link to further ones (None on the last page),
    `is_first`.
    """
    key = typed_number(before)
    if key:
        rows = behind(rows, key, by=by, falls=falls)
    way = "-" if falls else ""
    # One more than is shown tells whether there is another page.
    found = list(rows.order_by(f"{way}{by}", f"{way}pk")[: ON_A_PAGE + 1])
    return {
        "rows": found[:ON_A_PAGE],
        "before": found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None,
        "is_first": not key,
    }


def behind(rows: QuerySet[Any], key: int, *, by: str, falls: bool) -> QuerySet[Any]:
    """Those that come after the row with this key. One that is gone leaves all of them."""
    further, same = ("lt", "gte") if falls else ("gt", "lte")
    if by == "pk":
        return rows.filter(**{f"pk__{further}": key})
    value = rows.model._default_manager.filter(pk=key).values_list(by, flat=True).first()
    if value is None:
        return rows
    # Both bounds are said, so that an index on the column is walked from there on.
    at_most = rows.filter(**{f"{by}__{further}e": value})
    return at_most.exclude(**{by: value, f"pk__{same}": key})
