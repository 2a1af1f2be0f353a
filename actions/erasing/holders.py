"""Which rooms above hold something of a person: settings.HOLDERS_OF_PEOPLE names a function each.

Such a function takes the Person, in the transaction of the erasure, deletes or blanks what its
table, file or part says of them, and returns how many rows that were. It may be called twice for
one person. What has a foreign key to the supporter with CASCADE goes by itself and needs none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from actions.erasing.person import Person

Holder = Callable[[Person], int]


def let_go(person: Person) -> int:
    """Every room above lets go of them. Raises what a holder raises: then nobody is erased."""
    return sum(holder(person) for holder in holders())


def holders() -> list[Holder]:
    return [import_string(path) for path in settings.HOLDERS_OF_PEOPLE]
