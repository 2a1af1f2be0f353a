"""What a browser remembers of a young answer, on every form that asks for an age.

Going back and typing another age changes nothing (docs/safety.md F1): a child stays one on every
form, and whoever is under 18 stays so on the forms that are for adults. A campaign takes from 13
on, and there only a child's answer counts, so that a parent who signs next at the same machine is
none. The cookie says only "this step again" and since when; it ends with the browser's session, and
two hours after the answer where a browser brings its session back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse

from supporters.ages import ADULT_FROM, CHILD_UNDER

YOUNG_COOKIE = "take-action-step"
YOUNG_FOR = dt.timedelta(hours=2)
SALT = "actions.young"
CHILD, UNDER_AGE = "1", "2"


def adults_only(
    request: HttpRequest,
    age: int | None,
    told: Callable[[dict[str, bool]], HttpResponse],
    *,
    remembers: bool = True,
) -> HttpResponse | None:
    """What somebody under 18 is told, by the page that `told` makes of what templates/actions/
    _young.html reads; None for an adult, and where no age was read.

    Asked before a form is checked: nobody mends one that is not for them. Without `remembers` only
    a child's answer leaves a mark.
    """
    mark = mark_of(request)
    if age is None or (age >= ADULT_FROM and not mark):
        return None
    is_child = age < CHILD_UNDER
    page = told({"is_remembered": bool(mark) or is_child or remembers})
    if is_child:
        return remember_young(request, page, age)
    # One that is there ends when it was to end.
    return marked(request, page, UNDER_AGE) if remembers and not mark else page


def is_young(request: HttpRequest, age: int) -> bool:
    """Under 13, now or as this browser was told lately."""
    return age < CHILD_UNDER or mark_of(request) == CHILD


def remember_young(request: HttpRequest, response: HttpResponse, age: int) -> HttpResponse:
    """The same answer, with the cookie for a child's. Another age leaves a mark that is there as it
    is, so that it ends.
    """
    return marked(request, response, CHILD) if age < CHILD_UNDER else response


def mark_of(request: HttpRequest) -> str:
    """CHILD or UNDER_AGE, while this browser still carries that answer; else ""."""
    mark = request.COOKIES.get(YOUNG_COOKIE, "")
    try:
        return signing.TimestampSigner(salt=SALT).unsign(mark, max_age=YOUNG_FOR)
    except signing.BadSignature:
        return ""


def marked(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    response.set_cookie(
        YOUNG_COOKIE,
        signing.TimestampSigner(salt=SALT).sign(mark),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
