"""What links in mail lead to, once somebody has confirmed: how it stands, and taking it back.

A GET shows a button; only its POST changes anything, so mail scanners change nothing.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.letters.text import own_copy
from actions.models import Action, Route
from actions.pages.private_link import (
    linked_action,
    mark_private,
    private_page,
    read_link,
    show_private,
    while_kept,
)
from actions.status import calendar_file, items, own_print
from actions.status.self_reports import note_self_report
from actions.typed_numbers import typed_number
from actions.withdraw import withdraw as withdraw_action
from supporters import links


@private_page
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Its writer takes it back: what has not left yet never will."""
    action = linked_action(read_link("withdraw", token))
    if action.state == Action.State.WITHDRAWN:
        return show(request, "withdrawn", action, is_again=True)
    if request.method == "POST":
        return show(request, "withdrawn", withdraw_action(action))
    return show(request, "withdraw", action)


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


@while_kept
@require_safe
def reminder(request: HttpRequest, token: str) -> HttpResponse:
    """For the writer's calendar, while an office needs them."""
    action = linked_action(read_link("status", token))
    if not (number := items.in_turn(items.letters_of(action))):
        raise Http404
    answer = mark_private(
        HttpResponse(calendar_file.reminder(action, number), content_type="text/calendar")
    )
    answer["Content-Disposition"] = 'attachment; filename="letters.ics"'
    return answer


def status_page(request: HttpRequest, action: Action, **more: Any) -> HttpResponse:
    """Offices and calls, the text that was written, and the way out."""
    withdraw_url = reverse("actions:withdraw", args=[links.make("withdraw", action.public_id)])
    letters = items.letters_of(action)
    turns = items.in_turn(letters)
    is_written = bool(action.statement or action.own_words)
    # Where some letter's own text was forgotten, or none is written yet.
    has_all = bool(letters) and all(one["words"] for one in letters if one["route"] != Route.NONE)
    return show(
        request,
        "status",
        action,
        items=letters,
        turns=turns,
        calls=items.calls_of(action),
        copy=own_copy(action) if is_written and not has_all else None,
        withdraw_url=withdraw_url,
        **more,
    )


def show(request: HttpRequest, template: str, action: Action, **context: Any) -> HttpResponse:
    """With what every one of these pages prints."""
    return show_private(request, template, action.ask, action=action, **context)
