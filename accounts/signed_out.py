"""A page for people who are signed in, asked for by nobody: to the sign-in page and back, and what
they typed goes along.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import unsent
from accounts.forms import LoginForm
from accounts.models import User

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Like Django's login_required; but a form that was sent is not lost (accounts.unsent)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request)

    return guarded


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """403 with the sign-in page itself where something was typed, else a redirect to it."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    if is_part(request):
        return only_a_part()
    form = unsent.sent(request)
    if form is None:
        return redirect_to_login(unsent.page_of(request))
    said = _("Your session has ended, so nothing was saved.")
    return page_to_sign_in(request, form, form.sealed(), said)


def page_to_sign_in(
    request: HttpRequest, form: unsent.Unsent, sealed: str, because: str
) -> HttpResponse:
    """The sign-in page with what was typed sealed in it, for its owner alone."""
    owner = User.objects.filter(pk=form.owner).first()
    login = LoginForm(request, initial={"username": owner.email if owner else ""})
    context = {"form": login, **carried(sealed), "next": form.page}
    return render(request, "accounts/login.html", context | {"because": because}, status=403)


def carried(sealed: str) -> dict[str, Any]:
    """For the sign-in page: what it carries, and whose that is."""
    form = unsent.unseal(sealed)
    if form is None:
        return {"is_too_late": bool(sealed)}
    owner = User.objects.filter(pk=form.owner, is_active=True).first()
    found: dict[str, Any] = {"sealed": sealed, "owner": owner, "had_files": form.had_files}
    # Only its own account opens it: the others stand in the way.
    return found | {"demo_logins": [owner] if owner and owner.is_demo else []}


def is_part(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page: a page to sign in would be put in its place."""
    return "X-Part" in request.headers


def only_a_part() -> HttpResponse:
    return HttpResponse(_("You are signed out."), status=401, content_type="text/plain")
