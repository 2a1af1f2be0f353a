"""Where a form of the desk is kept as its author's draft, by its script or by its button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.access import needs
from desk.form_drafts import keeping
from desk.form_drafts.what_was_typed import page_of


@needs()
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed, whatever is wrong with it, and go back to the form.

    A script that says `X-Part: draft` gets a line of text to show instead. 413 for too much, 410
    where what the form is about is gone, 422 for a form that is not this person's.
    """
    opened = keeping.read(request)
    is_script = request.headers.get("X-Part") == "draft"
    try:
        if opened is None:
            said, status = _("This form was opened by another account: nothing was kept."), 422
        else:
            row = keeping.keep(opened, request.POST)
            time = formats.time_format(timezone.localtime(row.saved_at), "TIME_FORMAT")
            said, status = _("Saved as your draft at %(time)s") % {"time": time}, 200
    except keeping.TooLong:
        said, status = (
            _("This is too long to be kept as a draft: save it, or make it shorter."),
            413,
        )
    except keeping.Gone:
        said, status = _("What this form is about was removed meanwhile: nothing was kept."), 410
    if is_script:
        return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    if opened and status == 200:
        messages.success(request, said)
        return redirect(opened.url)
    return render(request, "desk/what_you_typed.html", page_of(request.POST, said), status=status)


@needs()
@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Back to the form as it is saved."""
    opened = keeping.read(request)
    if opened is None:
        return redirect("desk:home")
    keeping.throw_away(opened)
    messages.success(request, _("Your draft is thrown away."))
    return redirect(opened.url)
