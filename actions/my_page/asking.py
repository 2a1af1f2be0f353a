"""Asking for the link to one's own page.

The same page in the same time for every mailbox: what was typed becomes a row, and the worker that
would mail the link finds out whose it is.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy

from actions.models import PageWish
from actions.my_page.mailing import TASK
from actions.pages.private_link import mark_private
from actions.screening import rates
from supporters.forms import EmailField, PublicForm
from supporters.people import mailbox_of
from worker.queue import call


class AskingForm(PublicForm):
    email = EmailField()
    even_so = forms.BooleanField(
        required=False,
        label=gettext_lazy("I once asked for no mail at all. Send me this one link even so."),
    )


def asking(request: HttpRequest, **context: Any) -> HttpResponse:
    """The form, and what it leads to. `context` is what the page says above it."""
    if request.method != "POST":
        return show(request, AskingForm(), **context)
    if wait_s := rates.seconds_to_wait(request, "my page"):
        form = AskingForm(initial=request.POST.dict())
        return rates.patient(show(request, form, wait_s=wait_s), wait_s)
    form = AskingForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    wish(form.cleaned_data["email"], even_so=form.cleaned_data["even_so"])
    answer = render(request, "actions/my_page/asked.html", {"email": form.cleaned_data["email"]})
    return mark_private(answer)


def wish(email: str, *, even_so: bool) -> None:
    """Whoever that is. Of the address only its hash is kept."""
    language = get_language() or "en"
    PageWish.objects.create(mailbox=mailbox_of(email), language=language, even_so=even_so)
    call(TASK, [()])


def show(
    request: HttpRequest, form: AskingForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    page = {"form": form, **context}
    return mark_private(render(request, "actions/my_page/ask.html", page, status=status))
