"""Hearing no more of what becomes of campaigns: one press, and a way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actions.pages.private_link import mark_private, read_link
from actions.screening import rates
from supporters import updates
from supporters.models import Supporter


@csrf_exempt
@rates.limited("unsubscribe")
@require_http_methods(["GET", "HEAD", "POST"])
def end_updates(request: HttpRequest, token: str) -> HttpResponse:
    """One click (RFC 8058): a mail program POSTs here from anywhere, without cookies.

    A GET shows the button.
    """
    supporter = get_object_or_404(Supporter, public_id=read_link("updates", token))
    if request.method != "POST":
        return mark_private(render(request, "supporters/updates_end.html"))
    if "undo" in request.POST:
        updates.take_up_again(supporter)
        return mark_private(render(request, "supporters/updates_again.html"))
    updates.leave(supporter)
    return mark_private(render(request, "supporters/updates_ended.html"))
