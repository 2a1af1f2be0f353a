"""What people who work here did, as it was written down: who, what, about whom, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry, User
from desk.access import needs
from desk.sorting import Column, Table

COLUMNS = [
    Column("when", gettext_lazy("When"), by="pk", falls=True),
    Column("who", gettext_lazy("Who")),
    Column("what", gettext_lazy("What")),
    Column("about", gettext_lazy("About")),
    Column("more", gettext_lazy("More")),
]


class LogForm(forms.Form):
    """Who did what about whom, and since when; blank is any."""

    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=254)
    deed = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    subject = forms.CharField(label=gettext_lazy("About"), required=False, max_length=200)
    since = forms.DateField(
        label=gettext_lazy("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, lines: QuerySet[AuditEntry], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deeds = lines.order_by("deed").values_list("deed", flat=True).distinct()
        chosen = self.fields["deed"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Anything")), *((deed, deed) for deed in deeds)]

    def narrowed(self, lines: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Those lines that were asked for. Nothing for what cannot be."""
        if not self.is_valid():
            return lines.none()
        asked = self.cleaned_data
        if asked["who"]:
            lines = lines.filter(actor__icontains=asked["who"])
        if asked["deed"]:
            lines = lines.filter(deed=asked["deed"])
        if asked["subject"]:
            lines = lines.filter(subject__icontains=asked["subject"])
        if asked["since"]:
            midnight = dt.datetime.combine(asked["since"], dt.time())
            lines = lines.filter(at__gte=timezone.make_aware(midnight))
        return lines


@needs("manage_people")
def audit_log(request: HttpRequest) -> HttpResponse:
    """Paged by key, in the order of writing or against it."""
    lines = readable(request)
    form = LogForm(lines, request.GET)
    page = Table(request, COLUMNS, usual="-when").by_key(form.narrowed(lines))
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = page | {
        "form": form,
        "lines": with_words(page["rows"]),
        "is_narrowed": bool(asked),
    }
    return render(request, "desk/people/audit_log.html", context)


def readable(request: HttpRequest) -> QuerySet[AuditEntry]:
    """Everything; to a demonstration account, which anybody opens, what its like did."""
    lines: QuerySet[AuditEntry] = AuditEntry.objects.all()
    if getattr(request.user, "is_demo", False):
        return lines.filter(actor__in=User.objects.filter(is_demo=True).values("email"))
    return lines


def with_words(lines: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Each with its detail in plain words; what is blank says nothing."""
    return [
        {"entry": line, "detail": [(name, in_words(value)) for name, value in said(line)]}
        for line in lines
    ]


def said(line: AuditEntry) -> list[tuple[str, Any]]:
    return [
        (name.replace("_", " "), value)
        for name, value in line.detail.items()
        if value not in ("", [], {}, None, False)
    ]


def in_words(value: Any) -> str:
    """A list as a row of words."""
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items())
    return _("yes") if value is True else str(value)
