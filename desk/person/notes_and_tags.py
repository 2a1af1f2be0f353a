"""The closed list of tags, who has which, and notes. None of anybody under 18: 404."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from desk.access import needs
from desk.person.forms import NoteForm, TagsForm
from desk.person.page import show
from supporters import notes
from supporters import tags as supporters_tags
from supporters.forms import LineField
from supporters.looks import subject_of
from supporters.models import Note, Supporter, Tag


class TagForm(forms.Form):
    name = LineField(label=gettext_lazy("Name of the tag"), min_length=2, max_length=40)

    def __init__(self, *args: Any, tag: Tag | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag = tag

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Tag.objects.exclude(pk=self.tag.pk) if self.tag else Tag.objects
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is a tag of this name."))
        return name


@needs("see_supporters")
def tags(request: HttpRequest) -> HttpResponse:
    """All of them, with how many people each has, and a form for another."""
    form = TagForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            tag = Tag.objects.create(name=form.cleaned_data["name"])
            audit.record(request.user.get_username(), "tag made", f"tag {tag.pk}", name=tag.name)
        messages.success(request, _("Made. It can be given to people on their pages."))
        return redirect("desk:supporter_tags")
    return show_tags(request, form, status=422 if form.is_bound else 200)


@require_POST
@needs("see_supporters")
def change_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; or gone, from everybody who had it."""
    tag = get_object_or_404(Tag, pk=pk)
    actor = request.user.get_username()
    if "remove" in request.POST:
        with transaction.atomic():
            had = tag.tagged.count()
            audited = {"name": tag.name, "people": had}
            tag.delete()
            audit.record(actor, "tag removed", f"tag {pk}", **audited)
        messages.success(request, _("Removed, also from everybody who had it."))
        return redirect("desk:supporter_tags")
    form = TagForm(request.POST, tag=tag)
    if not form.is_valid():
        return show_tags(request, form, failed=pk, status=422)
    with transaction.atomic():
        was, tag.name = tag.name, form.cleaned_data["name"]
        tag.save(update_fields=["name"])
        audit.record(actor, "tag renamed", f"tag {pk}", was=was, name=tag.name)
    return redirect("desk:supporter_tags")


def show_tags(
    request: HttpRequest, form: TagForm, *, failed: int = 0, status: int = 200
) -> HttpResponse:
    context = {
        "form": TagForm() if failed else form,
        "failed": failed,
        "failed_form": form,
        "tags": Tag.objects.annotate(people=Count("tagged")),
    }
    return render(request, "desk/person/tags.html", context, status=status)


@require_POST
@needs("see_supporters")
def set_tags(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Exactly those that are ticked."""
    person = get_object_or_404(Supporter.objects.grown(), public_id=public_id)
    form = TagsForm(request.POST)
    if not form.is_valid():
        return show(request, person, tags_form=form, status=422)
    actor = request.user.get_username()
    with transaction.atomic():
        came, gone = supporters_tags.set_tags(person, form.cleaned_data["tags"], author=actor)
        if came or gone:
            chosen = [tag.pk for tag in form.cleaned_data["tags"]]
            audit.record(actor, "supporter tagged", subject_of(person), tags=chosen)
    return redirect("desk:supporter", public_id)


@require_POST
@needs("see_supporters")
def write_note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Signed and dated. The audit log has its id, and not its words."""
    person = get_object_or_404(Supporter.objects.grown(), public_id=public_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, person, note_form=form, status=422)
    actor = request.user.get_username()
    with transaction.atomic():
        note = notes.write(person, form.cleaned_data["text"], author=actor)
        audit.record(actor, "note written", subject_of(person), note=note.pk)
    return redirect("desk:supporter", public_id)


@require_POST
@needs("see_supporters")
def strike_note(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Anybody here may: a word too many about somebody goes at once."""
    note = get_object_or_404(Note, pk=pk, supporter__public_id=public_id)
    # Its words are nowhere else, so nothing keeps what was struck.
    with transaction.atomic():
        subject = subject_of(note.supporter)
        note.delete()
        audit.record(request.user.get_username(), "note struck", subject, note=pk)
    return redirect("desk:supporter", public_id)
