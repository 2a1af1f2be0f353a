"""An ask's questions: the list, one to write, their order, and what people answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.answers import answers_of
from actions.models import Action
from campaigns import questions
from campaigns.models import Ask, Campaign, Question
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import as_texts, in_turn, meet
from desk.organizing.campaign_page import (
    ask_or_404,
    noted_in_history,
    render_campaign,
    render_form,
    saved,
)
from desk.paging import page_by_key
from desk.questions.forms import QuestionForm, values_of


@needs("run_campaigns")
@require_safe
def questions_of(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """In their order; below them those that are asked no more."""
    ask = ask_or_404(slug, pk)
    rows = list(ask.questions.all())
    asked = [row for row in rows if row.removed_at is None]
    return render_campaign(
        request,
        "questions.html",
        ask.campaign,
        "asks",
        ask=ask,
        rows=asked,
        removed=[row for row in rows if row.removed_at],
        may_add=len(asked) < Question.MOST,
        most=Question.MOST,
        languages_missing=[row for row in asked if not row.translations],
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def question(
    request: HttpRequest, slug: str, pk: int, question_pk: int | None = None
) -> HttpResponse:
    """One question to write, or a new one. One that was removed is asked again once it is saved."""
    ask = ask_or_404(slug, pk)
    row = (
        get_object_or_404(ask.questions, pk=question_pk)
        if question_pk
        else Question(ask=ask, kind=Question.Kind.ONE)
    )
    thing = f"ask:{ask.pk}:question:{row.pk or 'new'}"
    meeting = meet(
        request,
        lambda data: QuestionForm(data, initial=values_of(row)),
        Thing(thing, ask.campaign, ask),
    )
    try:
        if saved(
            request,
            ask.campaign,
            meeting,
            lambda: questions.save(meeting.form.question(row)),
            deed="question",
            detail=f"{ask.kind} {ask.position}: {request.POST.get('text', '')[:60]}",
            thing=thing,
        ):
            return redirect("desk:questions", slug, pk)
    except questions.TooMany:
        many = _("There are %(most)d questions already. Remove one first.")
        meeting.form.add_error(None, many % {"most": Question.MOST})
    return render_form(
        request, "question.html", ask.campaign, "asks", meeting, thing=thing, ask=ask, row=row
    )


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def move(request: HttpRequest, slug: str, pk: int, question_pk: int) -> HttpResponse:
    """One place up or down."""
    ask = ask_or_404(slug, pk)
    row = get_object_or_404(ask.asked, pk=question_pk)

    def says() -> dict[str, str]:
        return {"questions": "\n".join(one.text for one in ask.asked)}

    with noted_in_history(request, ask.campaign, "order questions", ask.kind, says=says):
        questions.move(row, -1 if request.POST.get("way") == "up" else 1)
    return redirect("desk:questions", slug, pk)


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def remove(request: HttpRequest, slug: str, pk: int, question_pk: int) -> HttpResponse:
    """Nobody is asked any more; what was answered stays."""
    ask = ask_or_404(slug, pk)
    row = get_object_or_404(ask.asked, pk=question_pk)

    def says() -> dict[str, str]:
        still = ask.asked.filter(pk=row.pk).first()
        return as_texts(QuestionForm(initial=values_of(still))) if still else {}

    note, thing = f"question removed: {row.text[:60]}", f"ask:{ask.pk}:question:{row.pk}"
    with noted_in_history(request, ask.campaign, "question", note, thing=thing, says=says):
        questions.remove(row)
    messages.success(request, _("Nobody is asked that any more. What was answered stays."))
    return redirect("desk:questions", slug, pk)


@require_safe
@needs("see_supporters")
def answers(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What people answered, the newest first, a page at a time. Nobody under 18 is ever among
    them.
    """
    ask = ask_or_404(slug, pk)
    page = page_by_key(answered(ask), request.GET.get("before", ""))
    rows = [(action, answers_of(action)) for action in page["rows"]]
    return render_campaign(
        request, "answers.html", ask.campaign, "asks", **(page | {"rows": rows, "ask": ask})
    )


def answered(ask: Ask):  # type: ignore[no-untyped-def]
    # Whoever turned out to be young a moment ago is forgotten with their next confirmation.
    counted = Action.objects.counted().filter(ask=ask, supporter__is_minor=False)
    return counted.exclude(answers=[]).select_related("supporter")
