"""The file of a picture, by what it holds: such an address never shows anything else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import etag, require_safe

from campaigns.models import PictureFile

# A year is as long as caches are told to keep anything (RFC 9111; RFC 8246 for "immutable").
FOR_GOOD = "public, max-age=31536000, immutable"


def by_content(_request: HttpRequest, digest: str) -> str:
    return f'"{digest[:16]}"'


@require_safe
@etag(by_content)
def picture_file(request: HttpRequest, digest: str) -> HttpResponse:
    """Also of a draft: whoever knows the address has seen the picture."""
    file = PictureFile.objects.filter(digest=digest).first()
    if file is None:
        raise Http404
    return HttpResponse(
        bytes(file.content), content_type="image/webp", headers={"Cache-Control": FOR_GOOD}
    )
