"""Everybody who works here, and inviting somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit, one_use_links, people, proofs, roles, second_factor, sessions
from accounts.forms import MailboxField
from accounts.models import OneUseLink, User
from accounts.second_step import ask_again
from desk.access import needs
from desk.sorting import Column, Table
from worker.queue import call

MAIL_LINKS = "desk.tasks.mail_links"


COLUMNS = [
    Column("name", gettext_lazy("Name"), by=lambda row: str(row["user"]).lower()),
    Column("role", gettext_lazy("Role"), by=lambda row: ", ".join(row["roles"])),
    Column("seen", gettext_lazy("Last seen"), by=lambda row: row["seen_at"], falls=True),
    Column("factor", gettext_lazy("Second factor"), by=lambda row: row["has_second_factor"]),
    Column("account", gettext_lazy("Account"), by=lambda row: not row["user"].is_active),
]


class RolesField(forms.MultipleChoiceField):
    """Roles that this person may give; each says what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, author: User, also: tuple[str, ...] = (), **options: Any) -> None:
        names = [name for name in roles.ABOUT if roles.may_give(author, [name])]
        names += [name for name in also if name not in names]
        choices = [(name, f"{name.capitalize()}: {roles.ABOUT.get(name, '')}") for name in names]
        super().__init__(choices=choices, label=gettext_lazy("What they may do"), **options)


class InviteForm(forms.Form):
    email = MailboxField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("They sign in with it."),
    )

    def __init__(self, author: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(author)
        if settings.DELIVERY_ENABLED:
            self.fields["is_mailed"] = forms.BooleanField(
                label=gettext_lazy("Mail it to them as well"), required=False, initial=True
            )


@needs("manage_people")
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody, active ones first, and the invitations that nobody has taken up."""
    return show(request, InviteForm(author_of(request)))


@require_POST
@needs("manage_people")
def invite(request: HttpRequest) -> HttpResponse:
    """Shows the link, this once: it is kept nowhere. 422 for what may not be given. Asks once more
    who it is: the link opens a door here.
    """
    author = author_of(request)
    form = InviteForm(author, request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    if not proofs.is_fresh(request):
        return ask_again(request, back=reverse("desk:people"))
    is_mailed = bool(form.cleaned_data.get("is_mailed"))
    try:
        link = people.invite(
            form.cleaned_data["email"],
            form.cleaned_data["roles"],
            author=author,
            is_mailed=is_mailed,
        )
    except people.Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, form, status=422)
    if is_mailed:
        call(MAIL_LINKS, [()], queue="desk")
    return show_link(request, link, mailed=is_mailed)


@require_POST
@needs("manage_people")
def take_back(request: HttpRequest, link_id: int) -> HttpResponse:
    """The invitation opens nothing any more."""
    link = get_object_or_404(invitations(author_of(request)), pk=link_id)
    one_use_links.use_up(link)
    audit.record(request.user.get_username(), "invitation taken back", link.email)
    messages.success(request, _("The invitation is taken back."))
    return redirect("desk:people")


def author_of(request: HttpRequest) -> User:
    """Who is signed in; a page of the desk is opened by nobody else."""
    assert isinstance(request.user, User)
    return request.user


def visible(author: User) -> QuerySet[User]:
    """A demonstration account, which anybody opens, sees only its like."""
    everybody = User.objects.prefetch_related("groups").order_by("-is_active", "name", "email")
    return everybody.filter(is_demo=True) if author.is_demo else everybody


def invitations(author: User) -> QuerySet[OneUseLink]:
    """Not taken up and not past their end."""
    waiting = (
        OneUseLink.objects.filter(
            purpose=OneUseLink.Purpose.INVITATION, used_at=None, expires_at__gt=timezone.now()
        )
        .select_related("made_by")
        .order_by("pk")
    )
    return waiting.none() if author.is_demo else waiting


def show(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    author, seen = author_of(request), sessions.last_seen()
    with_factor = second_factor.with_second_factor()
    people = [
        {
            "user": user,
            "roles": roles.roles_of(user),
            "has_second_factor": user.pk in with_factor,
            # Whoever signed out was seen last when they came.
            "seen_at": seen.get(user.pk, user.last_login),
        }
        for user in visible(author)
    ]
    table = Table(request, COLUMNS, usual="account", at=reverse("desk:people"))
    context = table.by_number(people) | {
        "form": form,
        # One line for the link to hand over and the one that is mailed.
        "invitations": list({link.email: link for link in invitations(author)}.values()),
        "mails": settings.DELIVERY_ENABLED,
    }
    return render(request, "desk/people/list.html", context, status=status)


def show_link(request: HttpRequest, link: OneUseLink, *, mailed: bool = False) -> HttpResponse:
    """The page that holds a link to hand over. Never stored, and never shown again."""
    context = {
        "link": link,
        "url": url_of(link, one_use_links.give_token(link)),
        "mailed": mailed,
    }
    return render(request, "desk/people/link.html", context)


def url_of(link: OneUseLink, token: str) -> str:
    """The whole address, as it is mailed or handed over."""
    pages = {
        OneUseLink.Purpose.INVITATION: "accounts:invited",
        OneUseLink.Purpose.PASSWORD: "accounts:new_password",
    }
    page = pages[OneUseLink.Purpose(link.purpose)]
    return str(settings.SITE_URL) + reverse(page, args=[token])
