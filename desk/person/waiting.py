"""Somebody asks to be deleted whom we know by forms alone that nobody confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import proofs
from actions.erasing import erase
from actions.models import Submission
from desk.access import needs
from desk.person.delete import DeleteForm
from supporters.forms import EmailField
from supporters.models import Supporter
from supporters.people import Entry, known_by_key, mailbox_of, remember


class WaitingForm(DeleteForm):
    email = EmailField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget = forms.HiddenInput()


def waiting_for(mailbox: str) -> int:
    """How many forms wait for this mailbox's answer in names of nobody who is here, whoever typed
    them. Those of a supporter stand on their page.
    """
    known = Supporter.objects.filter(key=OuterRef("supporter_key"))
    waiting = Submission.objects.open().filter(~Exists(known), mailbox=mailbox)
    return waiting.count() if mailbox else 0


@require_POST
@needs("see_supporters")
def forget(request: HttpRequest) -> HttpResponse:
    """First what it is about, then the deed, as for a person: it stands in the journal too. Of
    whoever is a supporter nothing goes: they are deleted on their own page.
    """
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:supporter_find"))
    # The first press brings the mailbox alone, from a form beside what was found.
    is_asked = "came" in request.POST
    form = WaitingForm(request.POST if is_asked else None, initial=request.POST.dict())
    if not form.is_valid():
        status = 422 if is_asked else 200
        return render(request, "desk/person/waiting.html", {"form": form}, status=status)
    typed = form.cleaned_data
    erase_strangers(mailbox_of(typed["email"]), by=request.user.get_username(), how=typed["how"])
    messages.success(request, _("Deleted: nothing waits for this mailbox any more."))
    return redirect("desk:supporter_find")


@transaction.atomic
def erase_strangers(mailbox: str, *, by: str, how: str) -> None:
    """Each name of theirs as somebody who was here a moment, and is erased with all that waits."""
    # Erased as people are, not only as rows: mail to them, the journal and a tombstone go with it.
    for submission in Submission.objects.open().filter(mailbox=mailbox).order_by("pk"):
        entry = Entry(**submission.entry) if submission.entry else None
        if entry and known_by_key(entry) is None:
            erase(remember(entry), by=by, how=how)
