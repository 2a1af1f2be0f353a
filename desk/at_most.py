"""Counts that stop where nobody would count on: a million rows cost what a thousand do."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

AT_MOST = 1000


def count_at_most(rows: QuerySet[Any]) -> int:
    """How many rows there are; AT_MOST + 1 where there are more than AT_MOST."""
    return rows.order_by().values("pk")[: AT_MOST + 1].count()


def in_digits(number: int) -> str:
    """A number of `count_at_most`, as people read it."""
    if number > AT_MOST:
        return _("more than %s") % number_format(AT_MOST, force_grouping=True)
    return number_format(number, force_grouping=True)


def in_a_cell(number: int) -> str:
    """The same, in as few signs as a table's cell has room for."""
    if number > AT_MOST:
        return _("%s+") % number_format(AT_MOST, force_grouping=True)
    return number_format(number, force_grouping=True)


def counted(rows: QuerySet[Any]) -> str:
    """Both at once."""
    return in_digits(count_at_most(rows))
