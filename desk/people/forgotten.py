"""Somebody who works here forgot their password.

The same page in the same time whether there is such an account or not: what was typed is put in a
row, and the worker that would mail the link finds out.
"""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts import one_use_links
from accounts.forms import MailboxField
from accounts.limits import wait_before_trying
from desk.people.listing import MAIL_LINKS
from worker.queue import call


class ForgottenForm(forms.Form):
    email = MailboxField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


@never_cache
@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. 429 after as many tries as signing in has."""
    form = ForgottenForm(request.POST or None)
    # Without mail nobody is asked for an address that leads to nothing.
    context = {"form": form, "mails": settings.DELIVERY_ENABLED}
    if not (settings.DELIVERY_ENABLED and form.is_bound):
        return render(request, "accounts/forgotten.html", context)
    wait_s = wait_before_trying(request, request.POST.get("email", ""), what="forgotten")
    if wait_s:
        answer = render(request, "429.html", {"wait_s": wait_s}, status=429)
        answer["Retry-After"] = str(wait_s)
        return answer
    if not form.is_valid():
        return render(request, "accounts/forgotten.html", context, status=422)
    one_use_links.asked_for(form.cleaned_data["email"])
    call(MAIL_LINKS, [()], queue="desk")
    return render(request, "accounts/forgotten.html", context | {"is_asked": True})
