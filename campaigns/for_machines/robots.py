"""/robots.txt (RFC 9309) and /.well-known/security.txt (RFC 9116)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import brand

AN_HOUR_S = 60 * 60
# Pages behind links are not named here: they say themselves that nobody is to find them, which only
# a program hears that may read them.
NOT_FOR_ROBOTS = ("/admin/", "/desk/", "/drafts/", "/es/drafts/")
GOOD_FOR = dt.timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return plain(lines)


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Good for half a year from today. 404 while the organization names no contact: without one
    it would say nothing (RFC 9116, 2.5.3).
    """
    ours = brand.current()
    contacts = [f"mailto:{quote(ours.contact_email, safe='@')}"] if ours.contact_email else []
    # Only encrypted addresses may stand here.
    contacts += [ours.contact_url] if ours.contact_url.startswith("https://") else []
    if not contacts:
        raise Http404
    expires = timezone.now().astimezone(dt.UTC).date() + GOOD_FOR
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return plain(lines)


def plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
