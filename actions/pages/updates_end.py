"""Hearing no more of what becomes of campaigns: one press, and a way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actions.pages.private_link import linked_person, mark_private, read_link, while_kept
from actions.screening import rates
from supporters import updates


@csrf_exempt
@rates.limited("unsubscribe")
@require_http_methods(["GET", "HEAD", "POST"])
@while_kept
def end_updates(request: HttpRequest, token: str) -> HttpResponse:
    """One click (RFC 8058): a mail program POSTs here from anywhere, without cookies.

    A GET shows the button.
    """
    supporter = linked_person(read_link("updates", token), token)
    if request.method != "POST":
        return mark_private(render(request, "supporters/updates_end.html"))
    if "undo" in request.POST:
        updates.take_up_again(supporter)
        return mark_private(render(request, "supporters/updates_again.html"))
    updates.leave(supporter)
    return mark_private(render(request, "supporters/updates_ended.html"))
