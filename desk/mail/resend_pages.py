"""Failed letters, many at once: choose what they have in common, see how many that is, say why, and
send them again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns import words
from campaigns.models import Campaign
from desk.access import needs
from desk.mail import resend_job
from desk.mail.resend_job import Selection
from desk.models import Resend

# A list longer than this is no help.
CHOICES = 50
SHOWN = 10


class SelectionForm(forms.Form):
    """What may be chosen is what failed letters have."""

    lane = forms.ChoiceField(label=gettext_lazy("Destination"), required=False)
    scope_key = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)
    answer = forms.ChoiceField(label=gettext_lazy("Last words"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the page posts is short; this leads from there to the whole words.
        self.whole: dict[str, dict[str, str]] = {}
        titles = {
            f"campaign:{campaign.pk}": words.of(campaign).title
            for campaign in Campaign.objects.prefetch_related("words")
        }
        for name, numbers in counted().items():
            most = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))[:CHOICES]
            # Blank already means any.
            rows = [(value, number) for value, number in most if value]
            self.whole[name] = {short(value): value for value, _number in rows}
            labels = [f"{titles.get(value, value)[:80]} ({number})" for value, number in rows]
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *zip(self.whole[name], labels, strict=True)]

    @property
    def selection(self) -> Selection:
        return Selection(
            **{name: self.whole[name].get(key, "") for name, key in self.cleaned_data.items()}
        )


def counted() -> dict[str, Counter[str]]:
    """For each thing that failed letters may have in common, how many have which. All in one pass:
    it looks for the last words of each of them.
    """
    found: dict[str, Counter[str]] = {name: Counter() for name in ("lane", "scope_key", "answer")}
    groups = Selection().rows().values_list(*found).annotate(number=Count("pk")).order_by()
    for *values, number in groups:
        for name, value in zip(found, values, strict=True):
            found[name][value or ""] += number
    return found


def short(text: str) -> str:
    """What stands in the address line: somebody's last words may be longer than that takes."""
    return text if len(text) < 100 else hashlib.sha256(text.encode()).hexdigest()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=3,
        max_length=500,
        help_text=gettext_lazy("What has changed since."),
    )


@needs("see_outbox")
def resend(request: HttpRequest) -> HttpResponse:
    """How many failed letters have this in common, and what was sent again before."""
    return _show(request, SelectionForm(request.GET), ReasonForm())


@require_POST
@needs("hold_deliveries")
def send(request: HttpRequest) -> HttpResponse:
    """Begin with those chosen. 422 without a reason, or for what no failed letter has."""
    chosen, why = SelectionForm(request.POST), ReasonForm(request.POST)
    if not (chosen.is_valid() and why.is_valid()):
        return _show(request, chosen, why, status=422)
    resend_job.start(
        chosen.selection, author=request.user.get_username(), reason=why.cleaned_data["reason"]
    )
    return redirect("desk:resend")


@require_POST
@needs("hold_deliveries")
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Whatever went again has gone; the others stay as they are."""
    if not resend_job.stop(number, author=request.user.get_username()):
        messages.warning(request, _("Nothing was changed: it was over already."))
    return redirect("desk:resend")


def _show(
    request: HttpRequest, form: SelectionForm, why: ReasonForm, status: int = 200
) -> HttpResponse:
    found = form.selection.rows() if form.is_valid() else None
    total = no_text = 0
    if found is not None:
        # Blanked after retention (worker.retention): they are counted, and can't go.
        blank = Count("pk", filter=Q(message=b""))
        total, no_text = found.aggregate(all=Count("pk"), blank=blank).values()
    resends = list(Resend.objects.all()[:SHOWN])
    context = {
        "form": form,
        "why": why,
        "total": total,
        "may_go": total - no_text,
        "no_text": no_text,
        "first": found.order_by("-settled_at", "-pk")[:SHOWN] if found is not None else [],
        "resends": resends,
        "is_going": any(row.finished_at is None for row in resends),
    }
    return render(request, "desk/resend.html", context, status=status)
