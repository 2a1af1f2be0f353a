"""What a browser remembers of a child's answer, on every form that asks for an age.

Going back and typing another age changes nothing (docs/safety.md F1). The cookie says only "this
step again" and since when; it ends with the browser's session, and two hours after the answer where
a browser brings its session back.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.http import HttpRequest, HttpResponse

from supporters.ages import CHILD_UNDER

YOUNG_COOKIE = "take-action-step"
YOUNG_FOR = dt.timedelta(hours=2)
SALT = "actions.young"


def is_young(request: HttpRequest, age: int) -> bool:
    """Under 13, now or as this browser was told lately."""
    return age < CHILD_UNDER or is_marked(request)


def is_marked(request: HttpRequest) -> bool:
    """Whether this browser still carries a child's answer."""
    mark = request.COOKIES.get(YOUNG_COOKIE, "")
    try:
        signing.TimestampSigner(salt=SALT).unsign(mark, max_age=YOUNG_FOR)
    except signing.BadSignature:
        return False
    return True


def remember_young(request: HttpRequest, response: HttpResponse, age: int) -> HttpResponse:
    """The same answer, with the cookie for a child's. Another age leaves a mark that is there as it
    is, so that it ends.
    """
    if age < CHILD_UNDER:
        response.set_cookie(
            YOUNG_COOKIE,
            signing.TimestampSigner(salt=SALT).sign("1"),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
