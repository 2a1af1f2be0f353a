"""What became of the work: the page that one sends to whoever asks what it was for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.impact.figures import figures
from campaigns.impact.wave_map import wave_map
from campaigns.impact.waves import by_year, waves
from campaigns.pages.pieces import with_cache_headers


@require_safe
def impact(request: HttpRequest) -> HttpResponse:
    """Figures with where they come from; waves as a map, as lists, and by year."""
    found = waves()
    context = {
        "figures": figures(),
        "waves": found,
        "map": wave_map(found) if found else None,
        "years": by_year(found),
    }
    return with_cache_headers(render(request, "campaigns/impact/page.html", context))
