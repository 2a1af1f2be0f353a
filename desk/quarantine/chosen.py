"""Which actions somebody means: some that were ticked, or all that match conditions."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime

from actions.models import Submission
from actions.screening.set_aside import could_be_set_aside
from actions.screening.why_quarantined import THREAT
from supporters.models import Supporter

ANSWERS = {
    "yes": Q(appealed_at__isnull=False) | Q(action__isnull=False),
    "no": Q(appealed_at__isnull=True, action__isnull=True),
}
# Where a name and an address stand: typed while it waits, with its supporter once it counts.
NAMES = ("given_name", "family_name")


@dataclass(frozen=True)
class Chosen:
    """Blank is any. A further condition is a field here, one of ConditionsForm's and a line in
    `narrowed`.

    `up_to` is the newest that there was when they were counted: whatever comes later is not meant.
    `counted`: of those that wait for their mailbox or count already, instead of those in
    quarantine. Times in ISO 8601; `network` and `likeness` are marks (actions.screening.marks).
    """

    ids: tuple[int, ...] = ()
    because: str = ""
    campaign: int = 0
    answered: str = ""
    up_to: int = 0
    counted: bool = False
    network: str = ""
    domain: str = ""
    name: str = ""
    text: str = ""
    likeness: str = ""
    since: str = ""
    until: str = ""
    form: str = ""

    def pool(self) -> QuerySet[Submission]:
        """Of which these are some."""
        if self.counted:
            return could_be_set_aside()
        found: QuerySet[Submission] = Submission.objects.filter(state=Submission.State.QUARANTINED)
        return found

    def matching(self) -> QuerySet[Submission]:
        """All that fit the conditions, ticked or not."""
        return narrowed(self.pool(), self)

    def rows(self) -> QuerySet[Submission]:
        """Those that are meant and wait still. A threat is read by a person: it is never among
        "all", only among those that were ticked.
        """
        if self.ids:
            return self.pool().filter(pk__in=self.ids)
        return self.matching().filter(pk__lte=self.up_to).exclude(quarantined_because=THREAT)

    @property
    def is_narrowed(self) -> bool:
        return any(asdict(self)[name] for name in CONDITIONS)

    @property
    def conditions(self) -> dict[str, Any]:
        """Those that are set, as the confirming page repeats them."""
        return {name: value for name in CONDITIONS if (value := asdict(self)[name])}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Chosen:
        return cls(**kept | {"ids": tuple(kept["ids"])})


NO_CONDITION = ("ids", "up_to", "counted")
CONDITIONS = [name for name in Chosen.__dataclass_fields__ if name not in NO_CONDITION]


def narrowed(found: QuerySet[Submission], chosen: Chosen) -> QuerySet[Submission]:
    """By each condition that is set."""
    plain = {
        "quarantined_because": chosen.because,
        "ask__campaign": chosen.campaign,
        "kept_network": chosen.network,
        "likeness__contains": chosen.likeness,
        "form_key": chosen.form,
        "created_at__gte": moment(chosen.since),
        "created_at__lt": moment(chosen.until),
    }
    found = found.filter(**{column: value for column, value in plain.items() if value})
    if chosen.answered:
        found = found.filter(ANSWERS[chosen.answered])
    if chosen.name or chosen.text:
        found = found.filter(of_somebody_grown())
    if chosen.domain:
        found = found.filter(of_person("email", "iendswith", f"@{chosen.domain}"))
    for word in chosen.name.split():
        found = found.filter(
            of_person("given_name", "icontains", word) | of_person("family_name", "icontains", word)
        )
    return found.filter(says(chosen.text)) if chosen.text else found


def of_somebody_grown() -> Q:
    """Nobody under 18 is found by a name, or by words."""
    known = Supporter.objects.filter(key=OuterRef("supporter_key"), is_minor=True)
    return Q(~Exists(known)) & (Q(entry={}) | Q(entry__is_minor=False))


def of_person(field: str, lookup: str, value: str) -> Q:
    typed = Q(**{f"entry__{field}__{lookup}": value})
    return typed | Q(**{"entry": {}, f"action__supporter__{field}__{lookup}": value})


def says(text: str) -> Q:
    """In their own words, or in our statement once they changed it."""
    found = Q()
    for row in ("", "action__"):
        found |= Q(**{f"{row}own_words__icontains": text})
        found |= Q(**{f"{row}statement_edited": True, f"{row}statement__icontains": text})
    return found


def moment(text: str) -> dt.datetime | None:
    return parse_datetime(text) if text else None
