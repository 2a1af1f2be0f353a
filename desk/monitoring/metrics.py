"""How the house is doing, for a machine that watches it: /metrics as Prometheus reads it,
/health.json with what wants a person.

Numbers only, and names of lanes, states and causes: never a person, an address or a letter. Every
query is answered by an index, and all of them at most once in CACHE_S seconds.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from desk.monitoring import measurements, raising, troubles
from desk.monitoring.alarms import alarms

CACHE_S = 5
WARNINGS_CACHE_S = 60
View = Callable[[HttpRequest], HttpResponse]


def for_watchers(view: View) -> View:
    """With the token (Authorization: Bearer), or from a listed network.

    With neither set the page does not exist.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (has_token(request) or is_listed(request)):
            raise Http404
        response = view(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return require_safe(guarded)


def has_token(request: HttpRequest) -> bool:
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    # Compared without telling by the time it takes how much of a guess was right.
    return (
        bool(settings.METRICS_TOKEN)
        and word.lower() == "bearer"
        and constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    )


def is_listed(request: HttpRequest) -> bool:
    # As our own proxy names it: the socket's other end is that proxy.
    caller = ipaddress.ip_address(request.client_ip)  # type: ignore[attr-defined]
    # Not strict: 10.1.2.3/8, as an administrator may write it, is the network of that host.
    return any(
        caller in ipaddress.ip_network(network, strict=False) for network in settings.METRICS_FROM
    )


@for_watchers
def prometheus(request: HttpRequest) -> HttpResponse:
    """What docs/runbook.md speaks of, in Prometheus' text format (0.0.4)."""
    return HttpResponse(
        "".join(exposition(measured())), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


@for_watchers
def health(request: HttpRequest) -> JsonResponse:
    """200 while nothing wants a person, else 503; `wants` says what, in the words of
    docs/runbook.md. `warnings` are of days to come, and change neither.
    """
    try:
        numbers, warnings = measured(), warned()
    except (DatabaseError, InterfaceError):
        return JsonResponse(
            {
                "ok": False,
                "wants": ["The database does not answer."],
                "warnings": [],
                "numbers": {},
            },
            status=503,
        )
    wants = wanted(numbers)
    return JsonResponse(
        {"ok": not wants, "wants": wants, "warnings": warnings, "numbers": numbers},
        status=503 if wants else 200,
    )


def measured() -> measurements.Numbers:
    found: measurements.Numbers | None = cache.get("desk.monitoring.metrics")
    if found is None:
        found = measurements.measure()
        # However many watch, and however often, the rows are asked once in so many seconds.
        cache.set("desk.monitoring.metrics", found, CACHE_S)
    return found


def wanted(numbers: measurements.Numbers) -> list[str]:
    """What a person should look at, in English: by the numbers, which are of now; and what the last
    look for alarms found besides.
    """
    with translation.override("en"):
        now = troubles.from_numbers(numbers)
        by_numbers = raising.name_of(troubles.of_numbers)
        found = [one for one in raising.standing() if not one.day and one.source != by_numbers]
        said = [(one.title, one.sentence) for one in now]
        said += [(one.title, one.sentence) for one in found]
        return [f"{title}: {sentence}" for title, sentence in said]


def warned() -> list[str]:
    """What has to be done by a day, in English."""
    found: list[str] | None = cache.get("desk.monitoring.warnings")
    if found is None:
        with translation.override("en"):
            found = [f"{one.title} ({one.day}): {one.sentence}" for one in alarms()]
        cache.set("desk.monitoring.warnings", found, WARNINGS_CACHE_S)
    return found


def exposition(numbers: measurements.Numbers) -> Iterator[str]:
    """The text format: https://prometheus.io/docs/instrumenting/exposition_formats/.

    All are gauges: what is true now.
    """
    for name, samples in numbers.items():
        yield f"# HELP take_action_{name} {measurements.HELP[name]}\n"
        yield f"# TYPE take_action_{name} gauge\n"
        for sample in samples:
            yield f"take_action_{name}{labels(sample)} {sample['value']}\n"


def labels(sample: dict[str, Any]) -> str:
    pairs = [f'{key}="{escaped(str(value))}"' for key, value in sample.items() if key != "value"]
    return "{" + ",".join(pairs) + "}" if pairs else ""


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
