"""A public page that is the same for everybody, drawn once for as long as it prints the same.

Browsers ask whether theirs is still right (304, nothing is drawn); a proxy keeps it to the end of
the second (docs/deploy/nginx.conf), so that what has changed is seen by everybody within one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_cache_control

from actions.pages.page_context import is_own
from campaigns import kept

CACHE_S = 1


@dataclass(frozen=True)
class Page:
    body: bytes
    content_type: str
    etag: str


def show_kept(
    request: HttpRequest, query: QueryDict, draw: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page of this address, for a GET or a HEAD. `query`: what the page prints of the
    address's; it sees nothing else of it.
    """
    request.META["QUERY_STRING"] = query.urlencode()
    request.GET = query  # type: ignore[assignment]
    key = ("page", request.path, request.META["QUERY_STRING"])
    page, age_s = kept.with_age(key, lambda: as_page(request, draw()))
    if isinstance(page, HttpResponse):
        return page
    response = HttpResponse(page.body, content_type=page.content_type)
    patch_cache_control(response, public=True, max_age=CACHE_S)
    answer = get_conditional_response(request, etag=page.etag, response=response)
    assert answer is not None
    answer.headers["ETag"] = page.etag
    # To the end of the second in which it was right, by nginx' own clock.
    answer.headers["X-Accel-Expires"] = f"@{int(time.time() - age_s)}"
    return answer


def as_page(request: HttpRequest, response: HttpResponse) -> Page:
    """Raises NotForEverybody where something of it could be this caller's own, and for errors."""
    is_error = response.status_code != 200
    if is_error or response.cookies or response.has_header("Vary") or is_own(request):
        raise kept.NotForEverybody(response)
    digest = blake2b(response.content, digest_size=16).hexdigest()
    return Page(response.content, response.headers["Content-Type"], f'"{digest}"')
