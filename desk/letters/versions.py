"""A letter in versions: who gets which, which seats two of them name, and writing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns import merge_fields
from campaigns.letter_versions import OWN, overlapping, seats_by_version
from campaigns.models import Ask, Campaign, LetterVersion
from campaigns.publishing import NotReady
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.letters.version_forms import VersionForm, values_of
from desk.newer_version import as_texts, in_turn, meet
from desk.organizing.campaign_page import (
    ask_or_404,
    noted_in_history,
    render_campaign,
    render_form,
    saved,
    would_break,
)
from desk.organizing.seat_search import labelled
from desk.organizing.targets import LOOKS, listed

SHOWN = 10  # seats that two versions name


@needs("run_campaigns")
@require_safe
def versions(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Each with how many of the ask's seats get it; the ask's own letter is for the rest."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    rows = list(ask.versions.all())
    numbers, both = seats_by_version(ask, rows), overlapping(ask, rows)
    return render_campaign(
        request,
        "versions.html",
        ask.campaign,
        "asks",
        ask=ask,
        rows=[(one, sides, numbers[one.pk]) for one, sides, _named in listed(rows)],
        own=numbers[OWN],
        both=both.count() if len(rows) > 1 else 0,
        named_twice=[label for _pk, label in labelled(both[:SHOWN])],
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def version(
    request: HttpRequest, slug: str, pk: int, version_pk: int | None = None
) -> HttpResponse:
    """One version to write, or a new one. "Count" shows who would get it, without saving."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    row = get_object_or_404(ask.versions, pk=version_pk) if version_pk else new_version(ask)
    for_ask: dict[str, Any] = {"ask": ask, "searched": request.POST.get("find-seats", "")}
    thing = f"ask:{ask.pk}:version:{row.pk or 'new'}"
    meeting = meet(
        request,
        lambda data: VersionForm(data, initial=values_of(row), **for_ask),
        Thing(thing, ask.campaign, ask),
    )
    form, looking = meeting.form, request.POST.get("do") in LOOKS
    if not looking and saved(
        request,
        ask.campaign,
        meeting,
        lambda: form.version(row).save(),
        deed="version",
        detail=f"{ask.kind} {ask.position}: {request.POST.get('name', '')[:60]}",
        thing=thing,
    ):
        return redirect("desk:letter_versions", slug, pk)
    shown = None
    if looking:
        meeting.differences = []
        meeting.opened_with = request.POST.get("opened_with", meeting.opened_with)
        shown = as_chosen(form, row)
        # Who is still choosing has done nothing wrong, whatever is not written yet.
        if form.errors and not form.errors.keys() & {"states", "committees", "seats"}:
            values = {name: form[name].value() for name in form.fields}
            form = meeting.form = VersionForm(initial=values, **for_ask)
    elif row.pk:
        shown = who_gets(row)
    context: dict[str, Any] = {
        "ask": ask,
        "row": row,
        "shown": shown,
        "nothing": looking and shown is None,
    }
    if looking and request.headers.get("X-Part") == "count":
        return render(request, "desk/campaigns/_version_counted.html", {"form": form, **context})
    context["fields"] = merge_fields.FIELDS.items()
    return render_form(
        request, "version.html", ask.campaign, "asks", meeting, thing=thing, **context
    )


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def remove(request: HttpRequest, slug: str, pk: int, version_pk: int) -> HttpResponse:
    """Its seats get the ask's own letter from now on; what was confirmed already stays."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    row = get_object_or_404(ask.versions, pk=version_pk)

    def words() -> dict[str, str]:
        still = ask.versions.filter(pk=version_pk).first()
        return as_texts(VersionForm(ask=ask, initial=values_of(still))) if still else {}

    note, thing = f"version removed: {row.name}", f"ask:{ask.pk}:version:{row.pk}"
    try:
        with noted_in_history(request, ask.campaign, "version", note, thing=thing, says=words):
            row.delete()
    except NotReady as refusal:
        for finding in refusal.findings:
            messages.error(request, would_break(finding))
    else:
        messages.success(request, _("Removed. Its seats get the ask’s own letter."))
    return redirect("desk:letter_versions", slug, pk)


def new_version(ask: Ask) -> LetterVersion:
    """Begun with the ask's own words, to be changed."""
    return LetterVersion(
        ask=ask,
        position=ask.versions.count() + 1,
        subject=ask.letter_subject,
        body=ask.letter_body,
    )


def as_chosen(form: VersionForm, row: LetterVersion) -> dict[str, Any] | None:
    """Who would get the version as it is chosen; None while nothing is."""
    sides = {"states", "chambers", "parties", "committees", "roles", "seats", NON_FIELD_ERRORS}
    form.is_valid()
    if form.errors.keys() & sides or not form.has_sides:
        return None
    return who_gets(form.put_into(row))


def who_gets(row: LetterVersion) -> dict[str, Any]:
    """How many of the ask's seats it is for, and which of them another version names too."""
    others = [other for other in row.ask.versions.all() if other.pk != row.pk]
    # Of two the first in order is taken: counted alone, it has all that it names.
    marked = LetterVersion(**{**sides_of(row), "ask": row.ask, "pk": row.pk or -1})
    number = seats_by_version(row.ask, [marked])[marked.pk]
    both = overlapping(row.ask, [*others, marked])
    first = labelled(both[:SHOWN])
    return {
        "count": number,
        "both": both.count() if others else 0,
        "named_twice": [label for _pk, label in first],
    }


def sides_of(row: LetterVersion) -> dict[str, list[Any]]:
    sides = ("states", "chambers", "parties", "committees", "roles", "seats")
    return {side: getattr(row, side) for side in sides}
