"""The pages of one published thing. Each function makes the view of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from campaigns import zones
from campaigns.models import Published, Standing
from campaigns.published import changing
from campaigns.published.showing import corrections_of, leads_to
from desk.access import needs
from desk.newer_version import in_turn, last_in_log, meet
from desk.organizing.campaign_page import language_or_404, say_saved
from desk.organizing.sure import is_sure
from desk.publishing.forms import TakeDownForm, TimeForm
from desk.publishing.kinds import Kind

View = Callable[..., Any]
# Typed by whoever deletes a draft.
WORD = "delete"


def urls_of(kind: Kind) -> list[Any]:
    """Below its listing: <slug>/<language>/, <slug>/times/ and so on."""
    return [
        path("<slug:slug>/times/", times_page(kind), name=f"{kind.name}_times"),
        path("<slug:slug>/<str:language>/", words_page(kind), name=kind.name),
        path("<slug:slug>/<str:language>/strike/", strike_page(kind), name=f"{kind.name}_strike"),
    ]


def words_page(kind: Kind) -> View:
    @needs(kind.right)
    @require_http_methods(["GET", "POST"])
    @in_turn(kind.model)
    def words(request: HttpRequest, slug: str, language: str) -> HttpResponse:
        """A thing's words in one language; what is corrected in public ones is said."""
        thing, language = found(kind, slug), language_or_404(language)
        rows = thing.words.filter(language=language)  # type: ignore[attr-defined]
        row = rows.first() or kind.new_words(thing, language)
        meeting = meet(
            request,
            lambda data: kind.form(data, instance=row, thing=thing),
            kind.draft(thing, f"words:{language}"),
        )
        if meeting.may_be_saved:
            meeting.form.save()
            said = meeting.form.cleaned_data.get("correction", "")
            if said:
                changing.correct(row, said)
            kind.saved(thing, row, meeting.form)
            say_saved(request, meeting)
            # What somebody may take back stands in no log, which is never changed.
            said = "" if kind.of_a_person else said
            # Last: until this transaction ends, everybody else waits to write into the log.
            author = request.user.get_username()
            audit.record(author, f"{kind.name}.words", slug, language=language, correction=said)
            return redirect(request.path)
        context = frame(kind, thing, language) | {
            "form": meeting.form,
            "meeting": meeting,
            "opened_with": meeting.opened_with,
            "corrections": corrections_of(row),
        }
        template = "desk/publishing/words.html"
        if meeting.differences:
            template = "desk/newer_version.html"
            last = last_in_log(f"{kind.name}.words", subject=slug, detail__language=language)
            context["last"] = last
        return render(request, template, context, status=meeting.status)

    return words


def about_page(kind: Kind, form: Callable[..., Any]) -> View:
    """`form` is made of the data and the `thing`, and saves itself."""

    @needs(kind.right)
    @require_http_methods(["GET", "POST"])
    @in_turn(kind.model)
    def about(request: HttpRequest, slug: str) -> HttpResponse:
        """What it is about: on whose pages it stands."""
        thing = found(kind, slug)
        draft = kind.draft(thing, "about")
        meeting = meet(request, lambda data: form(data, thing=thing), draft)
        if meeting.may_be_saved:
            meeting.form.save()
            meeting.forget_draft()
            audit.record(request.user.get_username(), f"{kind.name}.about", slug)
            messages.success(request, _("Saved."))
            return redirect(request.path)
        context = frame(kind, thing, tab="_about") | {
            "form": meeting.form,
            "meeting": meeting,
            "opened_with": meeting.opened_with,
        }
        return render(request, "desk/publishing/about.html", context, status=meeting.status)

    return about


def strike_page(kind: Kind) -> View:
    @needs(kind.right)
    @require_POST
    @in_turn(kind.model)
    def strike(request: HttpRequest, slug: str, language: str) -> HttpResponse:
        """A correction that was itself a mistake: it stands in the log."""
        thing = found(kind, slug)
        row = get_object_or_404(thing.words, language=language)  # type: ignore[attr-defined]
        if not kind.may_strike(thing):
            raise PermissionDenied
        changing.strike_correction(row, request.POST.get("at", ""))
        author = request.user.get_username()
        audit.record(author, f"{kind.name}.correction struck", slug, language=language)
        messages.success(request, _("The page does not say it any more."))
        return redirect(kind.url("", thing, language))

    return strike


def times_page(kind: Kind) -> View:
    @needs(kind.right)
    @require_http_methods(["GET", "POST"])
    @in_turn(kind.model)
    def times(request: HttpRequest, slug: str) -> HttpResponse:
        """Publish now or at a time, keep as a draft, take down: `do` says which. 422 for what
        cannot be done.
        """
        thing = found(kind, slug)
        do = request.POST.get("do", "") if request.method == "POST" else ""
        own_url = reverse(kind.public_name, args=[slug])
        time_form = TimeForm(request.POST if do == "schedule" else None, thing=thing)
        down_form = TakeDownForm(request.POST if do == "unpublish" else None, own_url=own_url)
        if do == "delete" and is_sure(request, WORD) and deleted(request, kind, thing):
            return redirect(kind.listing[0])
        findings = found_missing(kind, thing, do, time_form)
        if not findings and done(request, kind, thing, do, time_form, down_form):
            return redirect(request.path)
        context = frame(kind, thing) | {
            "findings": findings,
            # What would be said if somebody published it now.
            "not_ready": [] if thing.is_public else kind.not_ready(thing, timezone.now()),
            "time_form": time_form,
            "down_form": down_form,
            "public_url": own_url,
            "leads_to": leads_to(thing),
            "when": zones.in_words(thing.publish_at, zone_of(thing)) if thing.publish_at else "",
            "word": WORD,
            "is_wrong": (is_wrong := do == "delete" and not is_sure(request, WORD)),
        }
        is_refused = findings or time_form.errors or down_form.errors or is_wrong
        status = 422 if is_refused else 200
        return render(request, "desk/publishing/times.html", context, status=status)

    return times


def found_missing(kind: Kind, thing: Published, do: str, time_form: TimeForm) -> list[Any]:
    """Why what was asked for cannot be: nothing where that would not make it public."""
    if do == "now":
        return kind.not_ready(thing, timezone.now())
    if do == "schedule" and time_form.is_valid() and time_form.instant:
        return kind.not_ready(thing, time_form.instant)
    return []


def done(
    request: HttpRequest,
    kind: Kind,
    thing: Published,
    do: str,
    time_form: TimeForm,
    down_form: TakeDownForm,
) -> bool:
    """Whether anything was asked for that could be done, as it was seen when it was asked for."""
    author, standing = request.user.get_username(), thing.standing
    if do == "now":
        changing.publish(thing, author=author)
        messages.success(request, _("It is public."))
    elif do == "draft" and standing == Standing.SCHEDULED:
        changing.keep_as_draft(thing, author=author)
        messages.success(request, _("It stays a draft."))
    elif do == "schedule" and standing != Standing.PUBLIC and time_form.is_valid():
        assert time_form.instant is not None
        zone = time_form.cleaned_data["zone"]
        changing.schedule(thing, time_form.instant, zone, author=author)
        for time in time_form.twice():
            said = _("Clocks show %(time)s twice that night: the first is meant.")
            messages.info(request, said % {"time": time})
        messages.success(request, _("It will be public at that time, by itself."))
    elif do == "unpublish" and standing == Standing.PUBLIC and down_form.is_valid():
        kind.taken_down(thing)
        changing.unpublish(thing, down_form.cleaned_data["to"], author=author)
        messages.success(request, _("Taken down."))
    else:
        return False
    return True


def deleted(request: HttpRequest, kind: Kind, thing: Published) -> bool:
    """Whether it is gone; else why not is said."""
    try:
        changing.delete(thing, kind.delete, author=request.user.get_username())
    except changing.NotDeletable as why:
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": why})
        return False
    messages.success(request, _("The draft is deleted."))
    return True


def preview_page(kind: Kind) -> View:
    """For desk.previews.urls, where addresses are in the reader's language."""

    @needs(kind.right)
    @require_safe
    def preview(request: HttpRequest, slug: str) -> HttpResponse:
        """As its page, whether it is public or not."""
        thing = found(kind, slug)
        thing.is_preview = True
        return kind.page(request, thing)

    return preview


def preview_url(kind: Kind, start: str) -> Any:
    return path(f"drafts/{start}/<slug:slug>/", preview_page(kind), name=kind.name)


def found(kind: Kind, slug: str) -> Published:
    """With its words. Raises Http404."""
    rows: Any = kind.rows() if kind.rows else kind.model.objects
    thing: Published = get_object_or_404(rows.prefetch_related("words"), slug=slug)
    return thing


def frame(kind: Kind, thing: Published, language: str = "", tab: str = "") -> dict[str, Any]:
    """What each of its pages shows: words in a language, a page of the kind's own, or times."""
    languages = {row.language for row in thing.words.all()}  # type: ignore[attr-defined]
    return {
        "thing": thing,
        "title": kind.title(thing) or thing.slug,
        "language": language,
        "standing": thing.standing,
        "tabs": [
            ("en", kind.url("", thing, "en"), "en" in languages),
            ("es", kind.url("", thing, "es"), "es" in languages),
        ],
        "more": [
            (label, kind.url(name, thing), name == tab, "".join(right))
            for name, label, *right in kind.more
        ],
        "may_strike": kind.may_strike(thing),
        "is_times": not (language or tab),
        "times_url": kind.url("_times", thing),
        "strike_url": kind.url("_strike", thing, language) if language else "",
        "preview_url": reverse(f"drafts:{kind.name}", args=[thing.slug]),
        **kind.place(),
        "of_a_person": kind.of_a_person,
    }


def zone_of(thing: Published) -> str:
    """In which its time was set; else the site's."""
    return thing.zone or settings.TIME_ZONE
