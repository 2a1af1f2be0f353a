"""A visit to one's own page: opened by the link in a mail, kept open by a cookie that is sent to
this page alone, ended by its half hour or its owner.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from actions.models import PageKey
from actions.my_page import asking, keys
from actions.my_page.mailing import initials
from actions.pages.private_link import mark_private
from actions.screening import origin, rates
from supporters.models import Supporter

Page = Callable[..., HttpResponseBase]
# Of a form that came too late, what its writer did not type.
NOT_TYPED = ("step", "choose", "csrfmiddlewaretoken")


def own_page(page: Page) -> Page:
    """A page that only its own person sees: it is given the PageKey by which they came. A GET shows
    it, a POST from our own pages changes something; whoever has no key asks for a link.
    """

    @wraps(page)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return come_again(request)
        return mark_private(page(request, key, **named))  # type: ignore[arg-type]

    taken = require_http_methods(["GET", "HEAD", "POST"])(answer)
    return origin.public_post(rates.limited("link")(taken))


def come_again(request: HttpRequest) -> HttpResponse:
    """No key, or one that is over. What was typed meanwhile is given back to be copied."""
    if request.method != "POST":
        return redirect("actions:my_page")
    words = [words for name, words in request.POST.items() if words and name not in NOT_TYPED]
    return asking.show(request, asking.AskingForm(), status=403, is_over=True, typed=words)


@origin.public_post
@rates.limited("link")
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail: a GET shows a button, its POST opens the page."""
    try:
        if request.method != "POST":
            return link_page(request, keys.find(token).supporter)
        cookie = keys.use(token)
    except keys.BadLink:
        page = {"form": asking.AskingForm(), "is_gone": True}
        return mark_private(render(request, "actions/my_page/ask.html", page, status=410))
    answer = mark_private(HttpResponseRedirect(reverse("actions:my_page"), status=303))
    give_cookie(answer, cookie)
    return answer


def link_page(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    """Whose page it opens is said by initials: others may read this mailbox."""
    is_known = supporter.proven_at is not None
    page = {"initials": initials(supporter) if is_known else ""}
    return mark_private(render(request, "actions/my_page/open.html", page))


@origin.public_post
@require_POST
def close_page(request: HttpRequest) -> HttpResponse:
    """Before its time: what the cookie said opens nothing any more."""
    key = key_of(request)
    if key:
        keys.close(key)
    return close_with(request, "actions/my_page/closed.html")


def close_with(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The last page of a visit, which takes the cookie back."""
    answer = mark_private(render(request, template, context))
    for name, path in cookies():
        answer.delete_cookie(name, path=path, samesite="Strict")
    return answer


def give_cookie(answer: HttpResponse, cookie: str) -> None:
    """For this page in each language, and no other."""
    for name, path in cookies():
        answer.set_cookie(
            name,
            cookie,
            max_age=keys.LASTS,
            path=path,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )


def key_of(request: HttpRequest) -> PageKey | None:
    """Whose page the browser brings a cookie for."""
    brought = [request.COOKIES[name] for name, _path in cookies() if name in request.COOKIES]
    return keys.opened(brought[0]) if brought else None


def cookies() -> list[tuple[str, str]]:
    """Name and path of each: for /me/ and for /es/me/. An answer sets no name twice."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            path = reverse("actions:my_page")
        found.append((f"{settings.MY_PAGE_COOKIE_NAME}-{code}", path))
    return found
