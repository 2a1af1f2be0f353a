"""Their own pages: all of them, one to read and decide, what one is about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from actions.heroes import reading
from actions.heroes.pages.listing import hero_page
from actions.models import Hero
from campaigns import words
from campaigns.published.changing import NotDeletable
from desk.access import needs
from desk.heroes.forms import AboutForm, DeclineForm, HeroWordsForm
from desk.newer_version import in_turn
from desk.publishing import pages
from desk.publishing.kinds import Kind
from desk.sorting import Column, Table

COLUMNS = [
    Column("name", gettext_lazy("Name"), by="given_name"),
    Column("sent", gettext_lazy("Sent"), by="sent_at", falls=True),
    Column("standing", gettext_lazy("Public")),
]
READ_FIRST = gettext_lazy("Read it first, and accept it: then it can be public.")
DECLINE = gettext_lazy(
    "Decline it instead, where you read it: they are told why, and may change it before it is"
    " deleted."
)


def refuse_to_delete(hero: Hero) -> None:
    """Whoever sent it was promised to be told. Raises NotDeletable."""
    raise NotDeletable(DECLINE)


KIND = Kind(
    name="hero",
    model=Hero,
    form=HeroWordsForm,
    title=lambda hero: hero.name,
    page=hero_page,
    public_name="actions:hero",
    listing=("desk:heroes", gettext_lazy("People who act")),
    markdown="",
    more=(
        ("_read", gettext_lazy("Read and decide")),
        ("_about", gettext_lazy("What it is about")),
    ),
    not_ready=lambda hero, at: [] if hero.accepted_at else [READ_FIRST],
    taken_down=reading.note_unpublished,
    delete=refuse_to_delete,
    # What no mailbox has confirmed is nobody's, and read by nobody here.
    rows=lambda: Hero.objects.confirmed(),
    of_a_person=True,
)


@needs("run_campaigns")
@require_safe
def heroes(request: HttpRequest) -> HttpResponse:
    """Whoever confirmed what they sent: first who waits to be read, the oldest first; then all."""
    context = Table(request, COLUMNS, usual="-sent").by_key(Hero.objects.confirmed())
    context["to_read"] = Hero.objects.to_read().order_by("sent_at", "pk")[:50]
    return render(request, "desk/heroes/list.html", context)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Hero)
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """What they told, as its page shows it; `do` accepts or declines it."""
    hero = _found(slug)
    do = request.POST.get("do", "")
    form = DeclineForm(request.POST if do == "decline" else None)
    author = request.user.get_username()
    # What they changed meanwhile nobody here has read.
    is_this = request.POST.get("sent_at", "") == hero.sent_at.isoformat()
    if do and not is_this:
        messages.info(request, _("They have changed it since you opened this page: read it anew."))
    elif do == "accept":
        reading.accept(hero, author=author)
        messages.success(request, _("Accepted. It is public once you publish it."))
        return redirect("desk:hero_times", slug)
    elif do == "decline" and form.is_valid():
        reading.decline(hero, form.cleaned_data["why"], author=author)
        messages.success(request, _("It is not shown, and they are told."))
        return redirect("desk:heroes")
    context = pages.frame(KIND, hero, tab="_read") | {
        "hero": hero,
        "words": words.of(hero, hero.language),
        "form": form,
    }
    return render(request, "desk/heroes/read.html", context, status=422 if form.errors else 200)


about = pages.about_page(KIND, AboutForm)


def _found(slug: str) -> Any:
    return pages.found(KIND, slug)
