"""The publications' own pages: all of them, a new one, what one is about, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from campaigns import words
from campaigns.models import Publication
from campaigns.publications import files
from campaigns.publications.page import publication_page
from desk.access import needs
from desk.newer_version import in_turn, meet
from desk.organizing.campaign_page import language_or_404
from desk.publications.forms import AboutForm, FileForm, PublicationForm
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


@needs("run_campaigns")
@require_safe
def all_files(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF of each language in which it has words."""
    return _show_files(request, _found(slug))


@needs("run_campaigns")
@require_POST
@in_turn(Publication)
def change_file(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Another PDF for the words of that language, or none: `do` says which. 422 for what is no
    PDF.
    """
    publication, language = _found(slug), language_or_404(language)
    row = get_object_or_404(publication.words, language=language)
    before = row.file
    if request.POST.get("do") == "remove":
        row.file = None
    else:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return _show_files(request, publication, {language: form})
        file = form.cleaned_data["file"]
        try:
            row.file = files.keep(file, file.size, file.name)
        except files.BadFile as fault:
            form.add_error("file", str(fault))
            return _show_files(request, publication, {language: form})
    row.save(update_fields=["file"])
    if before != row.file:
        files.drop_unused(before)
    digest = row.file.digest if row.file else ""
    author = request.user.get_username()
    audit.record(author, "publication.file", slug, language=language, sha256=digest)
    messages.success(request, _("Saved."))
    return redirect("desk:publication_files", slug)


@needs("run_campaigns")
@require_safe
@never_cache
def pdf(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The file of a draft, for who works here."""
    row = get_object_or_404(_found(slug).words, language=language_or_404(language))
    if row.file is None:
        raise Http404(slug)
    return files.as_pdf(row.file)


def _found(slug: str) -> Publication:
    found = pages.found(KIND, slug)
    assert isinstance(found, Publication)
    return found


def _show_files(
    request: HttpRequest, publication: Publication, forms: dict[str, Any] | None = None
) -> HttpResponse:
    rows = publication.words.defer("file__content").select_related("file").order_by("language")
    context = pages.frame(KIND, publication, tab="_files") | {
        "rows": [(row, (forms or {}).get(row.language) or FileForm()) for row in rows]
    }
    status = 422 if forms else 200
    return render(request, "desk/publications/files.html", context, status=status)
