"""Who may post to a public form, how often, and what looks like a machine.

Public pages carry no cookie, so there is no CSRF token: a browser says where a POST came from
(`Sec-Fetch-Site`, `Origin`). Limits count in Redis. When Redis is down a supporter is still let
through: signing is answered by the mailbox, and mail to an unproven mailbox has its own daily limit
in the database (supporters.mail).
"""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django_ratelimit.core import get_usage

log = logging.getLogger("actions.pages.abuse")

# One click to leave a list comes from a mail program's own servers, for many people at once.
RATES = {
    "lookup": "60/m",
    # Past 30 a minute it is set aside for a look (screening.bursts); this keeps the server up.
    "act": "300/m",
    "link": "60/m",
    "unsubscribe": "600/m",
    "newsletter": "10/m",
    "count": "240/m",
    "proof": "600/m",
    "preview": "120/m",
}
TOKEN_SALT = "actions.form"  # noqa: S105 a salt, not a secret

View = Callable[..., HttpResponse]


def public_post(view: View) -> View:
    """A public page's POST: judged by where it came from instead of a CSRF cookie."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_from_here(request):
            return render(request, "403.html", {"foreign": True}, status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that our own page sent this.

    A client that says nothing carries no one's authority and passes.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        # "none" is the browser's own doing, such as loading a page once more.
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address at all, such as "http://["
        return False


def seconds_to_wait(request: HttpRequest, what: str, key: str = "") -> int:
    """Count one use of `what` by this network address.

    0 when it may go on, else how long to wait.
    """
    try:
        usage = get_usage(
            request, group=f"{what}:{key}", key="ip", rate=RATES[what], increment=True
        )
    # Whatever the cache's trouble is, nobody is turned away for it (docs/safety.md A3).
    except Exception:
        log.warning("limits are off: the cache does not answer")
        return 0
    return max(1, usage["time_left"]) if usage and usage["should_limit"] else 0


def limited(what: str) -> Callable[[View], View]:
    """A POST past this rate gets the page that asks for patience.

    For forms that carry no words to keep.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait_s = seconds_to_wait(request, what) if request.method == "POST" else 0
            return too_many(request, wait_s) if wait_s else view(request, *args, **kwargs)

        return counted

    return wrap


def too_many(request: HttpRequest, wait_s: int) -> HttpResponse:
    """The page that asks for a moment's patience, for requests that carry no words to keep."""
    return patient(render(request, "429.html", {"wait_s": wait_s}, status=429), wait_s)


def patient(response: HttpResponse, wait_s: int) -> HttpResponse:
    """The same page, as the answer to somebody who is to come back later."""
    response.status_code = 429
    response["Retry-After"] = str(wait_s)
    return response


@dataclass(frozen=True)
class FormToken:
    """What the second step carries, signed: a key so that sending twice counts once, and when the
    form was made.
    """

    key: uuid.UUID
    ask_id: int
    made_at: float

    def sign(self) -> str:
        return signing.dumps([self.key.hex, self.ask_id, self.made_at], salt=TOKEN_SALT)


def new_token(ask_id: int) -> FormToken:
    """For a form that is shown now."""
    return FormToken(key=uuid.uuid4(), ask_id=ask_id, made_at=timezone.now().timestamp())


def read_token(text: str, ask_id: int | None = None) -> FormToken | None:
    """The token, or None when it is not ours or for another ask than this one.

    It does not expire: a letter may take all day to write.
    """
    try:
        key, token_ask, made_at = signing.loads(text, salt=TOKEN_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return FormToken(uuid.UUID(key), token_ask, made_at) if ask_id in (None, token_ask) else None


def looks_like_a_machine(token: FormToken, honeypot: str) -> str:
    """Why this looks automatic, or blank. The web answer never tells; the mailbox does."""
    if honeypot:
        return "filled the hidden field"
    if timezone.now().timestamp() - token.made_at < settings.FORM_LEAST_SECONDS:
        return "answered faster than a person can"
    return ""
