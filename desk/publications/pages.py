"""The publications' own pages: all of them, a new one, what one is about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.models import Publication
from campaigns.publications import files
from campaigns.publications.page import publication_page
from desk.access import needs
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


about = pages.about_page(KIND, AboutForm)
