"""The PDF of each language in which a published thing has words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from campaigns.models import Published
from campaigns.publications import files
from campaigns.published import changing
from desk.access import needs
from desk.newer_version import in_turn
from desk.organizing.campaign_page import language_or_404
from desk.publishing import pages
from desk.publishing.kinds import Kind
from supporters.forms import SAID


def file_urls_of(kind: Kind) -> list[Any]:
    """Below its listing, and before `urls_of`: <slug>/files/ and so on. Their names end in
    `_files`, `_file_change` and `_pdf`.
    """
    return [
        path("<slug:slug>/files/", files_page(kind), name=f"{kind.name}_files"),
        path(
            "<slug:slug>/<str:language>/file/",
            change_page(kind),
            name=f"{kind.name}_file_change",
        ),
        path("<slug:slug>/<str:language>/pdf/", pdf_page(kind), name=f"{kind.name}_pdf"),
    ]


class FileForm(forms.Form):
    """`signers`: organizations that signed what it says now, of which `mailed` are told. Then what
    changes has to be said; a first file that nobody is told of changes nothing.
    """

    # The file is not, but for the button that takes it away.
    says_optional = False

    file = forms.FileField(
        label=gettext_lazy("PDF"),
        required=False,
        error_messages={"empty": gettext_lazy("That file is empty.")},
        help_text=gettext_lazy(
            "10 MB at most. Scripts, attachments and the names of who wrote it are taken out."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    correction = forms.CharField(
        label=gettext_lazy("What you change in what they signed"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Say what changes: organizations signed it as it was."),
            "max_length": SAID["max_length"],
        },
    )

    def __init__(
        self, *args: Any, signers: int = 0, mailed: int = 0, is_first: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        correction = self.fields["correction"]
        if not signers or (is_first and not mailed):
            del self.fields["correction"]
            if signers:
                filed = _("It changes nothing that organizations signed: nobody is mailed.")
                self.fields["file"].help_text = f"{self.fields['file'].help_text} {filed}"
        elif is_first:
            correction.label = _("What you add to what they signed")
            correction.error_messages["required"] = _(
                "Say what you add: organizations signed the words alone."
            )
            correction.help_text = ngettext(
                "Organizations have signed the words alone. The page shows this sentence, and %d"
                " person who signed is told by mail that a PDF was added.",
                "Organizations have signed the words alone. The page shows this sentence, and %d"
                " people who signed are told by mail that a PDF was added.",
                mailed,
            ) % (mailed)
        elif mailed:
            correction.help_text = ngettext(
                "Organizations have signed. The page shows this sentence, and %d person who signed"
                " is told by mail, with a way to take the signature back.",
                "Organizations have signed. The page shows this sentence, and %d people who signed"
                " are told by mail, with a way to take the signature back.",
                mailed,
            ) % (mailed)
        else:
            correction.help_text = _(
                "Organizations have signed. The page shows this sentence; nobody is mailed."
            )

    def clean_file(self) -> Any:
        file, is_removal = self.cleaned_data["file"], self.data.get("do") == "remove"
        if not file and not is_removal:
            raise forms.ValidationError(_("Choose a file."))
        return file

    def kept(self) -> Any:
        """The row of a valid form's file; None for one that takes it away, and where it is no PDF,
        which the form then says.
        """
        file = self.cleaned_data["file"]
        if self.data.get("do") == "remove":
            return None
        try:
            return files.keep(file, file.size, file.name)
        except files.BadFile as fault:
            self.add_error("file", str(fault))
            return None


def files_page(kind: Kind) -> Any:
    @needs(kind.right)
    @require_safe
    def all_files(request: HttpRequest, slug: str) -> HttpResponse:
        return show(request, kind, pages.found(kind, slug))

    return all_files


def change_page(kind: Kind) -> Any:
    @needs(kind.right)
    @require_http_methods(["POST"])
    @in_turn(kind.model)
    def change_file(request: HttpRequest, slug: str, language: str) -> HttpResponse:
        """Another PDF for the words of that language, or none: `do` says which. 422 for what is no
        PDF.
        """
        thing, language = pages.found(kind, slug), language_or_404(language)
        words: Any = thing.words  # type: ignore[attr-defined]
        row = get_object_or_404(words, language=language)
        form = FileForm(request.POST, request.FILES, **who_signed(kind, thing, row))
        kept = form.kept() if form.is_valid() else None
        if form.errors:
            return show(request, kind, thing, {language: form})
        before, row.file = row.file, kept
        row.save(update_fields=["file"])
        if before != row.file:
            files.drop_unused(before)
            if said := form.cleaned_data.get("correction", ""):
                changing.correct(row, said)
                kind.told(thing, row, said, before is None)
        digest = row.file.digest if row.file else ""
        author = request.user.get_username()
        audit.record(author, f"{kind.name}.file", slug, language=language, sha256=digest)
        messages.success(request, _("Saved."))
        return redirect(kind.url("_files", thing))

    return change_file


def pdf_page(kind: Kind) -> Any:
    @needs(kind.right)
    @require_safe
    @never_cache
    def pdf(request: HttpRequest, slug: str, language: str) -> HttpResponse:
        """The file of a draft, for who works here."""
        words: Any = pages.found(kind, slug).words  # type: ignore[attr-defined]
        row = get_object_or_404(words, language=language_or_404(language))
        if row.file is None:
            raise Http404(slug)
        return files.as_pdf(row.file)

    return pdf


def who_signed(kind: Kind, thing: Published, row: Any) -> dict[str, Any]:
    """What a FileForm wants to know."""
    is_first = row.file_id is None
    return {"signers": kind.signers(thing), "mailed": kind.mailed(thing), "is_first": is_first}


def show(
    request: HttpRequest, kind: Kind, thing: Published, forms: dict[str, FileForm] | None = None
) -> HttpResponse:
    words: Any = thing.words  # type: ignore[attr-defined]
    rows = [
        {
            "words": row,
            "form": (forms or {}).get(row.language)
            or FileForm(**who_signed(kind, thing, row), auto_id=f"id_{row.language}_%s"),
            "change_url": kind.url("_file_change", thing, row.language),
            "pdf_url": kind.url("_pdf", thing, row.language),
        }
        for row in words.defer("file__content").select_related("file").order_by("language")
    ]
    context = pages.frame(kind, thing, tab="_files") | {"rows": rows}
    return render(request, "desk/publishing/files.html", context, status=422 if forms else 200)
