"""A question that Django spells out once and the database answers many times.

Of the time that a small query takes, Django needs most to build its SQL and to make a queryset of
the answer. A lookup asks the same few questions of every address, only with other values: so their
SQL is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Values = Sequence[str] | Sequence[int] | Sequence[dt.datetime] | Sequence[UUID]
Row = Sequence[Any]
_HOLE = 10**12  # numbers from here on stand in the kept SQL where values go
_NO_DAY = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)  # and days from here on


class Prepared:
    """`make` gives a queryset of columns (values_list) for lists of values, used as `__in`, or the
    one of a list by itself; its shape may depend on nothing else.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self._make = make
        self._kept: dict[tuple[object, ...], _Spelled] = {}

    def rows(self, *lists: Values) -> list[Row]:
        """The columns of every row, in one query; no query where a list is empty."""
        if not all(lists):
            return []
        padded = [_padded(values) for values in lists]
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        shape = (vendor, *(len(values) for values in padded))
        if shape not in self._kept:
            self._kept[shape] = _Spelled(self._make, padded)
        return self._kept[shape].rows(padded)


class _Spelled:
    """SQL for lists of a certain length, and which value of which list goes where."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], lists: Sequence[Values]) -> None:
        # Numbers that no real value has stand in for values, and are found again in the SQL's
        # parameters.
        holes: list[list[Any]] = []
        for number, values in enumerate(lists):
            start = _HOLE + number * _HOLE
            ids = range(start, start + len(values))
            # Django writes them into the query as it would real values of their type.
            holes.append([_hole(values[0], number, one) for one in ids])
        places = {
            str(_as_param(hole)): (number, at)
            for number, each in enumerate(holes)
            for at, hole in enumerate(each)
        }
        query = make(*holes).query
        self._compiler: SQLCompiler = query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = self._compiler.as_sql()
        self._places = [
            (at, places[str(param)])
            for at, param in enumerate(self._params)
            if str(param) in places
        ]
        columns = [column for column, _sql, _alias in self._compiler.select]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, lists: Sequence[Values]) -> list[Row]:
        params = list(self._params)
        for at, (number, place) in self._places:
            params[at] = _as_param(lists[number][place])
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        if not self._converters:
            return found
        self._compiler.connection = connection  # this thread's
        return list(self._compiler.apply_converters(found, self._converters))


def _hole(like: object, number: int, one: int) -> Any:
    """A value of the same type that no row has."""
    if isinstance(like, UUID):
        return UUID(int=one)
    if isinstance(like, dt.datetime):
        return _NO_DAY + dt.timedelta(days=number, seconds=one % _HOLE)
    return str(one) if isinstance(like, str) else one


def _as_param(value: Any) -> Any:
    """As Django hands it to this database."""
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _padded(values: Values) -> list[Any]:
    """A power of two values, the last repeated, so that few lengths are kept."""
    wanted = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (wanted - len(values))]


def instance(model: type[M], columns: Sequence[str], row: Row) -> M:
    """A row as Django would make it of these columns (attribute names)."""
    return model.from_db(DEFAULT_DB_ALIAS, columns, row)
