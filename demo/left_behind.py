"""What demonstration accounts made or changed and the removal of the demonstration leaves: rows
that are not of it, which somebody has to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, ForeignKey, Model

from accounts.models import AuditEntry, User

# Evidence, which names whoever did it and changes nothing by itself.
EVIDENCE = {"accounts.AuditEntry", "worker.Attempt"}
NOT_NEWS = ("signed in", "signed out")


@dataclass(frozen=True)
class Trace:
    """A row that names a demonstration account."""

    model: type[Model]
    pk: Any
    email: str

    def __str__(self) -> str:
        row = self.model._default_manager.get(pk=self.pk)
        return f"{self.model._meta.verbose_name} {self.pk}: {in_words(row)} ({self.email})"


def in_words(row: Model) -> str:
    """What it says of itself, else what short texts are in it."""
    if type(row).__str__ is not Model.__str__:
        return str(row)[:120]
    texts = [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, CharField) and not says_who(field.name)
    ]
    return ", ".join(value for name in texts if (value := str(getattr(row, name) or "")))[:120]


def traces() -> list[Trace]:
    """Before the removal: every row that names one as its author, of whatever table."""
    emails = dict(User.objects.filter(is_demo=True).values_list("pk", "email"))
    found = []
    for model in apps.get_models():
        if model._meta.label in EVIDENCE:
            continue
        for name, values in naming_fields(model, emails):
            rows = model._default_manager.filter(**{f"{name}__in": values})
            for pk, who in rows.values_list("pk", name):
                found.append(Trace(model, pk, emails.get(who, who)))
    return found


def naming_fields(model: type[Model], emails: dict[int, str]) -> Iterator[tuple[str, list[Any]]]:
    """The fields that say who did it, each with what a demonstration account is called there."""
    for field in model._meta.concrete_fields:
        if not says_who(field.name):
            continue
        if isinstance(field, ForeignKey) and field.related_model is User:
            yield field.name, list(emails)
        elif isinstance(field, CharField):
            yield field.name, list(emails.values())


def says_who(name: str) -> bool:
    return name == "author" or name.endswith("_by")


def still_here(before: list[Trace]) -> list[str]:
    """After the removal: those of these rows that it left, in words."""
    return sorted(
        str(trace)
        for trace in set(before)
        if trace.model._default_manager.filter(pk=trace.pk).exists()
    )


def deeds(emails: list[str]) -> list[str]:
    """What the audit log says that they did, with how often; also of what leaves no name."""
    lines = AuditEntry.objects.filter(actor__in=emails).exclude(deed__in=NOT_NEWS)
    counted = lines.values("deed").annotate(number=Count("pk")).order_by("deed")
    return [f"{row['deed']} ({row['number']})" for row in counted]
