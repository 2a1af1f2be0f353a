"""A form that could not be taken when it was sent, shown to its writer again (accounts.unsent)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.unsent import Unsent
from desk.form_drafts import keeping
from desk.form_drafts.what_was_typed import page_of


def give_back(
    request: HttpRequest, form: Unsent, *, factor_at: str = "", because: str = ""
) -> HttpResponse:
    """For the person who sent it, and who is signed in. A form that has drafts comes back as one;
    of any other what was typed is shown, with a button that sends it: nothing of it is stored.
    """
    data = form.data()
    opened = keeping.unsign(data.get(keeping.DRAFT_OF, ""))
    is_draft = opened is not None and opened.author == request.user.pk
    if opened and is_draft and form.path != reverse("desk:draft_throw_away"):
        try:
            keeping.keep(opened, data)
        except (keeping.TooLong, keeping.Gone):
            # Shown to be copied, like a form that has no drafts.
            pass
        else:
            messages.info(
                request, _("Nothing is saved yet, and nothing is lost: it is your draft.")
            )
            if form.had_files:
                messages.info(request, _("Only files have to be chosen once more."))
            wanted = urlencode({"next": opened.url})
            return redirect(f"{factor_at}?{wanted}" if factor_at else opened.url)
    said = because or _("You are signed in again.")
    said = f"{said} {_('Nothing was sent yet: look at it, and send it now.')}"
    if factor_at:
        said = _("This asks for a second factor first. Then come back to this page and send it.")
    context = page_of(
        data,
        said,
        send_to=form.path,
        fields=form.fields,
        page=form.page,
        had_files=form.had_files,
        factor_at=factor_at,
    )
    return render(request, "desk/what_you_typed.html", context)
