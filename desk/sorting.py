"""Tables that sort by links in their headings, with everything in the address line.

A table that grows without end is paged by key, in either direction of one column with an index; a
short one by number, along any of its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest

from desk.paging import ON_A_PAGE, page_by_key

# What a table itself writes into the address line; everything else there is kept.
OWN = ("sort", "before", "page")


class Column(NamedTuple):
    """`name` stands in the address line; `by` is a field, or what a row made here is sorted by;
    without it the heading is no link. `falls` is how its first press sorts.
    """

    name: str
    label: Any
    by: str | Callable[[Any], Any] = ""
    is_number: bool = False
    falls: bool = False


class Table:
    """One request's table. A column that is not ours, or none, means `usual` ("-name" falls). `at`
    is the list's own address, where another one may show it too (a form that was refused).
    """

    def __init__(
        self, request: HttpRequest, columns: Sequence[Column], usual: str, at: str = ""
    ) -> None:
        self.request, self.columns, self.at = request, columns, at
        asked = request.GET.get("sort", "")
        known = {column.name: column for column in columns if column.by}
        chosen = asked if asked.removeprefix("-") in known else usual
        self.column, self.falls = known[chosen.removeprefix("-")], chosen.startswith("-")

    def by_key(self, rows: QuerySet[Any]) -> dict[str, Any]:
        """For a template: `rows`, `heads`, and addresses of the first and the next page, if any."""
        assert isinstance(self.column.by, str)
        before = self.request.GET.get("before", "")
        page = page_by_key(rows, before, by=self.column.by, falls=self.falls)
        return {
            "rows": page["rows"],
            "heads": self.heads(),
            "first_page": "" if page["is_first"] else self.address(),
            "next_page": self.address(before=page["before"]) if page["before"] else "",
        }

    def by_number(self, rows: QuerySet[Any] | list[Any]) -> dict[str, Any]:
        """As `by_key`, with `total`; the rows are few enough to be counted and sorted."""
        page = Paginator(self.sort(rows), ON_A_PAGE).get_page(self.request.GET.get("page"))
        return {
            "rows": list(page.object_list),
            "heads": self.heads(),
            "first_page": self.address() if page.has_previous() else "",
            "next_page": self.address(page=page.next_page_number()) if page.has_next() else "",
            "total": page.paginator.count,
        }

    def sort(self, rows: QuerySet[Any] | list[Any]) -> QuerySet[Any] | list[Any]:
        """What is not told comes last, either way; rows alike keep one order."""
        by = self.column.by
        if isinstance(rows, QuerySet):
            assert isinstance(by, str)
            way = F(by).desc(nulls_last=True) if self.falls else F(by).asc(nulls_last=True)
            return rows.order_by(way, "-pk" if self.falls else "pk")
        assert callable(by)
        told = [row for row in rows if by(row) is not None]
        return [
            *sorted(told, key=by, reverse=self.falls),
            *(row for row in rows if by(row) is None),
        ]

    def heads(self) -> list[dict[str, Any]]:
        """Of each column its label, and where it sorts: the address of its link and its state."""
        return [self.head(column) for column in self.columns]

    def head(self, column: Column) -> dict[str, Any]:
        is_chosen = column == self.column
        falls_next = not self.falls if is_chosen else column.falls
        return {
            "label": column.label,
            "is_number": column.is_number,
            "url": self.address(sort=f"{'-' if falls_next else ''}{column.name}")
            if column.by
            else "",
            "sorted": ("descending" if self.falls else "ascending") if is_chosen else "",
        }

    def address(self, **changed: Any) -> str:
        """This page's address line with these of our own; the others begin anew, but the sort."""
        line = self.request.GET.copy()
        kept = {"sort": line.get("sort")} if "sort" in line else {}
        for name in OWN:
            line.pop(name, None)
        for name, value in (kept | changed).items():
            line[name] = str(value)
        return f"{self.at}?{line.urlencode()}"
