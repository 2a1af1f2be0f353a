"""A link from the organization's own mailing: the campaign's first step with ZIP and first name.

The page behind it says nothing of whose it is, or whether it is anybody's. Only its button uses the
link up, so that a scanner of mail uses up none.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.pages import page_context
from actions.pages.address_forms import AddressForm
from actions.pages.private_link import mark_private
from actions.screening import rates
from campaigns import words
from campaigns.models import Ask
from supporters import prefills


@require_safe
def begin_here(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """The same for every token: a button to the campaign."""
    ask = page_context.find_ask(slug, None)
    context = {"campaign": ask.campaign, "words": words.of(ask.campaign), "token": token}
    context["source"] = page_context.source_of(request)
    return mark_private(render(request, "actions/begin_here.html", context))


def fill_in(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Its button: the first step, filled in where the link is good, else as for anybody."""
    wait_s = rates.seconds_to_wait(request, "link")
    if wait_s:
        return rates.too_many(request, wait_s)
    # Nothing says whether it was good: the page is the campaign's own either way.
    known = prefills.use(request.POST.get("prefill", "")[:100])
    initial = {"zip": known.zip} if known else {}
    carried = [("given_name", known.given_name)] if known else []
    form = AddressForm(initial=initial, ask=ask)
    return page_context.show(request, ask, "address", form=form, carried=carried)
