"""What every request passes: who is calling, how large, in which language; and the headers every
answer carries.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.template.loader import render_to_string
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Forwarding headers that we take nothing from.
UNREAD = (
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)

# Whom all callers share when we cannot tell them apart: limits then bite too early, never too late.
NOBODY = "0.0.0.0"  # noqa: S104 (not a bind)


def client_address(get_response: GetResponse) -> GetResponse:
    """Set `request.client_ip`, and the scheme, believing forwarding headers from TRUSTED_PROXIES
    only.

    The headers are then removed: nothing behind this line can read them by mistake.
    """
    trusted = [
        ipaddress.ip_network(entry, strict=False)
        for entry in settings.TRUSTED_PROXIES
        if entry != "unix"
    ]
    trusts_sockets = "unix" in settings.TRUSTED_PROXIES

    def middleware(request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        peer = parse_address(meta.get("REMOTE_ADDR", ""))
        hops = [
            hop.strip() for hop in meta.pop("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()
        ]
        scheme = meta.pop("HTTP_X_FORWARDED_PROTO", "").strip().lower()
        for name in UNREAD:
            meta.pop(name, None)
        if is_trusted(peer, trusted) if peer else trusts_sockets:
            peer = walk_back(peer, hops, trusted)
            if scheme in ("http", "https"):
                meta["wsgi.url_scheme"] = scheme
        request.client_ip = str(peer or NOBODY)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def walk_back(peer: IPAddress | None, hops: list[str], trusted: list[Network]) -> IPAddress | None:
    """The first address from the right that is not one of our proxies.

    What stands left of it was typed by the caller.
    """
    while hops and (peer is None or is_trusted(peer, trusted)):
        hop = parse_address(hops.pop())
        if hop is None:
            break
        peer = hop
    return peer


def is_trusted(address: IPAddress, trusted: list[Network]) -> bool:
    """Whether the address lies in one of these networks."""
    return any(address in network for network in trusted)


def parse_address(text: str) -> IPAddress | None:
    """An address, without the port some proxies add; IPv4 written as IPv6 becomes IPv4.

    None when it is no address.
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].split("]")[0]
    elif text.count(":") == 1:
        text = text.split(":")[0]
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_ip(request: HttpRequest) -> str:
    """For django-ratelimit, which takes the name of a function."""
    return request.client_ip  # type: ignore[attr-defined, no-any-return]


def body_limit(get_response: GetResponse) -> GetResponse:
    """Refuse large bodies before anything reads them: no door has one that a stranger may fill.

    Only where people who are signed in work may bodies be larger, up to a limit too. Anybody can
    make up a cookie, so it is the account behind it that counts: this stands behind the middleware
    that knows it, and nothing before it opens a body.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        # Without a stated length Django reads nothing. One that is no number is none of ours.
        length = int(stated) if stated.isdecimal() and len(stated) < 19 else None
        if length is None or length > limit_for(request, length):
            return too_large(request)
        return get_response(request)

    return middleware


def too_large(request: HttpRequest) -> HttpResponse:
    """413: a page, or for programs an error in the API's own shape (api.errors).

    A person whose session ended while they chose a file is told what to do with their words.
    """
    if request.path.startswith(("/api/", "/hooks/")):
        message = "This is larger than we take here, and was not read."
        error = {"code": "too_large", "message": message, "fields": {}}
        return JsonResponse({"error": error}, status=413)
    if request.path.startswith(settings.WORKPLACES):
        return render_page(request, "accounts/too_large.html", status=413)
    # Without a request no context processor runs: a flood of these asks the database nothing.
    answer = HttpResponse(render_to_string("413.html"), status=413)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def limit_for(request: HttpRequest, length: int) -> int:
    """The bytes that this caller may send there. Who calls is asked for large bodies only."""
    limit: int = settings.BODY_LIMITS.get(request.path, settings.PUBLIC_BODY_LIMIT)
    is_workplace = request.path.startswith(settings.WORKPLACES)
    if length > limit and is_workplace and request.user.is_authenticated:
        large: int = settings.LARGE_FORMS.get(request.path, 0)
        may_send = large and request.user.has_perm("accounts.export_supporters")
        return large if may_send else settings.WORKPLACE_BODY_LIMIT
    return limit


def utf8_only(get_response: GetResponse) -> GetResponse:
    """Refuse bodies that say they are in another charset: browsers send ours, and what Python can
    decode is not all text.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8").strip("\"' ").lower()
        if charset not in ("utf-8", "utf8"):
            return HttpResponse("Only UTF-8.", status=415, content_type="text/plain")
        return get_response(request)

    return middleware


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers of settings.SECURITY_HEADERS.

    A view that needs another value sets its own.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def language_of_the_address(get_response: GetResponse) -> GetResponse:
    """The language is the one in the URL (/es/...), never a cookie's or a header's: so pages can be
    cached without Vary.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = render(get_response(request))
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def render(response: Any) -> Any:
    """A response that is still a template is rendered in the language it was asked in."""
    return (
        response.render() if hasattr(response, "render") and callable(response.render) else response
    )
