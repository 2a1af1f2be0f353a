"""The PDF of a publication or a sign-on letter: made safe when it comes in, served from an address
of its own.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any, BinaryIO

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from campaigns.models import (
    Publication,
    PublicationFile,
    PublicationWords,
    Published,
    SignOn,
    SignOnWords,
)

LARGEST_BYTES = 10 * 1024 * 1024
PUBLIC_S = 10
# What a reader's program would run, fetch, or unpack by itself (ISO 32000-1, 12.6 and 7.11.4).
ACTS = ("/OpenAction", "/AA", "/AcroForm")
NAMED = ("/JavaScript", "/EmbeddedFiles")
ANYWHERE = ("/AA", "/JS", "/EF", "/Win", "/Metadata", "/PieceInfo")


class BadFile(Exception):
    """The reason, in words for the person who chose the file."""


def keep(upload: BinaryIO, size: int, name: str) -> PublicationFile:
    """The file's row; the same content twice is one. Raises BadFile."""
    content = made_safe(upload, size)
    digest = hashlib.sha256(content).hexdigest()
    about = {"name": file_name(name), "size": len(content), "content": content}
    return PublicationFile.objects.get_or_create(digest=digest, defaults=about)[0]


def made_safe(upload: BinaryIO, size: int) -> bytes:
    """Written anew without what runs, what is attached, and who made it; its title stays, which
    screen readers say. Raises BadFile.
    """
    # Only here: every process would carry it otherwise.
    import pikepdf

    if size > LARGEST_BYTES:
        raise BadFile(_("That file is larger than 10 MB. Save a smaller version and try again."))
    try:
        with pikepdf.open(upload) as file:
            title = str(file.docinfo.get("/Title", ""))
            for key in ACTS:
                if key in file.Root:
                    del file.Root[key]
            for key in NAMED:
                if key in file.Root.get("/Names", {}):
                    del file.Root.Names[key]
            for part in (file.Root, file.trailer):
                for key in ("/Metadata", "/Info"):
                    if key in part:
                        del part[key]
            # Pages, notes and pictures may carry the same, each for itself.
            for part in file.objects:
                strip(part)
            if title:
                file.docinfo["/Title"] = title[:200]
            # One file is written alike each time, so that it has one address.
            page = io.BytesIO()
            file.save(page, deterministic_id=True)
    except pikepdf.PasswordError as fault:
        raise BadFile(_("That file opens with a password only. Save it without one.")) from fault
    # What it raises for one broken file or another.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadFile(_("That file could not be read as a PDF.")) from fault
    return page.getvalue()


def strip(part: Any) -> None:
    """An object of a PDF, and what stands inside it and not by itself."""
    import pikepdf

    if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in [key for key in ANYWHERE if key in part]:
            del part[key]
        inside = [part[key] for key in part.keys()]  # noqa: SIM118 (an object of its own kind)
    elif isinstance(part, pikepdf.Array):
        inside = list(part)
    else:
        return
    for one in inside:
        if isinstance(one, pikepdf.Object) and not one.is_indirect:
            strip(one)


def file_name(name: str) -> str:
    """Of letters, digits and hyphens, whatever the sender's system called it."""
    return f"{slugify(name.rpartition('.')[0] or name)[:60] or 'publication'}.pdf"


def drop_unused(file: PublicationFile | None) -> None:
    """Nobody's words lead to it any more."""
    if file and not any(rows.filter(file=file).exists() for rows in with_files()):
        file.delete()


def delete_with_files(thing: Published) -> None:
    """And what only its words led to."""
    words: Any = thing.words  # type: ignore[attr-defined]
    files = list(PublicationFile.objects.defer("content").filter(pk__in=words.values("file")))
    thing.delete()
    for file in files:
        drop_unused(file)


def with_files() -> list[Any]:
    """All words that may have one."""
    return [PublicationWords.objects.all(), SignOnWords.objects.all()]


def is_public(digest: str) -> bool:
    publications, sign_ons = with_files()
    return any(
        rows.filter(file__digest=digest).exists()
        for rows in (
            publications.filter(publication__in=Publication.objects.public()),
            sign_ons.filter(sign_on__in=SignOn.objects.public()),
        )
    )


def by_content(_request: HttpRequest, digest: str) -> str:
    return f'"{digest[:16]}"'


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def publication_file(request: HttpRequest, digest: str) -> HttpResponse:
    """Of a publication or a sign-on letter that everybody may read; 404 for any other, also once it
    is taken down.
    """
    if not is_public(digest):
        raise Http404(digest)
    answer: HttpResponse = _answer(request, digest)
    return answer


@etag(by_content)
def _answer(request: HttpRequest, digest: str) -> HttpResponse:
    return as_pdf(PublicationFile.objects.get(digest=digest))


def as_pdf(file: PublicationFile) -> HttpResponse:
    """Shown by the reader's own program, and as nothing else."""
    told = {"Content-Disposition": content_disposition_header(False, file.name) or "inline"}
    return HttpResponse(bytes(file.content), content_type="application/pdf", headers=told)
