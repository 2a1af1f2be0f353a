"""Two records of one person: which stays, what moves, and undoing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from actions import merging
from actions.models import Action
from desk.access import needs
from desk.person.what_they_did import household_of
from desk.supporters.districts import find_one
from supporters.forms import EmailField
from supporters.looks import look_at
from supporters.models import Consent, Merge, Supporter
from supporters.people import mailbox_of


class OtherForm(forms.Form):
    """By POST, as every search is."""

    email = EmailField()


class MergeForm(forms.Form):
    stays = forms.ChoiceField(label=gettext_lazy("Which one stays"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why they are one person"),
        min_length=3,
        max_length=200,
        help_text=gettext_lazy("Such as: she called, and uses both mailboxes."),
    )

    def __init__(self, pair: tuple[Supporter, Supporter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stays = self.fields["stays"]
        assert isinstance(stays, forms.ChoiceField)
        stays.choices = [(one.public_id, f"{one.name}, {one.email}") for one in pair]
        # Whoever has answered; then who has been here longer.
        best = min(pair, key=lambda one: (one.proven_at is None, one.pk))
        stays.initial = best.public_id


@needs("see_supporters")
def merge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """With whom; then both beside each other, and the button. 422 for two who cannot be one."""
    person = get_object_or_404(Supporter.objects.grown(), public_id=public_id)
    # A public id: in an address it says nothing of whom it is about.
    wanted = request.GET.get("with", "")
    if not wanted:
        return choose(request, person)
    others = Supporter.objects.grown().exclude(pk=person.pk)
    other = get_object_or_404(others, public_id=as_id(wanted))
    form = MergeForm((person, other), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, person, other, form, status=422 if form.is_bound else 200)
    is_first = form.cleaned_data["stays"] == str(person.public_id)
    kept, gone = (person, other) if is_first else (other, person)
    try:
        made = merging.merge(
            kept, gone, author=request.user.get_username(), reason=form.cleaned_data["reason"]
        )
    except merging.CannotMerge as why:
        form.add_error(None, str(why))
        return show(request, person, other, form, status=422)
    # An address that came from the other record has districts of its own.
    if made.moved["filled"]:
        find_one(kept.pk)
    messages.success(request, _("One record now. For 30 days this can be undone, below."))
    return redirect("desk:supporter", kept.public_id)


def as_id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def choose(request: HttpRequest, person: Supporter) -> HttpResponse:
    """Others of their mailbox, or of one that is typed."""
    form = OtherForm(request.POST if request.method == "POST" else None)
    others = list(household_of(person))
    if form.is_valid():
        found = Supporter.objects.grown().filter(mailbox=mailbox_of(form.cleaned_data["email"]))
        others = list(found.exclude(pk=person.pk).order_by("pk")[:20])
    context = {"person": person, "form": form, "others": others, "is_asked": form.is_bound}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/person/merge_with.html", context, status=status)


def show(
    request: HttpRequest,
    person: Supporter,
    other: Supporter,
    form: MergeForm,
    *,
    status: int,
) -> HttpResponse:
    for one in (person, other):
        look_at(one, actor=request.user.get_username())
    theirs = Action.objects.filter(supporter__in=[person, other])
    asks = theirs.values_list("ask", flat=True)
    context = {
        "person": person,
        "other": other,
        "both": [about(person), about(other)],
        "twice": len(asks) - len(set(asks)),
        "form": form,
    }
    return render(request, "desk/person/merge.html", context, status=status)


def about(one: Supporter) -> dict[str, Any]:
    return {
        "person": one,
        "actions": Action.objects.filter(supporter=one).count(),
        "consents": Consent.objects.filter(supporter=one).count(),
    }


@require_POST
@needs("see_supporters")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records again; what cannot be undone any more says why."""
    made = get_object_or_404(Merge.objects.select_related("kept", "gone"), pk=pk)
    try:
        merging.undo(made, author=request.user.get_username())
    except merging.CannotMerge as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Two records again. What was stopped or ended stays so."))
    return redirect("desk:supporter", made.kept.public_id)
