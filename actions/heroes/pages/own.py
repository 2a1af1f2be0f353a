"""What the links in our mail lead to: the button that says "it is me", and one's own page, to
change it or take it back.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from actions.heroes import telling
from actions.heroes.forms import TellingForm
from actions.models import Hero
from actions.pages.private_link import Forgotten, mark_private, private_page, read_link
from campaigns import words
from supporters import links


@private_page
def hero_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows what was sent; its POST says that it is theirs, or deletes it."""
    hero = _linked(read_link("hero-confirm", token))
    # Whoever opens the first mail once more wants their page.
    if hero.confirmed_at:
        return redirect("actions:hero_own", links.make("hero", hero.public_id))
    if request.method != "POST":
        context = {
            "hero": hero,
            "words": words.of(hero, hero.language),
            "replaces": telling.pages_before(hero).exists(),
        }
        return mark_private(render(request, "heroes/confirm.html", context))
    if "not_me" in request.POST:
        telling.withdraw(hero)
        return mark_private(render(request, "heroes/withdrawn.html", {"was_sent": True}))
    try:
        told = telling.confirm(hero)
    except Hero.DoesNotExist as gone:
        raise Forgotten(hero.public_id) from gone
    if told is None:
        return mark_private(render(request, "heroes/young.html"))
    context = {"own_url": _own_url(hero), "days": settings.QUARANTINED_KEPT_DAYS}
    return mark_private(render(request, "heroes/confirmed.html", context))


@private_page
def hero_own(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands and reads; a POST changes it."""
    hero = _linked(read_link("hero", token), is_confirmed=True)
    its_words = words.of(hero, hero.language)
    is_sent = request.method == "POST"
    form = TellingForm(
        request.POST if is_sent else None, initial=TellingForm.opened_with(hero, its_words)
    )
    is_changed = is_sent and form.is_valid() and telling.change(hero, form.cleaned_data)
    if is_changed:
        hero = _linked(hero.public_id, is_confirmed=True)
        its_words = words.of(hero, hero.language)
    context = {
        "hero": hero,
        "words": its_words,
        "form": form,
        "is_changed": is_changed,
        "public_url": reverse("actions:hero", args=[hero.slug]) if hero.is_public else "",
        "withdraw_url": reverse(
            "actions:hero_withdraw", args=[links.make("hero-withdraw", hero.public_id)]
        ),
        "kept_days": settings.REFUSED_KEPT_DAYS,
    }
    status = 422 if form.errors else 200
    return mark_private(render(request, "heroes/own.html", context, status=status))


@private_page
def hero_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """A GET asks; its POST takes it back at once."""
    hero = _linked(read_link("hero-withdraw", token), is_confirmed=True)
    if request.method == "POST":
        telling.withdraw(hero)
        return mark_private(render(request, "heroes/withdrawn.html"))
    context = {"own_url": _own_url(hero)}
    return mark_private(render(request, "heroes/withdraw.html", context))


def _linked(public_id: uuid.UUID, *, is_confirmed: bool = False) -> Hero:
    """With its words. Raises Forgotten."""
    found: Hero | None = (
        Hero.objects.select_related("supporter")
        .prefetch_related("words")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or (is_confirmed and found.confirmed_at is None):
        raise Forgotten(public_id)
    return found


def _own_url(hero: Hero) -> str:
    return reverse("actions:hero_own", args=[links.make("hero", hero.public_id)])
