"""A supporter's page: what they did and allowed, and what is written down here about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.merging import is_over
from desk.access import needs
from desk.person import what_they_did
from desk.person.forms import LiftForm, NoteForm, SuppressForm, TagsForm
from supporters.looks import look_at, who_looked
from supporters.models import Supporter
from supporters.suppressions import LIFTABLE

LOOKS_SHOWN = 10


@require_safe
@needs("see_supporters")
def supporter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Written down as a look. A record that went into another leads there."""
    found = get_object_or_404(Supporter, public_id=public_id)
    if found.merged_into_id:
        return redirect("desk:supporter", found.person.public_id)
    return show(request, found)


def merges_of(person: Supporter) -> list[dict[str, Any]]:
    """What went into this record, and whether that can still be undone."""
    standing = person.merges.standing().select_related("gone")
    return [{"merge": made, "may_undo": not is_over(made)} for made in standing]


def show(
    request: HttpRequest, person: Supporter, *, status: int = 200, **forms_: forms.Form
) -> HttpResponse:
    """Their page, with this form where one was refused. Of somebody under 18 there is less."""
    # Before anything is shown: a page that fails halfway was looked at too.
    look_at(person, actor=request.user.get_username())
    suppression = what_they_did.suppression_of(person)
    context: dict[str, Any] = {
        "person": person,
        "language": dict(settings.LANGUAGES).get(person.language, person.language),
        "suppression": suppression,
        "may_lift": suppression is not None and suppression.reason in LIFTABLE,
        "suppress_form": SuppressForm(),
        "lift_form": LiftForm(),
        "waiting": what_they_did.waiting(person),
        "looks": who_looked(person, LOOKS_SHOWN),
    }
    context |= what_they_did.actions_of(person, before=request.GET.get("before", ""))
    if not person.is_minor:
        context |= {
            "consents": what_they_did.consents_of(person),
            "mailings": what_they_did.mailings_of(person),
            "districts": what_they_did.districts_of(person),
            "notes": person.notes.all(),
            "note_form": NoteForm(),
            "tags_form": TagsForm(initial={"tags": what_they_did.tags_of(person)}),
            "merges": merges_of(person),
            "household": what_they_did.household_of(person),
        }
    return render(request, "desk/person/person.html", context | forms_, status=status)
