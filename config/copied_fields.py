"""Migrating an empty database takes half as long: Django makes each model anew for every migration
that touches one of its neighbours, and each of its fields from the parts it was written with. A
field that belongs to no model yet is the same when it is only copied.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db.models import Field
from django.utils.functional import cached_property

_make_anew = Field.clone


@contextmanager
def copied_fields() -> Iterator[None]:
    """Meanwhile, in the whole process, `Field.clone` copies."""
    Field.clone = copied  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Field.clone = _make_anew  # type: ignore[method-assign]


def copied(field: Field) -> Field:
    """As Django's own `clone` makes it; that one is asked when the field belongs to a model."""
    if hasattr(field, "model"):
        return _make_anew(field)
    twin = copy.copy(field)
    # What was worked out once may hold for this field only; to its validators it added its own.
    for name in worked_out_once(type(field)):  # type: ignore[arg-type]
        twin.__dict__.pop(name, None)
    if "validators" in vars(field):
        twin.__dict__["validators"] = [*field.validators]
    if field.remote_field:
        twin.remote_field = copy.copy(field.remote_field)
        twin.remote_field.field = twin
    # Columns stand in the order in which their fields were made.
    twin.creation_counter = Field.creation_counter
    Field.creation_counter += 1
    return twin


@cache
def worked_out_once(kind: type[Field]) -> tuple[str, ...]:
    return tuple(
        name
        for parent in kind.__mro__
        for name, value in vars(parent).items()
        if isinstance(value, cached_property)
    )
