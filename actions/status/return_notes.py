"""What came back about a letter, for its writer: facts beside its state, in words that claim no
more than they show.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from worker.models import Delivery, Return


def notes(delivery: Delivery | None) -> list[tuple[str, dt.datetime]]:
    """A sentence for each kind of thing that came back, the first time it did; a failure stands in
    the state. Wants `returns` loaded.
    """
    first: dict[str, Return] = {}
    for row in delivery.returns.all() if delivery else []:
        first.setdefault(row.kind, row)
    return [(words, row.at) for row in first.values() if (words := return_in_words(row.kind))]


def return_in_words(kind: str) -> str:
    """Blank for what is no news of its own."""
    return {
        Return.Kind.DELAYED: _(
            "The mail server there tells us that it takes longer, and goes on trying."
        ),
        Return.Kind.DELIVERED: _("The office’s own mail server says that it was delivered."),
        Return.Kind.AUTO_REPLY: _("The office’s own system answered automatically."),
        Return.Kind.REPLY: _(
            "Somebody answered, to an address of ours that nobody reads. They were told to write to"
            " you."
        ),
    }.get(Return.Kind(kind), "")
