"""The publications' own pages: all of them, a new one, what one is about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from campaigns import words
from campaigns.models import Publication
from campaigns.publications import files
from campaigns.publications.page import publication_page
from desk.access import needs
from desk.newer_version import in_turn, meet
from desk.publications.forms import AboutForm, PublicationForm
from desk.publishing import pages
from desk.publishing.beginning import new_page
from desk.publishing.kinds import Kind
from desk.sorting import Column, Table

COLUMNS = [
    Column("title", gettext_lazy("Title")),
    Column("kind", gettext_lazy("Kind")),
    Column("date", gettext_lazy("Date"), by="dated_on", falls=True),
    Column("standing", gettext_lazy("Public")),
]
KIND = Kind(
    name="publication",
    model=Publication,
    form=PublicationForm,
    title=lambda publication: words.of(publication).title,
    page=publication_page,
    public_name="campaigns:publication",
    listing=("desk:publications", gettext_lazy("Publications")),
    more=(
        ("_about", gettext_lazy("What it is about")),
        ("_files", gettext_lazy("Files")),
    ),
    delete=files.delete_with_files,
)


@needs("run_campaigns")
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """All of them, drafts too, the newest first."""
    table = Table(request, COLUMNS, usual="-date")
    context = table.by_key(Publication.objects.prefetch_related("words"))
    context["rows"] = [(row, words.of(row)) for row in context["rows"]]
    return render(request, "desk/publications/list.html", context)


new_publication = new_page(
    KIND,
    gettext_lazy("New publication"),
    then=lambda request, publication: redirect("desk:publication_about", publication.slug),
)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Publication)
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Its kind, its date, and the issues, bills and states on whose pages it stands."""
    publication = _found(slug)
    meeting = meet(
        request,
        lambda data: AboutForm(data, thing=publication),
        KIND.draft(publication, "about"),
    )
    if meeting.may_be_saved:
        meeting.form.save()
        meeting.forget_draft()
        audit.record(request.user.get_username(), "publication.about", slug)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = pages.frame(KIND, publication, tab="_about") | {
        "form": meeting.form,
        "meeting": meeting,
        "opened_with": meeting.opened_with,
    }
    return render(request, "desk/publishing/about.html", context, status=meeting.status)


def _found(slug: str) -> Publication:
    found = pages.found(KIND, slug)
    assert isinstance(found, Publication)
    return found
