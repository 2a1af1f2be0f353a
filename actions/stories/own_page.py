"""What the one link in our mail leads to: first the button that proves the mailbox, then its
teller's own page. Nothing of the text is shown before the button was pressed.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from actions.models import Story
from actions.pages import restored
from actions.pages.private_link import Forgotten, private_page, read_link
from actions.stories import changing, taking_back, telling
from actions.stories.forms import ChoicesForm
from actions.stories.pages import show
from actions.stories.taking_back import ENDED_KEPT, REFUSED_KEPT, UNPROVEN_KEPT


@private_page
def own_story(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows how it stands; `do` says what a POST changes."""
    public_id = read_link("own", token)
    story = Story.objects.filter(public_id=public_id).select_related("issue").first()
    if story is None:
        return nothing_left(request, token)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if story.needs_proof:
        # Mail scanners read the page behind a link; only its button proves anybody.
        if do != "confirm":
            days = 0 if story.how_given else UNPROVEN_KEPT.days
            return show(request, "own_confirm", token=token, days=days)
        telling.prove(story)
        return redirect(request.path)
    form = ChoicesForm(request.POST if do == "choices" else None, story=story)
    if do in ("yes", "no"):
        read = request.POST.get("read", "")
        # Other words came since that page was opened: they have to be read first.
        is_answered = changing.answer(story, is_yes=do == "yes", read=read)
        return redirect(request.path if is_answered else f"{request.path}?changed=meanwhile")
    if do == "choices" and form.is_valid():
        changing.choose(story, form.cleaned_data, language=get_language() or "en")
        return redirect(f"{request.path}?changed=yes")
    context = {
        "token": token,
        "story": story,
        "form": form,
        "changed": request.GET.get("changed", ""),
        "deleted_on": story.decided_at and story.decided_at + REFUSED_KEPT,
        "ended_on": story.until + ENDED_KEPT,
    }
    return show(request, "own", status=422 if form.errors else 200, **context)


def nothing_left(request: HttpRequest, token: str) -> HttpResponse:
    if restored.lost(token):
        # There what they want taken back is noted all the same.
        return redirect("actions:own_story_withdraw", token)
    return show(request, "own_gone", status=410)


@private_page
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """A GET says what goes, and what nobody can call back; the POST does it."""
    public_id = read_link("own", token)
    story = Story.objects.filter(public_id=public_id).first()
    if story is None and restored.lost(token):
        raise Forgotten(public_id)
    if story is None:
        return show(request, "own_gone", status=410)
    context: dict[str, Any] = {"handed": story.handed, "was_read": not story.needs_proof}
    if request.method != "POST":
        return show(request, "own_withdraw", token=token, **context)
    if story.needs_proof and story.how_given:
        # Somebody here mistyped a mailbox: whoever reads it may not delete another's story.
        taking_back.forget_mailbox(story)
    else:
        taking_back.withdraw(story)
    return show(request, "own_withdrawn", **context)
