"""One row of these lists: who, what, and what else came with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actions.answers import answers_of
from actions.models import Submission
from actions.screening.marks import name_of_network
from actions.screening.why_quarantined import THREAT
from campaigns import words
from supporters.models import Supporter


def loaded(found: QuerySet[Submission]) -> QuerySet[Submission]:
    """With all that `described` reads."""
    return found.select_related("ask__campaign", "action__supporter").prefetch_related(
        "ask__campaign__words"
    )


def described(rows: Sequence[Submission]) -> list[dict[str, Any]]:
    """Whoever is under 18 stands there without a name, and is not found by one."""
    people = Supporter.objects.filter(key__in=[row.supporter_key for row in rows])
    minors = set(people.filter(is_minor=True).values_list("key", flat=True))
    return [one_row(row, is_minor=is_young(row, minors)) for row in rows]


def is_young(row: Submission, minors: set[str]) -> bool:
    """`minors` are keys of supporters."""
    return bool(row.entry.get("is_minor")) or row.supporter_key in minors


def one_row(row: Submission, *, is_minor: bool) -> dict[str, Any]:
    # What was typed is its supporter's once it counts.
    known = row.action.supporter if row.action else None
    email = row.entry.get("email") or (known.email if known else "")
    return {
        "submission": row,
        "name": row.name or (known.name if known else ""),
        "email": email,
        "campaign": words.of(row.ask.campaign).title,
        "words": "\n\n".join((row.action or row).own_texts),
        "answers": [] if is_minor else answers_of(row.action or row),
        "is_threat": row.quarantined_because == THREAT,
        "is_minor": is_minor,
        "counted": row.state == Submission.State.CONFIRMED,
        "was_counted": row.action_id and row.state == Submission.State.QUARANTINED,
        "network": name_of_network(row.kept_network),
        "alike": alike(row, "" if is_minor else email),
    }


def alike(row: Submission, email: str) -> list[tuple[str, str]]:
    """(what they share, the address line that finds those)."""
    domain = email.rpartition("@")[2]
    shared = [
        (_("the same network"), {"network": row.kept_network}),
        (_("like words"), {"likeness": row.likeness[:8]}),
        (_("the same mail domain"), {"domain": domain}),
        (_("the same form"), {"form": str(row.form_key)}),
    ]
    return [(label, urlencode(line)) for label, line in shared if all(line.values())]
