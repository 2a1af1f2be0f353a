"""One person who works here: their roles, a link for a new password, and an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import people, proofs, roles, second_factor, sessions
from accounts.models import AuditEntry, User
from desk.access import needs
from desk.people.audit_log import with_words
from desk.people.listing import RolesField, author_of, show_link, visible

SHOWN = 15


class RolesForm(forms.Form):
    # None is a choice too.
    says_optional = False

    def __init__(self, author: User, user: User, data: Any = None) -> None:
        had = tuple(roles.roles_of(user))
        super().__init__(data, initial={"roles": had})
        self.fields["roles"] = RolesField(author, also=had, required=False)


@needs("manage_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Their roles; 422 for what may not be given or taken."""
    author, user = author_of(request), get_object_or_404(visible(author_of(request)), pk=pk)
    if request.method != "POST":
        return _show(request, user, RolesForm(author, user))
    form = RolesForm(author, user, request.POST)
    if not form.is_valid():
        return _show(request, user, form, status=422)
    try:
        people.set_roles(user, form.cleaned_data["roles"], author=author)
    except people.Refused as refusal:
        form.add_error("roles", str(refusal))
        return _show(request, user, form, status=422)
    messages.success(request, _("Saved. It holds from their next page on."))
    return redirect("desk:person", pk)


@require_POST
@needs("manage_people")
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link for a new password, to hand over: shown this once."""
    user = get_object_or_404(visible(author_of(request)), pk=pk, is_active=True)
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:person", args=[pk]))
    try:
        link = people.make_password_link(user, author=author_of(request))
    except people.Refused as refusal:
        return _refused(request, user, refusal)
    return show_link(request, link)


@require_POST
@needs("manage_people")
def remove_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost theirs: they sign in with the password, and add another."""
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:person", args=[pk]))
    return _do(request, pk, people.remove_factors, _("Removed. Their sessions have ended."))


@require_POST
@needs("manage_people")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Their sessions end with this. 422 for oneself and for the last administrator."""
    return _do(request, pk, people.deactivate, _("Deactivated. Every session of theirs has ended."))


@require_POST
@needs("manage_people")
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """They may sign in again, as they could before."""
    return _do(request, pk, people.reactivate, _("Active again, with the roles they had."))


def _do(request: HttpRequest, pk: int, deed: Callable[..., None], done: str) -> HttpResponse:
    user = get_object_or_404(visible(author_of(request)), pk=pk)
    try:
        deed(user, author=author_of(request))
    except people.Refused as refusal:
        return _refused(request, user, refusal)
    messages.success(request, done)
    return redirect("desk:person", pk)


def _refused(request: HttpRequest, user: User, refusal: people.Refused) -> HttpResponse:
    form = RolesForm(author_of(request), user)
    return _show(request, user, form, refusal=str(refusal), status=422)


def _show(
    request: HttpRequest, user: User, form: RolesForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    author = author_of(request)
    lines = AuditEntry.objects.filter(Q(actor=user.email) | Q(subject=user.email))
    context = {
        "person": user,
        "form": form,
        "refusal": refusal,
        "has_second_factor": second_factor.is_on(user),
        "is_self": user.pk == author.pk,
        "may_change": roles.may_change(author, user),
        "seen_at": sessions.last_seen().get(user.pk, user.last_login),
        "lines": with_words(lines.order_by("-pk")[:SHOWN]),
    }
    return render(request, "desk/people/person.html", context, status=status)
