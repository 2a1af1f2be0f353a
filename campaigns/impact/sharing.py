"""The same for other sites: as JSON, and as the one page of ours that may stand in their frames."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from campaigns import brand
from campaigns.impact.figures import Shown, figures
from campaigns.impact.waves import Step, waves
from campaigns.models import OnwardHost
from campaigns.onward import host_of
from campaigns.pages.pieces import with_cache_headers

ANCESTORS = "frame-ancestors 'none'"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """For any site to read, in the language of the address."""
    body = {
        "organization": brand.shown().name,
        "url": settings.SITE_URL + reverse("campaigns:impact"),
        "is_made_up": brand.shown().is_demo,
        "figures": [of_figure(one) for one in figures()],
        "waves": [of_step(wave.root) for wave in waves()],
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return with_cache_headers(response)


def of_figure(one: Shown) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "number": one.number,
        "source": one.source or None,
        "source_url": one.source_url or None,
        "dated_on": one.dated_on,
    }


def of_step(step: Step) -> dict[str, Any]:
    """`next`: those that were carried from it, the same again."""
    return {
        "title": step.words.title,
        "language": step.words.language,
        "url": settings.SITE_URL + reverse("actions:act", args=[step.campaign.slug]),
        "state": step.code,
        "standing": step.campaign.state,
        "laws": [{"identifier": bill.identifier, "since": bill.stage_on} for bill in step.laws],
        "next": [of_step(following) for following in step.next],
    }


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponse:
    """The figures alone. Only the organization's own sites may frame it: no form and nothing of a
    reader is on it.
    """
    response = render(request, "campaigns/impact/embed.html", {"figures": figures()})
    policy = settings.SECURITY_HEADERS["Content-Security-Policy"]
    sites = " ".join(own_sites()) or "'none'"
    response["Content-Security-Policy"] = policy.replace(ANCESTORS, f"frame-ancestors {sites}")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # The page with everything is what a search should find.
    response["X-Robots-Tag"] = "noindex"
    return with_cache_headers(response)


def own_sites() -> list[str]:
    """Origins: the organization's website, and the hosts that an administrator listed. One query.

    What is no plain https host is left out: nothing else can get into the header.
    """
    hosts = [
        host_of(brand.shown().site_url.lower()),
        *OnwardHost.objects.values_list("host", flat=True),
    ]
    return [f"https://{host}" for host in dict.fromkeys(hosts) if host]
