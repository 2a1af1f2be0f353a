"""Many together: set aside, let count or refuse; stop it, and undo it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from actions.models import Action, Letter, Submission
from actions.typed_numbers import typed_number
from desk.access import needs
from desk.models import Verdict
from desk.quarantine import verdicts
from desk.quarantine.chosen import Chosen
from desk.quarantine.conditions import ConditionsForm, as_fields

# Of those in quarantine; the others can only be set aside.
DECIDES = (Verdict.Deed.RELEASE, Verdict.Deed.REFUSE)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=3,
        max_length=300,
        help_text=gettext_lazy("Kept with your name, for whoever asks later."),
    )


@require_POST
@needs("see_supporters")
def many(request: HttpRequest) -> HttpResponse:
    """First how many and what will happen; noted only when that page's button is pressed. 422
    without a reason there, or when nothing was ticked.
    """
    chosen, form = chosen_in(request), ReasonForm(request.POST)
    found = chosen.rows().count()
    if not found:
        messages.warning(request, _("Nothing was chosen: tick some, or all that match."))
        return redirect("desk:quarantine_counted" if chosen.counted else "desk:quarantine")
    deed = deed_in(request, chosen)
    is_asked_first = "confirmed" not in request.POST
    if not is_asked_first and form.is_valid():
        author, reason = request.user.get_username(), form.cleaned_data["reason"]
        verdicts.ask_for(deed, chosen, author=author, reason=reason)
        return redirect(f"{reverse('desk:quarantine')}#verdicts")
    context = {
        "form": ReasonForm() if is_asked_first else form,
        "deed": deed,
        "found": found,
        "chosen": chosen,
        "conditions": as_fields(chosen),
        "minutes": int(verdicts.GRACE.total_seconds() // 60),
        "days": verdicts.UNDO_FOR.days,
        **what_follows(chosen),
    }
    status = 200 if is_asked_first else 422
    return render(request, "desk/quarantine/many.html", context, status=status)


def what_follows(chosen: Chosen) -> dict[str, int]:
    """Whose mailboxes have answered, how many count now, and what has left already."""
    rows = chosen.rows()
    counting = rows.filter(state=Submission.State.CONFIRMED)
    return {
        "answered": Chosen(answered="yes").matching().filter(pk__in=rows.values("pk")).count(),
        "counting": counting.count(),
        "gone": Letter.objects.left().filter(action__in=counting.values("action")).count(),
    }


def deed_in(request: HttpRequest, chosen: Chosen) -> str:
    if chosen.counted:
        return Verdict.Deed.ASIDE
    deed = request.POST.get("deed", "")
    return deed if deed in DECIDES else Verdict.Deed.RELEASE


def chosen_in(request: HttpRequest) -> Chosen:
    """Those ticked, or all of now that match; the confirming page repeats what was counted."""
    counted = "counted" in request.POST
    conditions = ConditionsForm(request.POST, counted=counted)
    chosen = conditions.chosen()
    # Of everybody who ever acted somebody has to say which.
    is_all = "all" in request.POST and conditions.is_valid() and (chosen.is_narrowed or not counted)
    if not is_all:
        # A condition that fits nothing any more must not mean everything, nor must no tick: 0 is
        # nobody's.
        ids = {typed_number(one) for one in request.POST.getlist("one")}
        return Chosen(ids=tuple(sorted(one for one in ids if one)) or (0,), counted=counted)
    newest = chosen.matching().order_by("-pk").values_list("pk", flat=True).first() or 0
    return replace(chosen, up_to=typed_number(request.POST.get("up_to", "")) or newest)


@require_POST
@needs("see_supporters")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo it before it begins; afterwards leave the rest as it is."""
    if not verdicts.stop(pk, author=request.user.get_username()):
        messages.warning(request, _("Nothing was changed: it was over already."))
    return redirect(f"{reverse('desk:quarantine')}#verdicts")


@needs("see_supporters")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing it will do, and what it cannot; then its button."""
    verdict = get_object_or_404(Verdict.objects.exclude(deed=Verdict.Deed.UNDO), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    can_be = verdicts.undoable().filter(pk=pk).exists()
    if can_be and request.method == "POST" and form.is_valid():
        author = request.user.get_username()
        verdicts.ask_to_undo(pk, author=author, reason=form.cleaned_data["reason"])
        return redirect(f"{reverse('desk:quarantine')}#verdicts")
    if not can_be:
        messages.warning(request, _("It can’t be undone any more, or somebody does so already."))
        return redirect(f"{reverse('desk:quarantine')}#verdicts")
    context = {"verdict": verdict, "form": form, **what_undoing_meets(verdict)}
    status = 422 if form.errors else 200
    return render(request, "desk/quarantine/undo.html", context, status=status)


def what_undoing_meets(verdict: Verdict) -> dict[str, Any]:
    """How many are as it left them, how many are forgotten, and which letters left since."""
    theirs = Submission.objects.filter(pk__in=verdict.decided.values("submission"))
    actions = Action.objects.filter(pk__in=theirs.values("action"))
    kept = theirs.count()
    return {
        "kept": kept,
        "forgotten": verdict.done - kept,
        "left_since": Letter.objects.left().filter(action__in=actions).count(),
    }
