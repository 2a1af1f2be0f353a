"""A link in mail proves whose mailbox it was sent to: who may follow it, and what no page behind it
may do.
"""

from __future__ import annotations

import uuid
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from actions.models import Action, Submission
from actions.pages import restored
from actions.pending_of_last_release import adopt
from actions.screening import origin, rates
from actions.screening.origin import View
from campaigns import words
from campaigns.models import Ask
from supporters import links
from supporters.models import Supporter


class Forgotten(Exception):
    """A true link to what was never confirmed, and that we know nothing of any more
    (actions.retention), or that a restore has lost (actions.pages.restored).
    """

    def __init__(self, public_id: uuid.UUID) -> None:
        super().__init__(public_id)
        self.public_id = public_id


def private_page(view: View) -> View:
    """A page behind such a link: a GET shows it, a POST from our own page changes something, and
    neither comes too often.
    """
    taken = require_http_methods(["GET", "HEAD", "POST"])(while_kept(view))
    return origin.public_post(rates.limited("link")(taken))


def while_kept(view: View) -> View:
    """Whoever comes too late is told so, and what they can do."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **named: Any) -> HttpResponseBase:
        try:
            return view(request, token, **named)
        except Forgotten as gone:
            if restore := restored.lost(token):
                return mark_private(restored.answer_for_lost(request, restore, gone.public_id))
            return mark_private(render(request, "actions/forgotten.html", status=410))

    return answer


def read_link(purpose: str, token: str) -> uuid.UUID:
    """Whose link it is. Raises Http404 for one that is not ours, or no longer good."""
    try:
        return links.read(purpose, token)
    except (links.BadLink, links.StaleLink) as error:
        raise Http404 from error


def linked_action(public_id: uuid.UUID) -> Action:
    """The action a link was made for. Raises Forgotten, also where its writer was erased."""
    owned = Action.objects.exclude(supporter=None)
    found = owned.select_related("ask__campaign__issue", "supporter", "petition_text")
    action: Action | None = (
        found.prefetch_related("ask__words", "ask__campaign__words")
        .filter(public_id=public_id)
        .first()
    )
    if action is None:
        raise Forgotten(public_id)
    return action


def linked_person(public_id: uuid.UUID, token: str) -> Supporter:
    """The supporter a link was made for. Raises Forgotten where a restore lost them, else
    Http404.
    """
    if restored.lost(token) and not Supporter.objects.filter(public_id=public_id).exists():
        raise Forgotten(public_id)
    return get_object_or_404(Supporter, public_id=public_id)


def sent(public_id: uuid.UUID) -> Submission:
    """The submission a link was made for. Raises Forgotten.

    The release before made its links for actions: such a one is taken over here.
    """
    found = Submission.objects.select_related("ask__campaign__issue", "petition_text", "action")
    submission: Submission | None = (
        found.prefetch_related("ask__words", "ask__campaign__words")
        .filter(public_id=public_id)
        .first()
    )
    if submission:
        return submission
    adopt(linked_action(public_id))
    return sent(public_id)


def show_private(request: HttpRequest, template: str, ask: Ask, **context: Any) -> HttpResponse:
    """A page behind a private link, with what every one of them prints."""
    context |= {"ask": ask, "campaign": ask.campaign, "words": words.of(ask.campaign)}
    context["restore"] = restored.unsure(context.get("action"))
    return mark_private(render(request, f"actions/{template}.html", context))


def mark_private(response: HttpResponse) -> HttpResponse:
    """A page behind a private link: kept in no cache, named to no other site, listed by no search
    engine.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
