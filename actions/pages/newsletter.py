"""Joining and leaving the newsletter on the web."""

from __future__ import annotations

from functools import partial

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actions.models import Alert
from actions.pages.private_link import linked_person, mark_private, read_link, while_kept
from actions.pages.young import adults_only
from actions.screening import origin, rates
from supporters import consent, links, newsletter
from supporters.forms import NewsletterForm
from supporters.models import Consent


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The same answer for everybody who is grown: new, known, suppressed, or a machine. Who is not
    is told that nothing was sent, and is not written down at all.
    """
    form = NewsletterForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "wording": newsletter.wording()}
    wait_s = rates.seconds_to_wait(request, "newsletter") if request.method == "POST" else 0
    if wait_s:
        context |= {"form": NewsletterForm(initial=request.POST.dict()), "wait_s": wait_s}
        return rates.patient(render(request, "supporters/newsletter.html", context), wait_s)
    if request.method != "POST":
        return render(request, "supporters/newsletter.html", context)
    is_valid, data = form.is_valid(), form.cleaned_data
    if young := adults_only(
        request, data.get("age"), partial(render, request, "supporters/newsletter_young.html")
    ):
        return young
    if not is_valid:
        return render(request, "supporters/newsletter.html", context, status=422)
    if not data["website"]:
        newsletter.ask_to_join(
            email=data["email"], given_name=data["given_name"], language=get_language() or "en"
        )
    return render(request, "supporters/newsletter_sent.html")


@origin.public_post
@rates.limited("link")
@require_http_methods(["GET", "HEAD", "POST"])
@while_kept
def join_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows the button; its POST is the consent."""
    try:
        supporter = linked_person(links.read("newsletter", token), token)
    except links.StaleLink:
        return mark_private(
            render(
                request,
                "supporters/newsletter.html",
                {"form": NewsletterForm(), "wording": newsletter.wording(), "stale": True},
            )
        )
    except links.BadLink as bad:
        raise Http404 from bad
    if request.method == "POST":
        newsletter.join(supporter)
        return mark_private(render(request, "supporters/newsletter_confirmed.html"))
    return mark_private(
        render(request, "supporters/newsletter_confirm.html", {"wording": newsletter.wording()})
    )


@csrf_exempt
@rates.limited("unsubscribe")
@require_http_methods(["GET", "HEAD", "POST"])
@while_kept
def unsubscribe(request: HttpRequest, token: str, alert: int = 0) -> HttpResponse:
    """One click (RFC 8058): a mail program POSTs here from anywhere, without cookies.

    A GET shows the button. `alert`: whose mail led here, as a number and no more.
    """
    supporter = linked_person(read_link("unsubscribe", token), token)
    if request.method != "POST":
        return mark_private(render(request, "supporters/unsubscribe.html"))
    if "undo" in request.POST:
        if not consent.is_granted(supporter, Consent.Purpose.NEWSLETTER):
            newsletter.join(supporter)
            Alert.objects.filter(pk=alert, unsubscribed__gt=0).update(
                unsubscribed=F("unsubscribed") - 1
            )
        return mark_private(render(request, "supporters/newsletter_confirmed.html"))
    # Whoever had left before left by another mail.
    if newsletter.leave(supporter):
        Alert.objects.filter(pk=alert).update(unsubscribed=F("unsubscribed") + 1)
    return mark_private(render(request, "supporters/unsubscribed.html"))
