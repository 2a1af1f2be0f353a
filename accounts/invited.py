"""What a one-use link opens: an invited person makes their account, somebody else chooses a new
password. Looking changes nothing; the button does, once.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import one_use_links, people, roles
from accounts.models import OneUseLink, User
from accounts.signing_in import let_in

PASSWORD_HELP = _(
    "Twelve characters or more. Three or four words that only you would put together."
)


class PasswordForm(SetPasswordForm):
    """A new password, twice."""

    says_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password2"].label = _("The same again")
        self.fields["new_password2"].help_text = ""


class WelcomeForm(PasswordForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues read it beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    field_order = ("name", "new_password1", "new_password2")


@sensitive_post_parameters("new_password1", "new_password2")
@never_cache
@login_not_required
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account; 410 for a link that opens nothing any more."""
    try:
        link = one_use_links.find(OneUseLink.Purpose.INVITATION, token)
    except one_use_links.BadLink:
        return _gone(request)
    form = WelcomeForm(_likeness(request, link.email), request.POST or None)
    if form.is_valid():
        try:
            user = people.accept(
                token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["new_password1"],
            )
        except one_use_links.BadLink:
            return _gone(request)
        return let_in(request, user)
    context = {
        "form": form,
        "link": link,
        "roles": [(name, roles.ABOUT.get(name, "")) for name in link.roles],
    }
    return render(request, "accounts/invited.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("new_password1", "new_password2")
@never_cache
@login_not_required
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password; then one signs in with it, with the second factor as ever."""
    try:
        link = one_use_links.find(OneUseLink.Purpose.PASSWORD, token)
    except one_use_links.BadLink:
        return _gone(request)
    form = PasswordForm(link.user, request.POST or None)
    if form.is_valid():
        try:
            people.choose_password(token, form.cleaned_data["new_password1"])
        except one_use_links.BadLink:
            return _gone(request)
        request.session.flush()
        return redirect(reverse("accounts:login") + "?changed")
    context = {"form": form, "link": link}
    return render(
        request, "accounts/new_password.html", context, status=422 if form.is_bound else 200
    )


def _likeness(request: HttpRequest, email: str) -> User:
    """Nobody yet, so that a password like one's own name or address is refused."""
    return User(email=email, name=request.POST.get("name", "")[:120])


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_gone.html", status=410)
