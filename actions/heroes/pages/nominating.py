"""Thinking of somebody: a link to pass on, and the form behind it. Of whoever is thought of nothing
is asked and nothing stored, until they send the form themselves.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.heroes import invitation, telling
from actions.heroes.forms import HeroForm, wording
from actions.pages.private_link import mark_private
from actions.pages.young import adults_only
from actions.screening import origin, rates
from campaigns import brand


@require_safe
def nominate(request: HttpRequest) -> HttpResponse:
    """A fresh link with words to send. It is made of nothing, and written down nowhere."""
    url = invitation.make()
    said = _(
        "I thought of you. %(organization)s says thank you to people who act for others, and I"
        " think you are one of them. If you like, tell it yourself; if not, just close the page:"
        " they do not know that I wrote to you. %(url)s"
    ) % {"organization": brand.current().name, "url": url}
    mail = {"subject": _("I thought of you"), "body": said}
    context = {
        "url": url,
        "said": said,
        "until": invitation.ends_on(),
        "mail_url": f"mailto:?{urlencode(mail, quote_via=quote)}",
    }
    return mark_private(render(request, "heroes/nominate.html", context))


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def hero_form(request: HttpRequest, token: str) -> HttpResponse:
    """The same answer whoever's mailbox was typed. Of somebody under 18 nothing is kept."""
    if not invitation.is_good(token):
        return mark_private(render(request, "heroes/link_is_over.html", status=410))
    if request.method != "POST":
        return _show(request, HeroForm())
    if wait_s := rates.seconds_to_wait(request, "hero"):
        form = HeroForm(initial=request.POST.dict())
        return rates.patient(_show(request, form, wait_s=wait_s), wait_s)
    form = HeroForm(request.POST)
    # Before anything else: nothing of a child's form is even shown back to be mended.
    if young := adults_only(
        request,
        form.age_typed,
        lambda told: mark_private(render(request, "heroes/young.html", told)),
    ):
        return young
    if not form.is_valid():
        return _show(request, form, status=422)
    typed = form.cleaned_data
    # A machine is told the same.
    if not typed["website"]:
        telling.send(typed, wording=wording())
    return mark_private(render(request, "heroes/sent.html", {"email": typed["email"]}))


def _show(
    request: HttpRequest, form: HeroForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "form": form,
        "unconfirmed_days": settings.UNCONFIRMED_KEPT_DAYS,
        "refused_days": settings.REFUSED_KEPT_DAYS,
    }
    return mark_private(render(request, "heroes/form.html", context, status=status))
