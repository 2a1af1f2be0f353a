"""What links in mail lead to.

A GET shows a button; only its POST changes anything, so mail scanners change nothing.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import notices, take
from actions.letters.text import own_copy
from actions.models import Action
from actions.pages.private_link import (
    linked_action,
    mark_private,
    private_page,
    read_link,
    while_kept,
)
from actions.status import items, own_print
from actions.status.self_reports import note_self_report
from actions.typed_numbers import typed_number
from campaigns import words
from supporters import consent, links
from supporters.models import Suppression


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The button that counts, then what comes of it. An old link offers a fresh one."""
    try:
        action = linked_action(links.read("confirm", token))
    except links.StaleLink as stale:
        return stale_link(request, linked_action(stale.public_id))
    except links.BadLink as bad:
        raise Http404 from bad
    if request.method == "POST":
        action = take.confirm(action)
        letters = items.letters_of(action) if action.ask.kind == action.ask.Kind.LETTER else []
        left = {
            "needs_you": items.left_to_do(letters),
            "ours": len(letters) - items.left_to_do(letters),
        }
        return show(
            request,
            "confirmed",
            action,
            # A link of its own: this one's purpose opens no other page (docs/safety.md 1.7).
            status_url=reverse("actions:status", args=[links.make("status", action.public_id)]),
            **left,
        )
    return show(
        request,
        "confirm",
        action,
        not_me_url=reverse("actions:not_me", args=[links.make("not-me", action.public_id)]),
    )


def stale_link(request: HttpRequest, action: Action) -> HttpResponse:
    """An old link's page can send a fresh one to the same mailbox."""
    if request.method == "POST":
        notices.send_fresh_link(action)
        return show(request, "stale_link", action, sent=True)
    return show(request, "stale_link", action)


@private_page
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Its writer takes it back: what has not left yet never will."""
    action = linked_action(read_link("withdraw", token))
    if request.method == "POST":
        return show(request, "withdrawn", take.withdraw(action))
    return show(request, "withdraw", action)


@private_page
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody typed another person's address: take the action back and write to that mailbox no
    more.
    """
    action = linked_action(read_link("not-me", token))
    if request.method == "POST":
        take.withdraw(action, author="mailbox owner: not me")
        consent.suppress(action.supporter.email, Suppression.Reason.NOT_ME)
        return show(request, "withdrawn", action, not_me=True)
    return show(request, "withdraw", action, not_me=True)


@private_page
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """The private status page: per office what became of the letter, and what only the writer can
    do.
    """
    action = linked_action(read_link("status", token))
    if request.method == "POST":
        note_self_report(
            action,
            seat_id=typed_number(request.POST.get("seat")),
            what=request.POST.get("what", ""),
            at=timezone.now(),
        )
        # 303, so that loading the page again reports nothing twice; to the office that it was
        # about.
        return HttpResponseRedirect(
            f"{request.path}#office-{typed_number(request.POST.get('seat'))}", status=303
        )
    return status_page(request, action)


@while_kept
@require_safe
def letter_to_print(request: HttpRequest, token: str, seat_id: int) -> HttpResponse:
    """One letter as a PDF, for its writer to sign and mail: only where that is what is left to
    do.
    """
    action = linked_action(read_link("status", token))
    try:
        pdf = own_print.letter_as_pdf(action, seat_id=seat_id)
    except own_print.CannotPrint:
        return status_page(request, action, cannot_print=True)
    if pdf is None:
        raise Http404
    answer = mark_private(HttpResponse(pdf, content_type="application/pdf"))
    answer["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return answer


def status_page(request: HttpRequest, action: Action, **more: Any) -> HttpResponse:
    """Offices and calls, the text that was written, and the way out."""
    withdraw_url = reverse("actions:withdraw", args=[links.make("withdraw", action.public_id)])
    return show(
        request,
        "status",
        action,
        items=items.letters_of(action),
        calls=items.calls_of(action),
        copy=own_copy(action),
        withdraw_url=withdraw_url,
        **more,
    )


def show(request: HttpRequest, template: str, action: Action, **context: Any) -> HttpResponse:
    """With what every one of these pages prints."""
    context |= {
        "action": action,
        "ask": action.ask,
        "campaign": action.ask.campaign,
        "words": words.of(action.ask.campaign),
    }
    return mark_private(render(request, f"actions/{template}.html", context))
