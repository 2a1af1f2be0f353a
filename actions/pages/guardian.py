"""What the one mail to a grown-up leads to: a yes, or a no that takes it back. It says neither what
was written nor what it is about.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from actions import guardians
from actions.models import Guardian
from actions.pages import restored
from actions.pages.private_link import Forgotten, mark_private, private_page, read_link


@private_page
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows the question; its POST answers it."""
    public_id = read_link("guardian", token)
    found = Guardian.objects.filter(public_id=public_id)
    asked = found.select_related("action__ask__campaign", "action__supporter").first()
    if asked is None and restored.lost(token):
        raise Forgotten(public_id)
    if asked is None:
        gone = render(request, "actions/guardian.html", {"is_gone": True}, status=410)
        return mark_private(gone)
    answer = request.POST.get("answer") if request.method == "POST" else ""
    wording = _("I look after this young person, and it is fine with me that they take part.")
    if answer == "no":
        guardians.say_no(asked)
    elif answer == "yes":
        guardians.say_yes(asked, wording)
    is_answered = answer in ("yes", "no") or asked.said_yes_at is not None
    context = {"wording": wording, "is_answered": is_answered, "is_no": answer == "no"}
    return mark_private(render(request, "actions/guardian.html", context))
