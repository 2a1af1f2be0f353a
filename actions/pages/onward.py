"""On from the thank-you, to a page that the organization has elsewhere.

By itself only where nothing is left to see or to do: whoever wrote a letter reads first what
becomes of it. No page that counts by seconds; what leads on does so at once, or by a link.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from actions.models import Action
from actions.pages.page_context import siblings_of
from campaigns.models import Ask
from campaigns.onward import host_of, onward_url


def onward(action: Action | None) -> dict[str, Any]:
    """For an adult who counts; {} for anybody else, and where it leads nowhere."""
    person = action.supporter if action else None
    if action is None or person is None or action.state != Action.State.CONFIRMED:
        return {}
    # Of somebody whose age nobody asked it is not known that they are one.
    if person.is_minor or not person.age_is_known:
        return {}
    url = onward_url(action.ask.campaign)
    return {"onward_url": url, "onward_host": host_of(url)} if url else {}


def lead_on(
    request: HttpRequest, response: HttpResponse, action: Action, page: dict[str, Any]
) -> HttpResponse:
    """At once, for whoever has just pressed the button of a petition or a call, has a copy coming
    by mail, and has answered all that the campaign asks.

    A header: our Content-Security-Policy lets no form be answered from another host.
    """
    is_ready = page["gets_mail"] and not page["is_another"]
    if request.method == "POST" and page.get("onward_url") and is_ready:
        is_letter = action.ask.kind == Ask.Kind.LETTER
        if not is_letter and not has_more_to_do(action):
            response["Refresh"] = f"0;url={page['onward_url']}"
    return response


def has_more_to_do(action: Action) -> bool:
    theirs = Action.objects.filter(supporter=action.supporter_id)
    done = set(theirs.exclude(state=Action.State.WITHDRAWN).values_list("ask", flat=True))
    return any(ask.pk not in done for ask in siblings_of(action.ask))
