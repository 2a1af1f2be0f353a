"""Stories as everybody may read them, and the form. Nothing of these pages is stored on the way
(`no-store`) or found by a search engine: taken back, a story is gone with the next request.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from actions.models import Story
from actions.pages.private_link import mark_private
from actions.pages.young import adults_only
from actions.screening import origin, rates
from actions.stories.forms import BeginForm, WebForm
from actions.stories.telling import is_open, send
from campaigns import help_lines, words
from campaigns.models import Issue
from campaigns.published.showing import NAMES

MOST = 200


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """All of them, or one issue's (`?issue=` and its slug); never a word of the texts."""
    wanted = request.GET.get("issue", "")
    issue = Issue.objects.public().filter(slug=wanted).prefetch_related("words").first()
    found = Story.objects.public().select_related("issue").prefetch_related("issue__words")
    if issue:
        found = found.filter(issue=issue)
    rows = [shown(story) for story in found.order_by("-decided_at", "-pk")[:MOST]]
    context: dict[str, Any] = {
        "rows": rows,
        "issue": issue,
        "issue_words": words.of(issue) if issue else None,
        "is_open": is_open(),
    }
    return show(request, "list", **context)


@require_safe
def story(request: HttpRequest, code: str) -> HttpResponse:
    """One, with what is to be known before it. 404 for what is not shown (any more)."""
    found = Story.objects.public().select_related("issue").prefetch_related("issue__words")
    row = found.filter(code=code).first()
    if row is None:
        return show(request, "gone", status=404)
    return show(request, "story", **shown(row), is_open=is_open())


def shown(row: Story) -> dict[str, Any]:
    """One story for a template."""
    is_other = row.language != (get_language() or "en")
    return {
        "story": row,
        "issue": row.issue if row.issue and row.issue.is_public else None,
        "issue_words": words.of(row.issue) if row.issue else None,
        "written_in": str(NAMES.get(row.language, row.language)) if is_other else "",
    }


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Two questions, then the form, all at one address: neither it nor a log tells an answer."""
    if not is_open():
        return show(request, "closed")
    if request.method != "POST":
        return show(request, "begin", form=BeginForm())
    if wait_s := rates.seconds_to_wait(request, "story"):
        return rates.patient(patience(request, wait_s), wait_s)
    if request.POST.get("step") == "story":
        return take(request)
    return begin(request)


def begin(request: HttpRequest) -> HttpResponse:
    """What is said of danger counts whatever else is missing."""
    form = BeginForm(request.POST)
    # Whoever is in danger is not asked to mend a form first.
    if request.POST.get("danger") in ("yes", "unsure"):
        return show(request, "help")
    is_valid, age = form.is_valid(), form.cleaned_data.get("age")
    if answer := young(request, age):
        return answer
    if not is_valid:
        return show(request, "begin", form=form, status=422)
    return show(request, "tell", form=WebForm(initial={"age": age}))


def take(request: HttpRequest) -> HttpResponse:
    form = WebForm(request.POST)
    valid = form.is_valid()
    age = form.cleaned_data.get("age")
    if age is None:
        return show(request, "begin", form=BeginForm(), status=422)
    if answer := young(request, age):
        return answer
    if not valid:
        return show(request, "tell", form=form, status=422)
    # A machine reads the same answer, and learns nothing.
    if not form.cleaned_data["website"]:
        send(form.cleaned_data, language=get_language() or "en")
    return show(request, "sent", email=form.cleaned_data["email"])


def young(request: HttpRequest, age: int | None) -> HttpResponse | None:
    """Of who is under 18 nothing is stored, and no mark of theirs in the browser either: the page
    promises not even that they were here.
    """
    return adults_only(request, age, lambda told: show(request, "young", **told), remembers=False)


def patience(request: HttpRequest, wait_s: int) -> HttpResponse:
    """With every word that came."""
    is_story = request.POST.get("step") == "story"
    typed = {**request.POST.dict(), "notes": request.POST.getlist("notes")}
    form = (WebForm if is_story else BeginForm)(initial=typed)
    return show(request, "tell" if is_story else "begin", form=form, wait_s=wait_s)


def show(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Every one of these pages has the help lines, and a way out."""
    context["help_lines"] = help_lines.current(get_language() or "en")
    template = f"actions/stories/{name}.html"
    return mark_private(render(request, template, context, status=status))
