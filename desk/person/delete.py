"""Deleting a person who asked for it, also by post or on the telephone."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from accounts import audit, proofs
from actions.erasing import How, erase
from actions.models import Action, Letter
from desk.access import needs
from desk.person.forms import CameField
from desk.person.what_they_did import suppression_of
from supporters.looks import look_at, subject_of
from supporters.models import Supporter
from worker.models import State

# Links and time are not for people here to say.
CHECKED = (How.MAILBOX, How.POST, How.TELEPHONE, How.IN_PERSON, How.GUARDIAN)
LEFT = (State.SENT, State.UNCERTAIN, State.DATA)


class DeleteForm(forms.Form):
    came = CameField()
    how = forms.ChoiceField(
        label=gettext_lazy("How you made sure that it is them"),
        choices=[(how.value, how.label) for how in CHECKED],
        widget=forms.RadioSelect,
    )
    is_sure = forms.BooleanField(label=gettext_lazy("Delete this person for good"))


@needs("see_supporters")
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Says what goes and what stays; with a second factor given a short while ago."""
    person = get_object_or_404(Supporter.objects.whole(), public_id=public_id)
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:supporter_delete", args=[public_id]))
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, person, form)
    actor, typed = request.user.get_username(), form.cleaned_data
    with transaction.atomic():
        # How it came; how they were known is in the line of the erasure itself.
        audit.record(actor, "deletion asked for", subject_of(person), came=typed["came"])
        erased = erase(person, by=actor, how=typed["how"])
    # Of two at once the second found nobody.
    number = erased.actions if erased else 0
    messages.success(
        request,
        ngettext(
            "Deleted. %(number)s action counts on as nobody’s.",
            "Deleted. %(number)s actions count on as nobody’s.",
            number,
        )
        % {"number": number},
    )
    return redirect("desk:supporter_find")


def show(request: HttpRequest, person: Supporter, form: DeleteForm) -> HttpResponse:
    look_at(person, actor=request.user.get_username())
    letters = Letter.objects.filter(action__supporter=person)
    context = {
        "person": person,
        "form": form,
        "actions": Action.objects.filter(supporter=person).count(),
        "left": letters.filter(delivery__state__in=LEFT).count(),
        "not_left": letters.exclude(delivery=None).exclude(delivery__state__in=LEFT).count(),
        "suppression": suppression_of(person),
    }
    return render(request, "desk/person/delete.html", context, status=422 if form.is_bound else 200)
