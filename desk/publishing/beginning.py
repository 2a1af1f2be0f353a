"""A new thing of a kind: a draft with its English words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import audit
from campaigns.models import Published
from campaigns.starting import free_slug
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import meet
from desk.publishing.kinds import Kind


def new_page(
    kind: Kind,
    heading: Any,
    then: Callable[[HttpRequest, Any], HttpResponse],
    *,
    named_by: str = "title",
    begin: Callable[[HttpRequest, Any], None] = lambda request, thing: None,
) -> Callable[..., Any]:
    """The view. Its address comes of the words' field `named_by`; `begin` sets what the row wants
    before it is saved; `then` answers once it is.
    """

    @needs(kind.right)
    @require_http_methods(["GET", "POST"])
    def new(request: HttpRequest) -> HttpResponse:
        thing: Any = kind.model()
        meeting = meet(
            request,
            lambda data: kind.form(data, instance=kind.new_words(thing, "en")),
            Thing(f"{kind.name}:new"),
        )
        if meeting.may_be_saved:
            thing.slug = free_slug(meeting.form.cleaned_data[named_by], kind.model)
            begin(request, thing)
            save_new(kind, thing, meeting.form, author=request.user.get_username())
            meeting.forget_draft()
            return then(request, thing)
        context = {
            "heading": heading,
            "form": meeting.form,
            "meeting": meeting,
            "opened_with": meeting.opened_with,
            **kind.place(),
        }
        template = [f"desk/{kind.name}s/new.html", "desk/publishing/new.html"]
        return render(request, template, context, status=meeting.status)

    return new


@transaction.atomic
def save_new(kind: Kind, thing: Published, form: Any, *, author: str) -> None:
    """A thing and its first words, which `form` has."""
    thing.save()
    form.instance = kind.new_words(thing, form.instance.language, form.instance)
    form.save()
    audit.record(author, f"{kind.name}.begin", thing.slug)
