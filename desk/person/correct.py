"""Correcting what we know of a supporter, as they asked."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from actions import corrected_here
from desk.access import needs
from desk.person.forms import CameField
from desk.supporters.conditions import states
from desk.supporters.districts import find_one
from supporters import notes
from supporters.forms import EmailField, LineField, PhoneField
from supporters.looks import look_at, subject_of
from supporters.models import LONGEST_NOTE, Supporter

ADULTS_ONLY = ("phone", "street", "city", "why")


class CorrectForm(forms.Form):
    """As they want it to be. Of somebody under 18 less is asked, and nothing noted."""

    given_name = LineField(label=gettext_lazy("First name"), max_length=70)
    family_name = LineField(label=gettext_lazy("Last name"), max_length=70, required=False)
    email = EmailField(
        help_text=gettext_lazy("Another mailbox gets no news until its owner answers from it.")
    )
    phone = PhoneField(required=False)
    street = LineField(label=gettext_lazy("Street"), max_length=120, required=False)
    city = LineField(label=gettext_lazy("City"), max_length=80, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    zip = LineField(label=gettext_lazy("ZIP code"), max_length=10, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    came = CameField()
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept as a note on their page."),
    )

    def __init__(self, person: Supporter, data: Any = None) -> None:
        known = {name: getattr(person, name) for name in corrected_here.CORRECTED}
        super().__init__(data, initial=known)
        self.person = person
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = choices_of_state(person.state)
        for name in ADULTS_ONLY if person.is_minor else ():
            del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_zip(self) -> str:
        typed: str = self.cleaned_data["zip"]
        if typed and self.person.country == "US" and not re.fullmatch(r"\d{5}", typed):
            raise ValidationError(_("A ZIP code has five digits."))
        return typed

    def values(self) -> dict[str, str]:
        """Call after is_valid()."""
        typed = self.cleaned_data
        return {name: typed[name] for name in corrected_here.CORRECTED if name in typed}


def choices_of_state(had: str) -> list[tuple[str, Any]]:
    """With the one that they have, whatever that is."""
    named = [(code, name) for code, name in states() if code]
    own = [(had, had)] if had and had not in dict(named) else []
    return [("", "–"), *own, *named]


@needs("see_supporters")
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """422 for what cannot be; where somebody of this mailbox and name is here, an offer to merge.
    The audit log has the names of the fields, and no more.
    """
    person = get_object_or_404(Supporter.objects.whole(), public_id=public_id)
    if request.method != "POST":
        look_at(person, actor=request.user.get_username())
        return show(request, person, CorrectForm(person))
    form = CorrectForm(person, request.POST)
    if not form.is_valid():
        return show(request, person, form, status=422)
    try:
        changed = save(person, form, actor=request.user.get_username())
    except corrected_here.Taken as taken:
        return show(request, person, form, other=taken.other, status=422)
    # Outside the transaction: maps are read, which takes a while.
    if set(changed) & set(corrected_here.ADDRESS):
        find_one(person.pk)
    if changed:
        messages.success(
            request, _("Corrected. Letters that were sealed before stay as they were.")
        )
    return redirect("desk:supporter", public_id)


@transaction.atomic
def save(person: Supporter, form: CorrectForm, *, actor: str) -> list[str]:
    changed = corrected_here.correct(person, form.values())
    if changed:
        if why := form.cleaned_data.get("why"):
            notes.write(person, why, author=actor)
        audit.record(
            actor,
            "supporter corrected",
            subject_of(person),
            fields=changed,
            came=form.cleaned_data["came"],
        )
    return changed


def show(
    request: HttpRequest,
    person: Supporter,
    form: CorrectForm,
    *,
    other: Supporter | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"person": person, "form": form, "other": other}
    return render(request, "desk/person/correct.html", context, status=status)
