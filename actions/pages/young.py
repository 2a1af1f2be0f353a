"""What a browser remembers of a child's answer, on every form that asks for an age.

Going back and typing another age changes nothing (docs/safety.md F1). The cookie says only "this
step again", and ends with the browser session.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from supporters.ages import CHILD_UNDER

YOUNG_COOKIE = "take-action-step"


def is_young(request: HttpRequest, age: int | None) -> bool:
    """Under 13, now or in this browser session. None where no age was asked for."""
    return age is not None and (age < CHILD_UNDER or request.COOKIES.get(YOUNG_COOKIE) == "1")


def remember_young(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same answer, with the cookie."""
    response.set_cookie(
        YOUNG_COOKIE, "1", httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response
