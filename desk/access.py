"""Who may open a page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import NEED_SECOND_FACTOR, User
from accounts.second_step import ask_for_second_factor
from accounts.signed_out import is_part, signed_in
from accounts.unsent import OPENED_BY
from campaigns.models import Campaign
from desk.form_drafts.what_was_typed import page_of, words_typed

View = Callable[..., HttpResponseBase]


def needs(*rights: str) -> Callable[[View], View]:
    """Signed in and with each of these rights of accounts.User ("export_supporters"); the page is
    never stored by a browser.

    Nobody signed in goes to the sign-in page and back; somebody without a right gets a 403; who
    has the right and has given no second factor, where one is asked for, gives it first. A form
    that was sent then comes back with every word (accounts.unsent); so does one of a thing that
    was removed meanwhile, to be copied.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Who it is was asked outside, by signed_in.
            user = request.user
            assert isinstance(user, User)
            if not user.holds(*rights):
                raise PermissionDenied
            if asks_for_second_factor(*rights) and not user.passed_second_factor:
                return ask_for_second_factor(request, user, back=back_to(request))
            try:
                return view(request, *args, **kwargs)
            except Http404:
                if not is_typed_form(request):
                    raise
                return removed_meanwhile(request, kwargs.get("slug", ""))

        # Outermost, so that the way to the sign-in page is not stored by a browser either.
        return never_cache(signed_in(guarded))

    return wrap


def asks_for_second_factor(*rights: str) -> bool:
    """Whether a page with these rights does; where the settings say so every page does."""
    return settings.SECOND_FACTOR_FOR_ALL or not NEED_SECOND_FACTOR.isdisjoint(rights)


def is_typed_form(request: HttpRequest) -> bool:
    """A form of ours (not a part of a page that a script asks for) with something in it."""
    is_form = request.method == "POST" and OPENED_BY in request.POST and not is_part(request)
    return is_form and bool(words_typed(request.POST))


def removed_meanwhile(request: HttpRequest, slug: str) -> HttpResponse:
    """404 with what was typed into the form of what is no more, and the way to its campaign."""
    said = _("What this form is about was removed while you had it open. Nothing was changed.")
    way_on = Campaign.objects.filter(slug=slug).exists() and reverse("desk:campaign", args=[slug])
    context = page_of(request.POST, said, way_on=way_on or reverse("desk:home"))
    return render(request, "desk/what_you_typed.html", context, status=404)


def back_to(request: HttpRequest) -> str:
    """This page; or, for a form without words that is sent, the overview: it is not sent again."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home")
